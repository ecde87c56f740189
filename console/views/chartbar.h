// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/chartspec.h"

#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QMenu;
class QPushButton;
class QStringListModel;

namespace Treewarden {

class SegmentBar;
class TonedLabel;

/// With what charts are compared.
struct ChartCompare
{
    enum class Kind { Nothing, DayBefore, WeekBefore, Server };

    Kind kind = Kind::Nothing;
    QString ip; ///< of Server
};

/// The line above the charts: their range, what is shown, comparison, choice of charts and export.
class ChartBar : public QWidget
{
    Q_OBJECT
public:
    explicit ChartBar(QWidget *parent = nullptr);

    /// The button of this length is chosen, if there is one.
    void setRange(qint64 length);
    /// What the charts show, or what went wrong, a sentence; `hint` says more.
    void setSpan(const QString &text, const QString &hint = {});
    void setCrosshairText(const QString &text);
    /// "Back to live" stands there while the charts look elsewhere.
    void setLive(bool isLive);
    /// The charts to choose from, and those that are hidden (ids).
    void setCharts(const QList<ChartSpec> &specs, const QStringList &hidden);
    /// Servers to compare with: "db-01" or "db-01 (10.0.0.1)".
    void setServers(const QStringList &names);
    void setCompareText(const QString &text);

    QMenu *compareMenu() const { return m_compareMenu; }

    QMenu *moreMenu() const { return m_moreMenu; }

    /// Where another server's name is typed; visible while it is asked for.
    QLineEdit *serverField() const { return m_serverField; }

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void rangeChosen(qint64 length);
    void liveRequested();
    void compareChosen(Treewarden::ChartCompare::Kind kind);
    void serverChosen(const QString &name);
    void chartToggled(const QString &id, bool isShown);
    void pictureRequested();
    void numbersRequested();
    void copyRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeCompareMenu();
    void makeMoreMenu();
    void askForServer();
    void arrange();

    SegmentBar *m_ranges;
    QHBoxLayout *m_first, *m_second, *m_words;
    QWidget *m_wordsWidget;
    TonedLabel *m_span, *m_at;
    QPushButton *m_live, *m_compare, *m_more;
    QLineEdit *m_serverField;
    QMenu *m_compareMenu, *m_moreMenu, *m_chartsMenu;
    QStringListModel *m_servers;
    QStringList m_menuKey; ///< what the menu of charts was made from
    bool m_isSecondUsed = false;
};

} // namespace Treewarden
