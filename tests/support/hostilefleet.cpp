// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/hostilefleet.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 day = 86'400'000;

QString ipOfNumber(qsizetype number)
{
    return u"10.66.%1.%2"_s.arg(number / 250).arg(number % 250 + 1);
}

void addHostileService(FleetServer &server, const ServiceId &id, std::optional<bool> alive,
                       const QString &text)
{
    FleetService service;
    service.id = id;
    service.state.alive = alive;
    service.state.since = std::numeric_limits<qint64>::max();
    service.state.timestamp = -1;
    service.state.reason = text;
    service.state.code = u"process.count"_s;
    service.state.args = QJsonObject{{u"found"_s, text}, {u"least"_s, QJsonArray{text, text}}};
    service.workload = QJsonObject{{text, text}, {u"connections"_s, 1e308}};
    server.services.insert(id, service);
}

Workload hostileWorkload(qsizetype number)
{
    const double wrong[] = {std::numeric_limits<double>::quiet_NaN(),
                            std::numeric_limits<double>::infinity(),
                            -1e308,
                            1e308,
                            -5,
                            101};
    const double value = wrong[number % 6];
    const qint64 huge = std::numeric_limits<qint64>::max();
    Workload w;
    w.cpu = {value, value, value, value, value, std::numeric_limits<int>::max()};
    w.load = {value, value, value};
    w.memory = {huge, -huge, huge, -1, 0, huge};
    w.pressure = {value, value, value};
    w.disk = {value, value, value};
    w.network = {value, value, value};
    w.processes = {-1, std::numeric_limits<int>::max(), 0};
    return w;
}

/// Of one server: every text is `text`, and there are 1,000 filesystems.
FleetServer hostileServer(qsizetype number, const QString &text, qint64 now)
{
    FleetServer server;
    server.ip = ipOfNumber(number);
    server.wasSeen = true;
    const std::optional<bool> states[] = {true, false, std::nullopt};
    server.alive = states[number % 3];
    const qint64 times[]
        = {0, -1, now + 3 * day, now - 5000 * day, std::numeric_limits<qint64>::max(), now};
    server.since = times[number % 6];
    ServerInfo &info = server.info;
    info.hostname = info.os = info.kernel = info.architecture = info.cpuModel = text;
    info.virtualization = info.agentVersion = info.hardware = info.session = text;
    info.addresses = QStringList(50, text);
    info.cpuCount = std::numeric_limits<int>::max();
    info.memoryTotal = std::numeric_limits<qint64>::max();
    info.bootTime = info.started = info.updated = now + number * day;
    info.updates = info.securityUpdates = std::numeric_limits<qint64>::max();
    info.lease = -1;
    Workload load = hostileWorkload(number);
    for (int i = 0; i < (number == 1 ? 1000 : 3); ++i)
        load.filesystems.insert(text.left(60) + QString::number(i),
                                {std::numeric_limits<qint64>::max(), -1, 1e300});
    for (const QString &target : {text, u"10.0.0.1"_s})
        load.ping.insert(target, std::nullopt);
    server.workload = {now + (number % 5 - 2) * day, load};
    addHostileService(server, {u"nginx"_s, u"80"_s}, false, text);
    addHostileService(server, {u"mysql"_s, QString(64, u'9')}, std::nullopt, text);
    addHostileService(server, {QString(64, u'W'), QString(64, u'W')}, true, text);
    return server;
}

PaasTree hostileTree(const QString &id, const QString &text, qsizetype servers)
{
    PaasTree tree;
    tree.id = id;
    tree.title = text;
    tree.version = std::numeric_limits<qint64>::max();
    for (const QString &name : {u"nginx"_s, u"mysql"_s, u"ghost"_s, QString(64, u'W')}) {
        PaasRole role;
        role.role = name;
        role.title = role.group = text;
        role.least = std::numeric_limits<int>::max();
        role.needs = {u"nginx"_s, u"mysql"_s, u"nowhere"_s, name}; // a circle, and itself
        for (qsizetype i = 0; i < servers; ++i)
            role.instances.append({ipOfNumber(i), u"80"_s});
        role.instances.append({u"192.0.2.99"_s, u"80"_s}); // nobody knows it
        role.instances.append({text.left(40), text.left(64)});
        tree.roles << role;
    }
    return tree;
}

} // namespace

QStringList hostileTexts()
{
    return {
        u"<b>bold</b><img src=\"file:///etc/passwd\" onerror=alert(1)><a href=\"x\">y</a>"_s,
        u"<table width=99999><tr><td>wide"_s,
        QString(10'000, u'W'),
        u"two words "_s.repeated(2000),
        u"abc\u202Edcba\u2066hidden\u2069\u200F"_s,
        QString(u"nul"_s) + QChar(0) + u"after"_s,
        u"\x1b[31mred\x1b[0m\x07\x08\x7f\u0085"_s,
        u"lone"_s + QChar(0xD800) + u"surrogate"_s + QChar(0xDC00),
        u"line\nbreak\r\nand\ttab\u2028sep\u2029"_s,
        u"%1 %2 %n %s %99 %L1"_s,
        u"&File && &amp; &lt;b&gt;"_s,
        u"zalgo"_s + QString(500, QChar(0x0301)),
        u"\uFEFF\uFFFE\uFFFF\u200B\u00AD"_s,
        QString(3000, QChar(0x4E2D)),
        u"'; DROP TABLE servers; --"_s,
        u"../../../../etc/shadow"_s,
        u"   "_s,
        QString(),
    };
}

FleetState hostileFleet(qint64 now)
{
    FleetState state;
    const QStringList texts = hostileTexts();
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const FleetServer server = hostileServer(i, texts[i], now);
        state.servers.insert(server.ip, server);
        const QString id = i == 0 ? QString(64, u'T') : u"tree-%1"_s.arg(i);
        state.trees.insert(id, hostileTree(id, texts[i], texts.size()));
        state.pending.append({u"10.67.0.%1"_s.arg(i + 1),
                              texts[i],
                              texts[i],
                              {{u"hostname"_s, texts[i]},
                               {u"os"_s, texts[i]},
                               {u"services"_s, QJsonArray{texts[i]}}}});
        if (i % 4 == 3)
            state.maintenance.insert(server.ip,
                                     {std::numeric_limits<qint64>::max(), texts[i], texts[i]});
        state.maintenance.insert(texts[i].left(100), {now + day, texts[i], texts[i]});
    }
    state.events = hostileEvents(now);
    std::reverse(state.events.begin(), state.events.end());
    return state;
}

QList<Event> hostileEvents(qint64 now)
{
    QList<Event> events;
    const QStringList texts = hostileTexts();
    const QString types[] = {u"alive"_s,   u"service"_s,     u"service-removed"_s, u"config"_s,
                             u"address"_s, u"clock"_s,       u"machine"_s,         u"slow"_s,
                             u"command"_s, u"maintenance"_s, u"alert"_s,           u"<i>new</i>"_s};
    qint64 number = 0;
    for (const QString &text : texts) {
        const QString &type = types[size_t(number) % std::size(types)];
        QJsonObject json{{u"role"_s, text},
                         {u"instance"_s, text},
                         {u"reason"_s, text},
                         {u"code"_s, text},
                         {u"detail"_s, text},
                         {u"by"_s, text},
                         {u"state"_s, text},
                         {u"paas"_s, text},
                         {u"hostname"_s, text},
                         {u"action"_s, text},
                         {u"probe"_s, text},
                         {text, text},
                         {u"schedule"_s, number % 2 ? text : QString()},
                         {u"alive"_s, number % 3 ? QJsonValue(text) : QJsonValue(-7)},
                         {u"timestamp"_s, number % 2 ? QJsonValue(text) : QJsonValue(9e15)},
                         {u"skew"_s, -9e15},
                         {u"took"_s, 9e15},
                         {u"until"_s, 9e15},
                         {u"version"_s, -9e15},
                         {u"addresses"_s, QJsonArray{text, 7, true}}};
        if (number % 3 == 0)
            json.remove(u"paas"_s);
        ++number;
        events.append({u"%1-%2"_s.arg(now - day).arg(number), type,
                       number % 4 ? ipOfNumber(number - 1) : text.left(64), json});
    }
    events.append({u"%1-0"_s.arg(now), u"alive"_s, {}, {}});
    events.append({u"%1-1"_s.arg(now), QString(10'000, u'e'), u"10.99.99.99"_s, {}});
    events.append(
        {u"99999999999999-0"_s, u"service"_s, ipOfNumber(0), {}}); // a year of five digits
    return events;
}

QList<CommandMessage> hostileCommands(qint64 now)
{
    QList<CommandMessage> messages;
    const CommandState states[]
        = {CommandState::Verified, CommandState::Failed, CommandState::Running,
           CommandState::Accepted, CommandState::Done,   CommandState::Unknown};
    qsizetype number = 0;
    for (const QString &text : hostileTexts()) {
        for (const CommandState state : states) {
            CommandMessage message;
            message.ip = ipOfNumber(number);
            message.id = text.left(64);
            message.service = {text.left(64), text.left(64)};
            message.action = message.detail = message.by = message.reason = message.key = text;
            message.schedule = number % 2 ? text : QString();
            message.state = state;
            message.exit = std::numeric_limits<int>::min();
            message.timestamp = number % 2 ? now + 30 * day : -1;
            message.took = std::numeric_limits<qint64>::max();
            messages << message;
        }
        ++number;
    }
    return messages;
}

QList<ConfigFields> hostileConfigs()
{
    const auto jsonText
        = [](const auto &json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); };
    QList<ConfigFields> configs;
    for (const QString &text : hostileTexts()) {
        const QJsonObject check{{u"probe"_s, text}, {u"port"_s, text}, {text, text}};
        const QJsonObject service{{u"alive"_s, check}, {u"workload"_s, check}, {text, text}};
        const QJsonObject services{{text, QJsonObject{{text, service}, {u"80"_s, service}}},
                                   {u"nginx"_s, QJsonObject{{text, service}}}};
        const QJsonObject actions{{u"restart"_s, QJsonObject{{u"argv"_s, QJsonArray{text, text}}}},
                                  {u"stop"_s, text},
                                  {text, text}};
        const QJsonObject entry{{u"id"_s, text},   {u"cron"_s, text},   {u"role"_s, text},
                                {u"path"_s, text}, {u"action"_s, text}, {u"name"_s, text},
                                {u"when"_s, text}, {text, text}};
        configs.append({{"services", jsonText(services)},
                        {"controlled", jsonText(QJsonObject{{text, QJsonObject{{text, actions}}}})},
                        {"schedule", jsonText(QJsonArray{entry, entry})},
                        {"logs", jsonText(QJsonArray{entry})},
                        {"alerts", jsonText(QJsonArray{entry})},
                        {"intervals", jsonText(QJsonObject{{u"lease"_s, text}, {text, text}})},
                        {"ping", jsonText(QJsonArray{text, 5, QJsonValue::Null})},
                        {"machine_id", text.toUtf8()},
                        {"version", text.toUtf8()},
                        {"signer", text.toUtf8()},
                        {"signature", text.toUtf8()},
                        {text.toUtf8(), text.toUtf8()}});
    }
    const QByteArray values[] = {"",
                                 "[]",
                                 "{}",
                                 "5",
                                 "null",
                                 "\"text\"",
                                 "[[[{}]]]",
                                 R"({"nginx":5,"mysql":{"3306":[]},"redis":{"6379":{"alive":7}}})",
                                 R"([5,null,{"id":5,"cron":[],"role":{}}])",
                                 R"({"a":1,"a":2})",
                                 R"({"open":)",
                                 R"({"a":"\u202egpj.exe"} trailing)",
                                 "\xff\xfe\x00\x01",
                                 QByteArray(100'000, '['),
                                 "{\"a\":\"" + QByteArray(300'000, 'x') + "\"}",
                                 "1e999",
                                 "-9223372036854775809"};
    for (const QByteArray &value : values) {
        ConfigFields fields;
        for (const char *field : {"services", "controlled", "schedule", "logs", "alerts",
                                  "intervals", "ping", "machine_id", "version", "signer"})
            fields.insert(field, value);
        configs << fields;
    }
    return configs;
}

} // namespace Treewarden
