// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace Treewarden {

class ActionCentre;
class FleetSource;
class HealthIcon;
class LinkButton;
class TonedLabel;

/// The window's last line: connected to what and how busy, or since when not and what comes next.
/// Never optimistic.
class StateBar : public QWidget
{
    Q_OBJECT
public:
    explicit StateBar(FleetSource &source, ActionCentre *actions = nullptr,
                      QWidget *parent = nullptr);

    /// What stands at the left, for tests and screen readers.
    QString text() const;

    /// Something more at the right end.
    void add(QWidget *widget);

Q_SIGNALS:
    void keyRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void showPast();
    void countMessages();
    void addActing(ActionCentre &actions);

    FleetSource &m_source;
    HealthIcon *m_icon;
    TonedLabel *m_state, *m_rate, *m_agents;
    QTimer m_timer;
    qint64 m_countedAt = 0, m_counted = 0;
    double m_perSecond = 0;
};

} // namespace Treewarden
