// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QTimer>
#include <QWidget>

namespace Treewarden {

class FleetSource;

/// Tells a screen reader what changed: new problems and solved ones, a lost connection and its
/// return, and what say() is given. It is a widget without a size, since screen readers know
/// nothing but widgets; while no screen reader listens it does nothing.
class Announcer : public QWidget
{
    Q_OBJECT
public:
    Announcer(FleetSource &source, QWidget *parent);

    void say(const QString &sentence);

    /// What was said last.
    QString said() const { return accessibleName(); }

private:
    void noteLive();
    void noteProblems();
    void lookSoon();

    FleetSource &m_source;
    QSet<QString> m_known; ///< problems that need not be told again
    QTimer m_soon;
    bool m_isLive;
    bool m_hasLooked = false;
};

} // namespace Treewarden
