// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/counterrates.h"
#include "agent/probes/httpcheck.h"
#include "agent/probes/socketprobe.h"

namespace Treewarden {

/// What is particular about a web server.
struct WebServerKind
{
    QString role; ///< "nginx"
    QString title; ///< begins the sentences: "Nginx"
    QString statusPath; ///< where its status page is by default
    QString statusName; ///< what brings that page: "stub_status"
    QJsonObject (*parseStatus)(QByteArrayView page); ///< empty: it is another page
    QStringList rates; ///< counters whose growth per second is told
    QString master; ///< the process that must run where the server is on this host; empty: none
    bool holdsConnection; ///< an idle connection costs the server next to nothing
};

/// Asks a web server for its status page: one answer says that it lives and what it does. Where
/// there is no such page an ordinary one is asked for, and the status page again now and then. A
/// page that the configuration names is asked for in any case, and decides.
class WebServerProbe : public ServiceProbe
{
public:
    static Result<std::unique_ptr<ServiceProbe>>
    make(const WebServerKind &kind, const ServiceDefinition &service, const ProbeCheck &check);

    void check(const ProcSnapshot &processes, Done done) override;
    QString description() const override;

private:
    struct Pages
    {
        QByteArray host, status, page; ///< the Host field and paths
        HttpExpectation anything, expected; ///< of the status page and of the page
        bool isPageWanted = false; ///< the configuration names it or what it answers
    };

    WebServerProbe(const WebServerKind &kind, const SocketParameters &socket, const Pages &pages);

    SocketDialogue dialogue(const SocketParameters &socket, const QByteArray &path,
                            SocketDialogue::Judge judge);
    std::optional<CheckResult> judgeStatus(QByteArrayView reply, bool isEnd);
    void addRates(QJsonObject *info);
    void takeNoWorkload(CheckResult *verdict);
    void take(const CheckResult &result, bool isPage);

    const WebServerKind m_kind;
    const Pages m_pages;
    CounterRates m_rates;
    QString m_note; ///< why there is no workload
    qint64 m_statusAgainAt = 0; ///< steady ms
    std::unique_ptr<SocketProbe> m_status, m_page;
    Done m_done;
    std::optional<CheckResult> m_verdict;
    int m_out = 0; ///< answers still to come
};

} // namespace Treewarden
