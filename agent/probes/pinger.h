// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/icmpsocket.h"
#include "agent/probes/tcpknock.h"
#include "shared/protocol/workload.h"

#include <QStringList>
#include <QTimer>

#include <chrono>
#include <map>
#include <optional>

namespace Treewarden {

/// Measures how long other hosts take to answer: by ICMP echo, or where the kernel refuses that by
/// a TCP connection to a port where usually nobody listens. Owns nothing but memory while it has no
/// hosts.
class Pinger : public QObject
{
    Q_OBJECT
public:
    static constexpr int mostHosts = 64;
    static constexpr int usualTcpPort = 7; ///< echo (RFC 862)

    explicit Pinger(int tcpPort = usualTcpPort, QObject *parent = nullptr);
    ~Pinger() override;

    /// Addresses or names. Hosts that stay keep their last answer; of a longer list the first
    /// `mostHosts` are taken. `uninvited` are addresses that nobody asked for (the gateway, Redis):
    /// they are asked by ICMP only, and show nothing before they answered once.
    void setHosts(const QStringList &hosts, const QStringList &uninvited = {});

    bool hasHosts() const { return !m_hosts.empty(); }

    /// Asks every host that is not being asked. One that has not answered after `timeout`, lookup
    /// of its name included, gave no answer.
    void ask(std::chrono::milliseconds timeout);

    bool isAsking() const;

    /// Fills in each host's last answer and its loss; one that was not asked to the end yet stays
    /// absent.
    void sample(Workload &workload) const;

    /// For --check: how hosts would be asked, and why so.
    static QString way();

Q_SIGNALS:
    /// No host is being asked any more. May come before ask() returns.
    void settled();

private:
    struct Host;

    void send(Host &host);
    bool canUseIcmp(IcmpSocket &socket);
    void takeReply(const IcmpSocket::Reply &reply);
    void lookUpIfDue(const QString &name, Host &host);
    void takeLookup(const QString &name, const QString &address, const QString &reason);
    void conclude(Host &host, std::optional<double> answer);
    void expire(qint64 until);
    void watchDeadlines();

    const int m_tcpPort;
    std::map<QString, Host> m_hosts; // by what the configuration calls them
    IcmpSocket m_four, m_six;
    QTimer m_deadline;
    quint16 m_sequence = 0;
    bool m_isRefusalTold = false;
};

} // namespace Treewarden
