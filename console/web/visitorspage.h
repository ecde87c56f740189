// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/web/fleetsnapshot.h"
#include "console/web/historyanswers.h"
#include "console/web/livestream.h"
#include "console/web/webassets.h"
#include "console/web/webserver.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace Treewarden {

class FleetWatcher;

/// The read-only web view of the fleet that a FleetWatcher keeps: what treewarden-web serves, and
/// the desktop console when it is told to.
class VisitorsPage : public QObject, private WebContent
{
    Q_OBJECT
public:
    /// `watcher` must outlive this.
    VisitorsPage(FleetWatcher &watcher, const WebOptions &options, QObject *parent = nullptr);
    ~VisitorsPage() override;

    Result<void> start();
    void stop();

    QString url() const { return m_server.url(); }

    quint16 port() const { return m_server.port(); }

    /// How many have a live view open.
    int visitorCount() const { return m_stream.listenerCount(); }

private:
    Found find(QByteArrayView path) override;
    Found findHistory(QByteArrayView rest);

    void watch();
    void noteMaintenance();
    void readLiveness();
    void schedule();
    void tell();
    bool areWorkloadsDue() const;

    FleetWatcher &m_watcher;
    WebAssets m_assets;
    FleetSnapshot m_snapshot;
    HistoryAnswers m_history;
    LiveStream m_stream;
    WebServer m_server;
    qsizetype m_maintained = 0; ///< entries of maintenance that hold now
    QTimer m_next, m_passage;
    QElapsedTimer m_sinceTold, m_sinceWorkloads;
};

} // namespace Treewarden
