// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/requestcheck.h"

#include <QHostAddress>

#include <algorithm>
#include <microhttpd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// RFC 9110, 5.6.2.
bool isToken(QByteArrayView name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool isNamed(QByteArrayView name, QByteArrayView wanted)
{
    return name.size() == wanted.size() && name.compare(wanted, Qt::CaseInsensitive) == 0;
}

MHD_Result takeHeader(void *cls, MHD_ValueKind, const char *key, size_t keySize, const char *value,
                      size_t valueSize)
{
    auto &head = *static_cast<RequestHead *>(cls);
    const QByteArrayView name(key, static_cast<qsizetype>(keySize));
    const QByteArrayView content
        = value ? QByteArrayView(value, static_cast<qsizetype>(valueSize)) : QByteArrayView();
    if (!isToken(name))
        head.isMalformed = true;
    else if (isNamed(name, "host"))
        head.host = content, ++head.hostCount;
    else if (isNamed(name, "content-length") || isNamed(name, "transfer-encoding"))
        head.hasBody = true;
    else if (isNamed(name, "if-none-match"))
        head.ifNoneMatch = content;
    else if (isNamed(name, "accept-encoding"))
        head.acceptEncoding = content;
    else if (isNamed(name, "x-forwarded-for"))
        head.forwardedFor = content;
    return MHD_YES;
}

bool isPort(QByteArrayView text)
{
    return text.size() <= 5
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

RequestHead RequestHead::read(MHD_Connection *connection)
{
    RequestHead head;
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, &takeHeader, &head);
    return head;
}

bool isAllowedHost(QByteArrayView host, const QStringList &hosts)
{
    QByteArrayView name = host, port;
    const qsizetype colon = host.lastIndexOf(':');
    if (colon >= 0 && colon > host.lastIndexOf(']')) {
        name = host.first(colon);
        port = host.sliced(colon + 1);
    }
    if (name.isEmpty() || name.size() > 253 || !isPort(port))
        return false;
    const QString text = QString::fromLatin1(name).toLower();
    if (text == "localhost"_L1 || hosts.contains(text))
        return true;
    if (text.startsWith(u'[') && text.endsWith(u']'))
        return QHostAddress(text.sliced(1, text.size() - 2)).protocol()
            == QAbstractSocket::IPv6Protocol;
    // QHostAddress takes "1" and "0x7f.1" for addresses; a literal has four decimal parts.
    return text.count(u'.') == 3 && !text.contains(u'x')
        && QHostAddress(text).protocol() == QAbstractSocket::IPv4Protocol;
}

unsigned refusalStatus(const RequestHead &head, QByteArrayView method, bool isKnownHost,
                       const QStringList &hosts)
{
    if (head.isMalformed || head.hostCount != 1)
        return MHD_HTTP_BAD_REQUEST;
    if (!isKnownHost && !isAllowedHost(head.host, hosts))
        return MHD_HTTP_MISDIRECTED_REQUEST;
    if (method != "GET" && method != "HEAD")
        return MHD_HTTP_METHOD_NOT_ALLOWED;
    if (head.hasBody)
        return MHD_HTTP_CONTENT_TOO_LARGE;
    return 0;
}

} // namespace Treewarden
