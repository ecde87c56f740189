// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/counterrates.h"
#include "agent/probes/webpage.h"

namespace Treewarden {

/// What is particular about a web server.
struct WebServerKind
{
    WebServerName server;
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
    WebServerProbe(const WebServerKind &kind, WebPage page, QByteArray status);

    std::unique_ptr<SocketProbe> makePageProbe(const QByteArray &path, SocketDialogue::Judge judge);
    std::optional<CheckResult> judgeStatus(QByteArrayView reply, bool isEnd);
    void addRates(QJsonObject *info);
    void takeNoWorkload(int status);
    void take(const CheckResult &result, bool isPage);

    const WebServerKind m_kind;
    const WebPage m_page;
    const HttpExpectation m_anything; ///< of the status page
    const QByteArray m_statusPath;
    CounterRates m_rates;
    QString m_note; ///< why there is no workload
    qint64 m_statusAgainAt = 0; ///< steady ms
    std::unique_ptr<SocketProbe> m_askStatus, m_askPage;
    Done m_done;
    std::optional<CheckResult> m_verdict;
    int m_out = 0; ///< answers still to come
};

} // namespace Treewarden
