// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/examplesource.h"

#include "console/models/examplefleet.h"

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostBroken = 2;
constexpr qsizetype mostExampleEvents = 200;
const QString exampleScheme = u"example://"_s;

} // namespace

ExampleSource::ExampleSource(Now now, quint32 seed, QObject *parent)
    : FleetSource(parent)
    , m_now(std::move(now))
    , m_state(exampleFleet(m_now()))
    , m_ips(m_state.servers.keys())
    , m_random(seed)
{
    m_ips.sort();
    changeSomething(); // the first look has something to find
    connect(&m_second, &QTimer::timeout, this, &ExampleSource::step);
    m_second.start(1s);
}

bool ExampleSource::isExample(const QString &address)
{
    return address.startsWith(exampleScheme);
}

QString ExampleSource::address() const
{
    return exampleScheme + tr("example");
}

void ExampleSource::step()
{
    moveLoads();
    if (--m_untilChange > 0)
        return;
    m_untilChange = int(m_random.bounded(8, 20));
    changeSomething();
}

void ExampleSource::moveLoads()
{
    const qint64 now = m_now();
    for (int i = 0; i < int(m_ips.size()); ++i) {
        FleetServer &server = m_state.servers[m_ips[i]];
        if (!server.alive.value_or(false))
            continue;
        server.workload = exampleWorkload(i, now);
        ++m_messageCount;
        Q_EMIT workloadChanged(server.ip);
    }
}

template<typename T>
qsizetype ExampleSource::pick(const T &container)
{
    return m_random.bounded(quint32(container.size()));
}

/// What broke first is mended when enough is broken; else one more thing breaks.
void ExampleSource::changeSomething()
{
    if (m_broken.size() >= mostBroken || (m_broken.size() > 0 && m_random.bounded(2) == 0)) {
        const QString key = m_broken.takeFirst();
        FleetServer &server = m_state.servers[key.section(u'/', 0, 0)];
        const ServiceId id{key.section(u'/', 1, 1), key.section(u'/', 2)};
        if (const auto service = server.services.find(id); service != server.services.end())
            setServiceAlive(server, *service, true);
        else
            setServerAlive(server, true);
        return;
    }
    FleetServer &server = m_state.servers[m_ips[pick(m_ips)]];
    if (!server.alive.value_or(false))
        return;
    if (m_random.bounded(4) == 0) {
        m_broken << server.ip;
        setServerAlive(server, false);
        return;
    }
    FleetService &service = *std::next(server.services.begin(), pick(server.services));
    if (!service.state.alive.value_or(false))
        return;
    m_broken << server.ip + u'/' + service.id.role + u'/' + service.id.instance;
    setServiceAlive(server, service, false);
}

void ExampleSource::setServerAlive(FleetServer &server, bool isAlive)
{
    server.alive = isAlive;
    server.since = m_now();
    QJsonObject json{{u"alive"_s, isAlive ? 1 : 0}};
    if (!isAlive)
        json.insert(u"by"_s, u"sweeper"_s);
    tellEvent(u"alive"_s, server.ip, json);
}

void ExampleSource::setServiceAlive(FleetServer &server, FleetService &service, bool isAlive)
{
    service.state.alive = isAlive;
    service.state.since = service.state.timestamp = m_now();
    QJsonObject json{{u"role"_s, service.id.role},
                     {u"instance"_s, service.id.instance},
                     {u"alive"_s, isAlive ? 1 : 0}};
    service.state.reason = isAlive ? QString() : u"0 processes found, 1 expected"_s;
    service.state.code = isAlive ? QString() : u"process.count"_s;
    service.state.args = isAlive ? QJsonObject() : QJsonObject{{u"found"_s, 0}, {u"least"_s, 1}};
    if (!isAlive) {
        json.insert(u"reason"_s, service.state.reason);
        json.insert(u"code"_s, service.state.code);
        json.insert(u"args"_s, service.state.args);
    }
    tellEvent(u"service"_s, server.ip, json);
}

void ExampleSource::tellEvent(const QString &type, const QString &ip, QJsonObject json)
{
    const qint64 now = m_now();
    json.insert(u"type"_s, type);
    json.insert(u"ip"_s, ip);
    json.insert(u"timestamp"_s, now);
    const Event event{u"%1-%2"_s.arg(now).arg(++m_messageCount), type, ip, json};
    m_state.events.prepend(event);
    while (m_state.events.size() > mostExampleEvents)
        m_state.events.removeLast();
    Q_EMIT serverChanged(ip);
    Q_EMIT eventsAdded({event});
}

void ExampleDesk::refuse()
{
    Q_EMIT maintenanceFailed(tr("This is an example: nothing is written anywhere."));
}

} // namespace Treewarden
