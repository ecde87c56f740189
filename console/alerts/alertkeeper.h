// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/alerts/alertrules.h"
#include "console/alerts/alertwriter.h"
#include "shared/core/now.h"
#include "shared/fleet/keyasker.h"

#include <QTimer>

namespace Treewarden {

class FleetWatcher;
struct Event;

/// Judges the load of the fleet's servers by the rules of their configurations, and tells when an
/// alert begins and ends. Any number of programs may do so at the same time. What is raised stands
/// in Redis and survives them.
class AlertKeeper : public QObject
{
    Q_OBJECT
public:
    /// `steady`: ms of a clock that nobody sets.
    AlertKeeper(FleetWatcher &watcher, Now now = systemNow(), Now steady = {},
                QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    /// Alerts cannot be judged or told, a sentence; once until it works again.
    void failed(const QString &reason);

private:
    void begin();
    void readRules(const QString &ip);
    void takeRules(const QString &ip, const ServerRules &rules);
    void judge(const QString &ip);
    void followServer(const QString &ip);
    void followRemoval(const QString &ip);
    void followEvents(const QList<Event> &events);
    void look();
    void askRaised();
    void takeRaised(const QHash<QByteArray, QByteArray> &raised, qint64 writes);
    void compareWithRaised(const RaisedAlert &alert);
    /// Why nothing of the server may be raised; nothing: it may.
    std::optional<AlertEnd> objection(const QString &ip) const;
    void tell(const QString &ip, const QList<AlertVerdict> &verdicts);
    void tellOne(const QString &ip, const AlertVerdict &verdict, qint64 version);
    void takeAnswer(const QString &ip, const AlertVerdict &verdict,
                    const AlertWriter::Answer &answer);
    void complain(const QString &reason);

    AlertMoment moment() const { return {m_steady(), m_now()}; }

    FleetWatcher &m_watcher;
    Now m_now, m_steady;
    QString m_session;
    Complaints m_complaints;
    KeyAsker m_asker;
    AlertRulesReader m_rules;
    AlertWriter m_writer;
    QHash<QString, AlertJudge> m_judges; ///< by ip, of servers with rules only
    QHash<QString, qint64> m_versions; ///< of the configurations that were read, by ip
    QTimer m_timer;
    qint64 m_nextComparison = 0; ///< steady ms
    qint64 m_writes = 0; ///< that were begun
    bool m_hasFailed = false;
};

} // namespace Treewarden
