// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace Treewarden {

class ActionCentre;
class ProgressIcon;
class TonedLabel;
struct RollingTurn;

/// A rolling action above whatever page is shown: how far it is, one entry an instance, and a
/// button that stops it. Once it is over its outcome stands here until it is closed.
class RollingPanel : public QWidget
{
    Q_OBJECT
public:
    /// Shows and hides itself, so it needs a parent from the first.
    RollingPanel(ActionCentre &centre, QWidget *parent);

    QString title() const;

Q_SIGNALS:
    void serverChosen(const QString &ip);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Bar;

    void refresh();
    void showTurns();
    QWidget *makeTurn(const RollingTurn &turn);
    QString turnText(const RollingTurn &turn) const;

    ActionCentre &m_centre;
    TonedLabel *m_title, *m_count, *m_outcome;
    ProgressIcon *m_outcomeIcon;
    QPushButton *m_stop, *m_close;
    Bar *m_bar;
    QWidget *m_turns = nullptr, *m_outcomeRow;
    bool m_isClosed = false;
};

} // namespace Treewarden
