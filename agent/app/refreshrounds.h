// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace Treewarden {

/// Rounds that somebody asked for with `refresh`: one at a time and not too often, however many
/// ask.
class RefreshRounds : public QObject
{
    Q_OBJECT
public:
    explicit RefreshRounds(QObject *parent = nullptr);

    void ask();
    /// The round that was begun is out; it ends when nothing is being checked any more.
    void noteBegun(bool isChecking);
    void noteSettled();

Q_SIGNALS:
    /// Begin one now, and say so with noteBegun().
    void due();
    void ended();

private:
    void end();

    QTimer m_due, m_giveUp;
    bool m_isOut = false, m_isAsked = false;
};

} // namespace Treewarden
