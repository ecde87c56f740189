// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actiondesk.h"

namespace Treewarden {

/// A desk that keeps what was given to it; tests say what becomes of it.
class FixedDesk : public ActionDesk
{
    Q_OBJECT
public:
    QString send(const CommandOrder &order, const SigningKey &key) override;
    ActionImpact impactOf(const QList<CommandOrder> &orders, int atOnce) const override;
    RollingPlan plan(const QString &tree, const QString &role,
                     const QString &action) const override;
    bool roll(const RollingPlan &plan, const SigningKey &key) override;
    void stopRolling() override;

    const RollingProgress &rolling() const override { return m_rolling; }

    void startMaintenance(const QStringList &keys, const Maintenance &maintenance) override;
    void endMaintenance(const QStringList &keys, const QString &by) override;

    /// Tells what has become of the order that was sent as the `index`th.
    void tell(int index, CommandState state, const QString &detail = {}, qint64 took = 0,
              bool isAwaited = false);
    void setRolling(const RollingProgress &rolling);

    QList<CommandOrder> orders;
    QStringList signers; ///< the names of the keys, one for each order
    ActionImpact impact;
    RollingPlan planned;
    QStringList maintenanceKeys;
    std::optional<Maintenance> maintenance; ///< of the last start
    int ends = 0, stops = 0;

private:
    RollingProgress m_rolling;
};

} // namespace Treewarden
