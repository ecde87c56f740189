// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/chartwindow.h"
#include "console/models/historyfeed.h"
#include "console/models/historylink.h"
#include "console/models/markfeed.h"
#include "console/views/chartbar.h"

#include <QTimer>
#include <QWidget>

#include <functional>

namespace Treewarden {

class ChartSaver;
class ChartStack;
class LoadingLine;
class Preferences;
class TimeStrip;
struct SavedCharts;

/// The load of one server as charts, from the last minutes as they come to two years in one scroll,
/// with what happened on it.
class WorkloadPanel : public QWidget
{
    Q_OBJECT
public:
    explicit WorkloadPanel(FleetSource &source, QWidget *parent = nullptr);

    /// Range and hidden charts are those of the last time from now on.
    void remember(Preferences &preferences);

    void open(const QString &ip);
    /// The source shows this moment of the past: it stands inside the charts, and what came after
    /// it is pale. Nothing: now.
    void setMoment(std::optional<qint64> moment);
    /// Draws again what its server is now; for who knows that something changed.
    void refresh();

    ChartStack *charts() const { return m_charts; }

    ChartBar *bar() const { return m_bar; }

    const HistoryFeed &feed() const { return m_feed; }

    const ChartWindow &window() const { return m_window; }

    void setRange(qint64 length);
    void compareWith(const ChartCompare &compare);
    /// Writes a picture (.png) or the numbers (.csv); says what became of it in the bar.
    void saveAs(const QString &path);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void watchCharts();
    void watchBar();
    void move(const std::function<void(ChartWindow &)> &how);
    void draw();
    qint64 chartEnd() const;
    QList<ChartMark> marks() const;
    void drawComparison(qint64 from, qint64 to);
    void showSpecs();
    void showWords();
    QString spanWords() const;
    void showProgress();
    void compareWithNamed(const QString &name);
    void toggleChart(const QString &id, bool isShown);
    void tell(const QString &sentence);
    QString serverName() const;
    SavedCharts saved() const;
    QStringList serverNames() const;
    const FleetServer *server(const QString &ip) const;

    FleetSource &m_source;
    HistoryLink m_link;
    HistoryFeed m_feed, m_other; ///< of the server, and of what it is compared with
    MarkFeed m_marks;
    ChartWindow m_window;
    ChartCompare m_compare;
    ChartBar *m_bar;
    LoadingLine *m_loading;
    ChartStack *m_charts;
    TimeStrip *m_times;
    ChartSaver *m_saver;
    Preferences *m_preferences = nullptr;
    QString m_ip;
    QStringList m_hidden; ///< ids of charts
    std::optional<qint64> m_moment;
    qint64 m_end = 0; ///< right end of all charts, ms
    qint64 m_from = 0, m_to = 0; ///< what is shown
    bool m_areTracksNew = true;
    QString m_told; ///< an outcome, for a while
    QTimer m_scroll, m_toldFor;
};

} // namespace Treewarden
