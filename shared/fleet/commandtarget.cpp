// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/commandtarget.h"

#include "shared/config/serverconfig.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/fleet/fleettext.h"
#include "shared/protocol/keys.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

using ConfigHash = QHash<QByteArray, QByteArray>;

QJsonObject controlledOf(const QByteArray &controlled)
{
    const auto object = parseJsonObject(controlled, u"controlled"_s, 4 << 20);
    return object ? *object : QJsonObject();
}

/// What the configuration says for the action: of the instance itself, else of `default`.
QJsonValue whatOf(const QJsonObject &controlled, const ServiceId &service, const QString &action)
{
    const QJsonObject role = controlled.value(service.role).toObject();
    const QJsonObject own = role.value(service.instance).toObject();
    return own.contains(action) ? own.value(action)
                                : role.value(u"default"_s).toObject().value(action);
}

QString unknownAction(const CommandOrder &order, const QByteArray &controlled)
{
    const QString service = order.service.text();
    if (!controlledOf(controlled).contains(order.service.role)) {
        return FleetText::tr("%1 has no actions for %2: name them under \"controlled\" in its "
                             "configuration (treewarden config get %1)")
            .arg(order.ip, order.service.role);
    }
    return FleetText::tr("%1 knows no action '%2' for %3, only: %4")
        .arg(order.ip, oneLine(order.action, 64), service,
             oneLine(knownActions(controlled, order.service).join(u", "_s), 300));
}

bool hasCheck(const CommandOrder &order, const ConfigHash &config)
{
    const auto parsed = parseServerConfig(order.ip, config, ConfigReader::Server).config;
    const auto services = parsed ? parsed->services : QList<ServiceDefinition>();
    return std::any_of(services.begin(), services.end(), [&](const ServiceDefinition &service) {
        return service.id == order.service && service.alive;
    });
}

CommandTarget &refuse(CommandTarget &target, ExitCode code, const QString &sentence)
{
    target.refusal = sentence;
    target.code = code;
    return target;
}

} // namespace

QList<RedisConnection::Words> targetCommands(const QString &ip)
{
    return {{"HGETALL", Keys::serverConfig(ip)},
            {"HMGET", Keys::serverInfo(ip), "machine_id", "hostname"},
            {"HGET", Keys::serversAlive, ip.toUtf8()},
            {"TIME"}};
}

CommandTarget judgeTarget(const CommandOrder &order, const QList<RedisValue> &replies)
{
    const ConfigHash config = replies.value(0).toHash();
    const QList<QByteArray> info = replies.value(1).toList(), time = replies.value(3).toList();
    const QString bound = QString::fromUtf8(config.value("machine_id").left(64));
    const QString told = QString::fromUtf8(info.value(0).left(64));
    CommandTarget target;
    target.hostname = oneLine(QString::fromUtf8(info.value(1).left(256)), 80);
    target.machineId = bound.isEmpty() ? told : bound;
    target.redisTime = time.value(0).toLongLong() * 1000 + time.value(1).toLongLong() / 1000;
    if (config.isEmpty())
        return refuse(target, ExitCode::NotEnrolled,
                      FleetText::tr("%1 is not enrolled: treewarden servers lists all, treewarden "
                                    "enrol %1 adds it")
                          .arg(order.ip));
    if (!bound.isEmpty() && !told.isEmpty() && bound != told) {
        return refuse(target, ExitCode::Refused,
                      FleetText::tr("ALARM: another machine reports as %1 (machine_id %2) than the "
                                    "enrolled one (%3), so it gets no commands: look who it is; if "
                                    "the server was replaced: treewarden enrol %1 --replace")
                          .arg(order.ip, oneLine(told), oneLine(bound)));
    }
    if (target.machineId.isEmpty())
        return refuse(
            target, ExitCode::Refused,
            FleetText::tr("%1 has never told which machine it is: start its agent").arg(order.ip));
    if (replies.value(2).toBytes() != "1" && !order.evenDead)
        return refuse(target, ExitCode::Unavailable,
                      FleetText::tr("%1 is not alive, so nobody would answer: look at the server "
                                    "and its treewarden-agent")
                          .arg(order.ip));
    const QByteArray controlled = config.value("controlled");
    const QJsonValue what = whatOf(controlledOf(controlled), order.service, order.action);
    if (what.isUndefined() && !isBuiltInAction(order.action))
        return refuse(target, ExitCode::BadInput, unknownAction(order, controlled));
    const double timeout = jsonNumber(what.toObject().value(u"timeout"_s)).value_or(0);
    target.timeout = qint64(std::clamp(timeout, 0.0, 3600.0) * 1000);
    const bool isStarting = order.action == u"start"_s || order.action == u"restart"_s;
    target.isVerifiable = isStarting && hasCheck(order, config);
    return target;
}

QStringList knownActions(const QByteArray &controlled, const ServiceId &service)
{
    const QJsonObject role = controlledOf(controlled).value(service.role).toObject();
    QStringList actions = role.value(service.instance).toObject().keys()
        + role.value(u"default"_s).toObject().keys() + QStringList{u"ping"_s, u"refresh"_s};
    actions.removeDuplicates();
    actions.sort();
    return actions;
}

bool isEndingAction(const ServiceId &service, QStringView action)
{
    return action == u"stop" || action == u"shutdown"
        || (service.role == systemRole && action == u"restart");
}

} // namespace Treewarden
