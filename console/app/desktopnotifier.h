// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/notificationplanner.h"

#include <QHash>
#include <QObject>

namespace Treewarden {

/// Shows messages by the desktop's notification service (org.freedesktop.Notifications), and says
/// when somebody clicks one.
class DesktopNotifier : public QObject
{
    Q_OBJECT
public:
    explicit DesktopNotifier(QObject *parent = nullptr);

    void show(const ProblemNotice &notice);

Q_SIGNALS:
    void chosen(const Treewarden::ProblemNotice &notice);
    /// There is no such service: show it in some other way.
    void undelivered(const Treewarden::ProblemNotice &notice);

private Q_SLOTS: // by name, for the bus
    void choose(uint id, const QString &action);
    void forget(uint id, uint reason);

private:
    QHash<uint, ProblemNotice> m_shown; ///< by the service's id
};

} // namespace Treewarden
