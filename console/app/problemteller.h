// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/notificationplanner.h"
#include "console/settings/preferences.h"

#include <QTimer>

#include <functional>

namespace Treewarden {

class SiteList;

/// Lets the planner look at every site whenever its problems were counted, and says what is to be
/// told.
class ProblemTeller : public QObject
{
    Q_OBJECT
public:
    /// Whether a person looks at this site now.
    using IsInFront = std::function<bool(const QString &site)>;

    ProblemTeller(SiteList &sites, Preferences &preferences, IsInFront isInFront,
                  Now now = systemNow());

    bool isQuiet() const { return m_planner.isQuiet(); }

    /// ms until which somebody wished for quiet, or 0.
    qint64 quietUntil() const { return m_planner.quietUntil(); }

    void setQuietForAnHour(bool isQuiet);

Q_SIGNALS:
    void toTell(const Treewarden::ProblemNotice &notice);
    void quietChanged();

private:
    void look(const QString &id);
    void tell();
    void wakeWhenDue();
    void applyPreferences();

    SiteList &m_sites;
    Preferences &m_preferences;
    IsInFront m_isInFront;
    Now m_now;
    NotificationPlanner m_planner;
    QTimer m_wake, m_quietEnds;
};

} // namespace Treewarden
