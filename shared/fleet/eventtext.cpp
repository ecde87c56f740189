// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/fleet/alerttext.h"
#include "shared/fleet/commandtarget.h"
#include "shared/fleet/commandtext.h"
#include "shared/fleet/reasontext.h"
#include "shared/protocol/role.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QString sentence(const char *source, const QString &first = {}, const QString &second = {},
                 const QString &third = {})
{
    // arg() with several texts replaces in one pass: what was put in is not searched again.
    const QString text = QCoreApplication::translate("Event", source);
    if (!third.isNull())
        return text.arg(first, second, third);
    return second.isNull() ? text.arg(first) : text.arg(first, second);
}

std::optional<bool> aliveOf(const QJsonObject &json)
{
    const auto number = jsonInteger(json.value(u"alive"));
    return number ? std::optional(*number != 0) : std::nullopt;
}

QString member(const Event &event, QStringView name, qsizetype maximum = 200)
{
    return oneLine(event.json.value(name).toString(), maximum);
}

ServiceId serviceOf(const Event &event)
{
    return {member(event, u"role", 64), member(event, u"instance", 64)};
}

bool isAboutTheSame(const Event &a, const Event &b)
{
    return a.type == b.type && a.ip == b.ip && a.json.value(u"role") == b.json.value(u"role")
        && a.json.value(u"instance") == b.json.value(u"instance");
}

/// How long what is alive again was away, from the event before it about the same; nothing when
/// that is not known.
std::optional<qint64> timeAway(const Event &event, const FleetState &state)
{
    const qint64 now = jsonInteger(event.json.value(u"timestamp")).value_or(0);
    if (const auto after = jsonInteger(event.json.value(u"after")))
        return after;
    bool isPast = false;
    for (const Event &other : state.events) { // newest first
        if (other.id == event.id) {
            isPast = true;
        } else if (isPast && isAboutTheSame(event, other)) {
            const qint64 then = jsonInteger(other.json.value(u"timestamp")).value_or(0);
            const bool wasAlive = aliveOf(other.json).value_or(false);
            return !wasAlive && then > 0 && then <= now ? std::optional(now - then) : std::nullopt;
        }
    }
    return std::nullopt;
}

QString aliveText(const QString &subject, const std::optional<qint64> &away)
{
    if (!away)
        return sentence(QT_TRANSLATE_NOOP("Event", "%1 alive"), subject);
    return sentence(QT_TRANSLATE_NOOP("Event", "%1 alive after %2"), subject,
                    formatDuration(*away));
}

QString serverEventText(const Event &event, const FleetState &state)
{
    const QString name = serverText(state, event.ip);
    if (aliveOf(event.json).value_or(false))
        return aliveText(name, timeAway(event, state));
    if (event.json.value(u"mass").toBool())
        return sentence(
            QT_TRANSLATE_NOOP(
                "Event", "Server %1 died with most of the fleet: look at Redis and the network"),
            name);
    if (event.json.value(u"by").toString() != u"sweeper")
        return sentence(QT_TRANSLATE_NOOP("Event", "The agent on %1 was stopped"), name);
    const auto server = state.servers.constFind(event.ip);
    const int services = server == state.servers.cend() ? 0 : int(server->services.size());
    if (services == 0)
        return sentence(QT_TRANSLATE_NOOP("Event", "Server %1 died"), name);
    if (services == 1)
        return sentence(QT_TRANSLATE_NOOP("Event", "Server %1 died; 1 service with it"), name);
    return sentence(QT_TRANSLATE_NOOP("Event", "Server %1 died; %2 services with it"), name,
                    QString::number(services));
}

QString serviceEventText(const Event &event, const FleetState &state)
{
    const QString service = serviceText(state, event.ip, serviceOf(event));
    if (event.type == u"service-removed")
        return sentence(QT_TRANSLATE_NOOP("Event", "%1 is not watched any more"), service);
    if (const int changes = flappingCount(event.json.value(u"flapping")))
        return sentence(QT_TRANSLATE_NOOP("Event", "%1 flaps: %2 changes within a minute"), service,
                        QString::number(changes));
    const auto alive = aliveOf(event.json);
    if (!alive)
        return sentence(QT_TRANSLATE_NOOP("Event", "%1 unknown: it cannot be checked"), service);
    if (*alive)
        return aliveText(service, timeAway(event, state));
    return sentence(QT_TRANSLATE_NOOP("Event", "%1 died"), service);
}

QString configEventText(const Event &event, const FleetState &state)
{
    const QString what = event.json.contains(u"paas") ? u"PaaS "_s + member(event, u"paas", 64)
                                                      : serverText(state, event.ip);
    const QString condition = member(event, u"state", 32);
    if (condition == u"refused")
        return sentence(QT_TRANSLATE_NOOP("Event", "%1 refuses its new configuration"), what);
    if (condition == u"enrolled")
        return sentence(QT_TRANSLATE_NOOP("Event", "%1 was enrolled"), what);
    if (condition == u"removed")
        return sentence(QT_TRANSLATE_NOOP("Event", "%1 was removed"), what);
    if (condition == u"vanished")
        return sentence(
            QT_TRANSLATE_NOOP("Event",
                              "The configuration of %1 is gone; it goes on with its last one"),
            what);
    if (const auto version = jsonInteger(event.json.value(u"version")))
        return sentence(QT_TRANSLATE_NOOP("Event", "%1 has configuration %2"), what,
                        QString::number(*version));
    return sentence(QT_TRANSLATE_NOOP("Event", "The configuration of %1 changed"), what);
}

QString addressEventText(const Event &event, const FleetState &state)
{
    if (const auto hasEnrolled = jsonInteger(event.json.value(u"enrolled"))) {
        return sentence(
            *hasEnrolled != 0
                ? QT_TRANSLATE_NOOP("Event", "%1 has its enrolled address %2 again")
                : QT_TRANSLATE_NOOP("Event", "%1 lost its enrolled address %2 and reports on"),
            serverText(state, event.ip), oneLine(event.ip, 64));
    }
    QStringList addresses;
    const QJsonArray array = event.json.value(u"addresses").toArray();
    for (const auto &address : array) {
        if (addresses.size() < 4)
            addresses << oneLine(address.toString(), 64);
    }
    const QString list
        = array.size() > 4 ? addresses.join(u", "_s) + u" …"_s : addresses.join(u", "_s);
    return sentence(QT_TRANSLATE_NOOP("Event", "%1 has the address %2"),
                    serverText(state, event.ip), list);
}

QString machineEventText(const Event &event, const FleetState &state)
{
    return sentence(QT_TRANSLATE_NOOP("Event",
                                      "Another machine (%1) wanted to report as %2 and was turned "
                                      "away"),
                    member(event, u"hostname", 80), serverText(state, event.ip));
}

QString clockEventText(const Event &event, const FleetState &state)
{
    const qint64 skew = jsonInteger(event.json.value(u"skew")).value_or(0);
    return sentence(QT_TRANSLATE_NOOP("Event", "The clock of %1 differs from that of Redis by %2"),
                    serverText(state, event.ip), formatDuration(skew < 0 ? -skew : skew));
}

QString slowEventText(const Event &event, const FleetState &state)
{
    const QString name = serverText(state, event.ip), probe = member(event, u"probe", 64);
    const auto took = jsonInteger(event.json.value(u"took"));
    if (probe.isEmpty() || !took)
        return sentence(QT_TRANSLATE_NOOP("Event", "The agent on %1 is slow"), name);
    return sentence(QT_TRANSLATE_NOOP("Event", "The agent on %1 is slow: %2 took %3 ms"), name,
                    probe, QString::number(*took));
}

QString commandEventText(const Event &event, const FleetState &state)
{
    const ServiceId service = serviceOf(event);
    const QString word = member(event, u"state", 32);
    const auto known = parseCommandState(word);
    return sentence(QT_TRANSLATE_NOOP("Event", "%1 of %2: %3"), member(event, u"action", 64),
                    service.role == systemRole ? serverText(state, event.ip)
                                               : serviceText(state, event.ip, service),
                    known ? commandStateText(*known) : word);
}

/// The reason and who gave it are background(): they stay among administrators.
QString maintenanceEventText(const Event &event, const FleetState &state)
{
    const QString paas = member(event, u"paas", 64), role = member(event, u"role", 64);
    QString subject = serverText(state, event.ip);
    if (!paas.isEmpty() && !role.isEmpty())
        subject = sentence(QT_TRANSLATE_NOOP("Event", "%1 of PaaS %2"), role, paas);
    else if (!paas.isEmpty())
        subject = u"PaaS "_s + paas;
    else if (!role.isEmpty())
        subject = serviceText(state, event.ip, serviceOf(event));
    if (event.json.value(u"state").toString() == u"ended")
        return sentence(QT_TRANSLATE_NOOP("Event", "The maintenance of %1 has ended"), subject);
    const qint64 until = jsonInteger(event.json.value(u"until")).value_or(0);
    if (until <= 0)
        return sentence(QT_TRANSLATE_NOOP("Event", "%1 is in maintenance"), subject);
    return sentence(QT_TRANSLATE_NOOP("Event", "%1 is in maintenance until %2"), subject,
                    QDateTime::fromMSecsSinceEpoch(until).toString(u"yyyy-MM-dd HH:mm"));
}

/// What the value is, or why the alert ended without one.
QString alertEventText(const Event &event, const FleetState &state)
{
    const QString name = serverText(state, event.ip), rule = alertConditionText(event.json),
                  code = member(event, u"code", 32);
    const auto number = jsonNumber(event.json.value(u"value"));
    const QString value
        = number ? alertValueText(member(event, u"metric", 64), *number) : QString();
    if (event.json.value(u"state").toString() != u"ended")
        return value.isEmpty()
            ? sentence(QT_TRANSLATE_NOOP("Event", "%1: %2"), name, rule)
            : sentence(QT_TRANSLATE_NOOP("Event", "%1: %2, it is %3"), name, rule, value);
    if (code == u"alert.died")
        return sentence(QT_TRANSLATE_NOOP("Event", "%1: no alert any more, it died: %2"), name,
                        rule);
    if (code == u"alert.removed")
        return sentence(QT_TRANSLATE_NOOP("Event", "%1: no alert any more, it was removed: %2"),
                        name, rule);
    if (code == u"alert.maintenance")
        return sentence(QT_TRANSLATE_NOOP("Event", "%1: no alert while in maintenance: %2"), name,
                        rule);
    if (code == u"alert.silent")
        return sentence(QT_TRANSLATE_NOOP("Event", "%1: alert ended, nothing is measured: %2"),
                        name, rule);
    if (code == u"alert.rule")
        return sentence(QT_TRANSLATE_NOOP("Event", "%1: alert ended with its rule: %2"), name,
                        rule);
    return value.isEmpty()
        ? sentence(QT_TRANSLATE_NOOP("Event", "%1: alert over: %2"), name, rule)
        : sentence(QT_TRANSLATE_NOOP("Event", "%1: alert over: %2, it is %3"), name, rule, value);
}

/// What this program does not know yet is told as it came.
QString otherEventText(const Event &event, const FleetState &state)
{
    const QString type = oneLine(event.type, 64), detail = member(event, u"detail");
    const QString subject = event.ip.isEmpty() ? type : type + u' ' + serverText(state, event.ip);
    return detail.isEmpty() ? subject : subject + u": "_s + detail;
}

struct EventKind
{
    QLatin1StringView type;
    QString (*text)(const Event &, const FleetState &);
};

constexpr EventKind eventKinds[] = {
    {"alive"_L1, serverEventText},
    {"service"_L1, serviceEventText},
    {"service-removed"_L1, serviceEventText},
    {"config"_L1, configEventText},
    {"address"_L1, addressEventText},
    {"clock"_L1, clockEventText},
    {"machine"_L1, machineEventText},
    {"slow"_L1, slowEventText},
    {"command"_L1, commandEventText},
    {"maintenance"_L1, maintenanceEventText},
    {"alert"_L1, alertEventText},
};

} // namespace

QString healthText(Health health)
{
    switch (health) {
    case Health::Alive:
        return QCoreApplication::translate("Health", "alive");
    case Health::Maintenance:
        return QCoreApplication::translate("Health", "maintenance");
    case Health::Unknown:
        return QCoreApplication::translate("Health", "unknown");
    case Health::Degraded:
        return QCoreApplication::translate("Health", "degraded");
    case Health::Died:
        return QCoreApplication::translate("Health", "died");
    }
    return {};
}

QString serverText(const FleetState &state, const QString &ip)
{
    const auto server = state.servers.constFind(ip);
    return oneLine(server == state.servers.cend() ? ip : server->displayName(), 64);
}

QString serviceText(const FleetState &state, const QString &ip, const ServiceId &service)
{
    const Role *role = findRole(service.role);
    const bool isUsual = service.instance.isEmpty() || service.instance == u"default"
        || (role && role->defaultPort > 0
            && service.instance == QString::number(role->defaultPort));
    const QString name
        = oneLine(isUsual ? service.role : service.role + u' ' + service.instance, 130);
    return sentence(QT_TRANSLATE_NOOP("Event", "%1 on %2"), name, serverText(state, ip));
}

QString eventText(const Event &event, const FleetState &state)
{
    for (const EventKind &kind : eventKinds) {
        if (kind.type == event.type)
            return kind.text(event, state);
    }
    return otherEventText(event, state);
}

std::optional<Health> eventHealth(const Event &event)
{
    if (event.type == u"maintenance" && event.json.value(u"state").toString() != u"ended")
        return Health::Maintenance;
    if (event.type == u"alert") {
        const QString code = event.json.value(u"code").toString();
        return code == u"alert.raised" ? std::optional(Health::Degraded)
            : code == u"alert.over"    ? std::optional(Health::Alive)
                                       : std::nullopt;
    }
    if (event.type != u"alive" && event.type != u"service")
        return std::nullopt;
    if (flappingCount(event.json.value(u"flapping")) > 0)
        return Health::Degraded;
    const auto alive = aliveOf(event.json);
    return !alive ? Health::Unknown : *alive ? Health::Alive : Health::Died;
}

} // namespace Treewarden
