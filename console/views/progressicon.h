// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QWidget>

namespace Treewarden {

/// The shape of the state that something came to, or an arrow while it is under way.
class ProgressIcon : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressIcon(int size, QWidget *parent = nullptr);

    /// Nothing: it is under way.
    void setHealth(std::optional<Health> health);
    /// Neither begun nor over: a point.
    void setWaiting();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Health> m_health;
    bool m_isWaiting = false;
};

} // namespace Treewarden
