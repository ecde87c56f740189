// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleettext.h"

#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int longestName = 64;
constexpr int longestSentence = 300;

/// Texts of this file, for translators under one heading.
struct FleetText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::FleetText)

public:
    static QString stateSentence(const QString &subject, const Event &event);
    static QString addressSentence(const QString &server, const QJsonObject &json);
    static QString configSentence(const QString &server, const QJsonObject &json);
    static QString otherSentence(const QString &server, const Event &event);
};

QString textOf(const QJsonObject &json, const QString &key, int longest = longestName)
{
    return oneLine(json.value(key).toString(), longest);
}

std::optional<bool> aliveOf(const QJsonObject &json)
{
    const QJsonValue alive = json.value(u"alive"_s);
    if (alive.isBool())
        return alive.toBool();
    return alive.isDouble() ? std::optional(alive.toDouble() != 0) : std::nullopt;
}

QString FleetText::stateSentence(const QString &subject, const Event &event)
{
    const auto alive = aliveOf(event.json);
    if (!alive)
        return tr("%1 is unknown").arg(subject);
    if (*alive) {
        const auto after = jsonInteger(event.json.value(u"after"_s));
        return after ? tr("%1 alive again after %2").arg(subject, formatDuration(*after))
                     : tr("%1 is alive").arg(subject);
    }
    ServiceState state;
    state.reason = event.json.value(u"reason"_s).toString();
    state.code = event.json.value(u"code"_s).toString();
    state.args = event.json.value(u"args"_s).toObject();
    const QString reason = reasonSentence(state);
    return reason.isEmpty() ? tr("%1 died").arg(subject) : tr("%1 died: %2").arg(subject, reason);
}

QString FleetText::addressSentence(const QString &server, const QJsonObject &json)
{
    QStringList addresses;
    const QJsonArray array = json.value(u"addresses"_s).toArray();
    for (qsizetype i = 0; i < array.size() && i < 8; ++i)
        addresses << oneLine(array.at(i).toString(), longestName);
    return tr("%1 has the addresses %2")
        .arg(server, addresses.isEmpty() ? u"–"_s : addresses.join(u", "_s));
}

QString FleetText::configSentence(const QString &server, const QJsonObject &json)
{
    const QString paas = textOf(json, u"paas"_s);
    const QString subject = paas.isEmpty() ? server : tr("PaaS %1").arg(paas);
    const auto version = jsonInteger(json.value(u"version"_s));
    return version ? tr("%1 has version %2 of its configuration").arg(subject).arg(*version)
                   : tr("The configuration of %1 changed").arg(subject);
}

QString FleetText::otherSentence(const QString &server, const Event &event)
{
    QString detail = textOf(event.json, u"detail"_s, longestSentence);
    if (detail.isEmpty())
        detail = textOf(event.json, u"reason"_s, longestSentence);
    const QString what = detail.isEmpty() ? oneLine(event.type, longestName) : detail;
    return server.isEmpty() ? what : tr("%1: %2", "server: what happened").arg(server, what);
}

} // namespace

QString serviceName(const QString &role, const QString &instance)
{
    const QString name = oneLine(role, longestName);
    return instance == u"default" || instance.isEmpty()
        ? name
        : name + u' ' + oneLine(instance, longestName);
}

QString serverName(const FleetState &state, const QString &ip)
{
    const auto server = state.servers.constFind(ip);
    return oneLine(server == state.servers.cend() ? ip : server->displayName(), longestName);
}

QString roleTitle(const PaasRole &role)
{
    return oneLine(role.title.isEmpty() ? role.role : role.title, longestName);
}

QString reasonSentence(const ServiceState &state)
{
    return oneLine(state.reason, longestSentence);
}

QString eventSentence(const FleetState &state, const Event &event)
{
    const QString server = event.ip.isEmpty() ? QString() : serverName(state, event.ip);
    const QString service = FleetText::tr("%1 on %2", "service on server")
                                .arg(serviceName(event.json.value(u"role"_s).toString(),
                                                 event.json.value(u"instance"_s).toString()),
                                     server);
    if (event.type == u"alive")
        return FleetText::stateSentence(FleetText::tr("Server %1").arg(server), event);
    if (event.type == u"service")
        return FleetText::stateSentence(service, event);
    if (event.type == u"service-removed")
        return FleetText::tr("%1 is not watched any more").arg(service);
    if (event.type == u"address")
        return FleetText::addressSentence(server, event.json);
    if (event.type == u"config")
        return FleetText::configSentence(server, event.json);
    return FleetText::otherSentence(server, event);
}

std::optional<Health> eventHealth(const Event &event)
{
    if (event.type != u"alive" && event.type != u"service")
        return {};
    const auto alive = aliveOf(event.json);
    return !alive ? Health::Unknown : *alive ? Health::Alive : Health::Died;
}

qint64 eventTime(const Event &event)
{
    if (const auto time = jsonInteger(event.json.value(u"timestamp"_s)))
        return *time;
    return event.id.section(u'-', 0, 0).toLongLong();
}

} // namespace Treewarden
