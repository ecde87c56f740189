// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/weboptions.h"

#include "shared/core/textformat.h"

#include <QRegularExpression>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// A list of the INI: separated by commas or blanks.
QStringList words(const QString &text)
{
    static const QRegularExpression separators(u"[,\\s]+"_s);
    return text.split(separators, Qt::SkipEmptyParts);
}

bool isHostName(const QString &name)
{
    static const QRegularExpression shape(
        QRegularExpression::anchoredPattern(u"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?"_s));
    return shape.match(name).hasMatch();
}

/// ::ffff:10.0.0.1 is 10.0.0.1 to everybody but the socket.
QHostAddress plainAddress(const QHostAddress &address)
{
    bool isMapped = false;
    const quint32 number = address.toIPv4Address(&isMapped);
    return isMapped ? QHostAddress(number) : address;
}

} // namespace

bool WebOptions::isTrustedProxy(const QHostAddress &peer) const
{
    const QHostAddress address = plainAddress(peer);
    return std::any_of(trustedProxies.begin(), trustedProxies.end(),
                       [&](const auto &network) { return address.isInSubnet(network); });
}

Result<void> WebOptions::setListen(const QString &text)
{
    const Error error{
        u"cannot listen on \"%1\": write an address and a port, such as 127.0.0.1:8420 or [::1]:8420"_s
            .arg(oneLine(text, 100))};
    static const QRegularExpression shape(
        QRegularExpression::anchoredPattern(u"(\\[([^\\]]+)\\]|[^:]+):([0-9]{1,5})"_s));
    const auto match = shape.match(text);
    if (!match.hasMatch())
        return error;
    const QString host = match.hasCaptured(2) ? match.captured(2) : match.captured(1);
    const int number = match.captured(3).toInt();
    const QHostAddress parsed
        = host == "localhost"_L1 ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host);
    if (parsed.isNull() || number > 65535)
        return error;
    address = parsed;
    port = static_cast<quint16>(number);
    return {};
}

Result<WebOptions> WebOptions::fromSettings(const Settings &settings)
{
    WebOptions options;
    if (const QString listen = settings.value(u"web/listen"_s); !listen.isEmpty()) {
        if (const auto set = options.setListen(listen); !set)
            return Error{u"[web] listen: "_s + set.error().text};
    }
    for (const QString &word : words(settings.value(u"web/hosts"_s).toLower())) {
        if (!isHostName(word))
            return Error{
                u"[web] hosts: \"%1\" is no host name; write names such as status.example.org"_s
                    .arg(oneLine(word, 100))};
        options.hosts.append(word);
    }
    for (const QString &word : words(settings.value(u"web/trusted_proxies"_s))) {
        const auto network = QHostAddress::parseSubnet(word);
        if (network.first.isNull())
            return Error{
                u"[web] trusted_proxies: \"%1\" is no address or network; write 10.0.0.1 or 10.0.0.0/24"_s
                    .arg(oneLine(word, 100))};
        options.trustedProxies.append(network);
    }
    if (const QString title = settings.value(u"web/title"_s).trimmed(); !title.isEmpty())
        options.title = oneLine(title, 60);
    return options;
}

Result<void> WebOptions::check() const
{
    if (address.isLoopback() || !trustedProxies.isEmpty())
        return {};
    return Error{
        u"%1 can be reached from other machines, and the page has no encryption of its own: listen "
        u"on 127.0.0.1 "
        "behind a TLS proxy, or name the proxy in [web] trusted_proxies (only it may connect then)"_s
            .arg(address.toString())};
}

} // namespace Treewarden
