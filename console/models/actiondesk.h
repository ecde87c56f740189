// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actionimpact.h"
#include "console/models/commandprogress.h"
#include "console/models/rollingplan.h"

#include <QObject>

namespace Treewarden {

class SigningKey;

/// Where what an administrator wants goes out, and what becomes of it comes in. Redis and the
/// agents in the program, a table in tests.
class ActionDesk : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Signs the order and sends it. Gives the command's id, with which progressed() speaks of it
    /// from the next turn of the event loop on.
    virtual QString send(const CommandOrder &order, const SigningKey &key) = 0;

    /// What these orders would do to the trees when `atOnce` of them run at the same moment; 0:
    /// all.
    virtual ActionImpact impactOf(const QList<CommandOrder> &orders, int atOnce) const = 0;

    /// The instances of a role in the order in which a rolling action should take them.
    virtual RollingPlan plan(const QString &tree, const QString &role,
                             const QString &action) const = 0;
    /// One at a time: false while another is running.
    virtual bool roll(const RollingPlan &plan, const SigningKey &key) = 0;
    /// The present ones are finished, nothing else is begun.
    virtual void stopRolling() = 0;
    /// The last rolling action, running or over; without turns when there was none.
    virtual const RollingProgress &rolling() const = 0;

    /// Puts what the keys name (fields of the hash `maintenance`) into maintenance, or ends it.
    virtual void startMaintenance(const QStringList &keys, const Maintenance &maintenance) = 0;
    virtual void endMaintenance(const QStringList &keys, const QString &by) = 0;

Q_SIGNALS:
    void progressed(const Treewarden::CommandProgress &progress);
    void rollingChanged();
    /// A maintenance was not written: why, a sentence.
    void maintenanceFailed(const QString &sentence);
};

} // namespace Treewarden
