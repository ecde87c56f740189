// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/dialogs/confirmdialog.h"
#include "console/models/rollingplan.h"

class QSpinBox;

namespace Treewarden {

class FleetSource;

/// Asks before a rolling action: in which order, how many at once, how long each must stay alive.
/// Its progress is then the window's to show.
class RollingDialog : public ConfirmDialog
{
    Q_OBJECT
public:
    RollingDialog(const FleetSource &source, const ActionQuestion &question,
                  const RollingPlan &plan, QWidget *parent = nullptr);

    /// As the person wants it.
    RollingPlan plan() const;

private:
    void addOrder(const FleetSource &source);
    void addPace();

    RollingPlan m_plan;
    QSpinBox *m_batch, *m_settling;
};

} // namespace Treewarden
