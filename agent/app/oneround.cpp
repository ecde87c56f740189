// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/oneround.h"

#include "agent/app/configurationreport.h"
#include "agent/app/serverfacts.h"
#include "agent/reporting/roundreport.h"
#include "shared/core/steadyclock.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"

#include <QTimer>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Words = RedisConnection::Words;

// Long enough for rates that mean something, short enough for a script that waits.
constexpr auto betweenSamples = 250ms;
constexpr std::chrono::milliseconds longestPingWait = 2s;

} // namespace

OneRound::OneRound(RedisConnection &connection, const AgentOptions &options, QString ip,
                   ServerConfig configuration, bool mayRunText, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_options(options)
    , m_ip(std::move(ip))
    , m_configuration(std::move(configuration))
    , m_mayRunText(mayRunText)
    , m_processes(options.context.procRoot)
    , m_services(m_processes, options.context, Clock())
    , m_host(options.context, m_processes)
{
    connect(&m_services, &ServiceMonitor::checked, this,
            [this](const ServiceId &service, const ServiceState &state) {
                m_book.take(service, state);
            });
    connect(&m_services, &ServiceMonitor::workloadChecked, this,
            [this](const ServiceId &service, const QJsonObject &info) {
                m_workloads << ServiceWorkloadMessage{m_ip, service, info, systemNow()()};
            });
}

void OneRound::start()
{
    if (const QStringList errors = m_services.setServices(m_configuration.services, m_mayRunText);
        !errors.isEmpty())
        return Q_EMIT ended(wrongConfigurationSentence(m_ip, errors), ExitCode::BadConfiguration);
    m_connection.pipeline(startStateCommands(m_ip), this, [this](const QList<RedisReply> &replies) {
        const auto state = readStartState(replies);
        if (!state)
            return Q_EMIT ended(state.error().text, ExitCode::Unavailable);
        m_book.restore(state->services);
        const qint64 now = steadyMilliseconds();
        m_processes.refresh(now);
        m_host.sample(now);
        m_host.setPingHosts(m_configuration.ping, m_connection.url().host);
        m_host.pinger().ask(std::min(m_configuration.intervals.ping, longestPingWait));
        QTimer::singleShot(betweenSamples, this, &OneRound::check);
    });
}

void OneRound::check()
{
    m_processes.refresh(steadyMilliseconds());
    m_services.check();
    m_services.checkWorkload();
    connect(&m_services, &ServiceMonitor::settled, this, &OneRound::reportWhenDone);
    connect(&m_host.pinger(), &Pinger::settled, this, &OneRound::reportWhenDone);
    reportWhenDone();
}

void OneRound::reportWhenDone()
{
    if (!m_services.isChecking() && !m_host.pinger().isAsking()
        && !std::exchange(m_isReported, true))
        report();
}

void OneRound::report()
{
    const qint64 timestamp = systemNow()();
    const ServerInfo facts = collectServerFacts(m_options.context, m_options.stateDirectory);
    QList<Words> commands{Words{"HSET", Keys::serverInfo(m_ip)} + toHashFields(facts)};
    ServicesMessage services{m_ip, {}, timestamp};
    for (auto it = m_book.states().begin(); it != m_book.states().end(); ++it) {
        commands << firstStateCommands(m_ip, it.key(), it.value());
        services.states.insert(it.key().text(), it->alive);
    }
    commands << Words{"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(services))}
             << telemetryCommands(
                    m_ip, {false, timestamp, m_host.sample(steadyMilliseconds()), m_workloads});
    m_connection.pipeline(commands, this, [this](const QList<RedisReply> &replies) {
        for (const RedisReply &reply : replies) {
            if (!reply.isOk())
                return Q_EMIT ended(u"Redis did not take the report: "_s + reply.error,
                                    ExitCode::Unavailable);
        }
        Q_EMIT ended({}, ExitCode::Done);
    });
}

} // namespace Treewarden
