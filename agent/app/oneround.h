// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/agentoptions.h"
#include "agent/app/hostmonitor.h"
#include "agent/app/servicemonitor.h"
#include "agent/reporting/servicebook.h"
#include "agent/reporting/startstate.h"
#include "shared/config/serverconfig.h"

namespace Treewarden {

/// --once: one full round of probes, workload and services, written and published. Does not say
/// that the server lives, and tells no event: an agent may be running beside it.
class OneRound : public QObject
{
    Q_OBJECT
public:
    OneRound(RedisConnection &connection, const AgentOptions &options, QString ip,
             ServerConfig configuration, bool mayRunText = false, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void ended(const QString &reason, Treewarden::ExitCode code);

private:
    void check();
    void reportWhenDone();
    void report();

    RedisConnection &m_connection;
    const AgentOptions m_options;
    const QString m_ip;
    const ServerConfig m_configuration;
    const bool m_mayRunText;
    ProcSnapshot m_processes;
    ServiceMonitor m_services;
    HostMonitor m_host;
    ServiceBook m_book;
    QList<ServiceWorkloadMessage> m_workloads;
    bool m_isReported = false;
};

} // namespace Treewarden
