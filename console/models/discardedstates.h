// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QTimer>

#include <deque>

namespace Treewarden {

/// States of a fleet that nobody shows any more: to free a hundred thousand services takes its
/// time, so it is done in slices.
class DiscardedStates : public QObject
{
    Q_OBJECT
public:
    explicit DiscardedStates(QObject *parent = nullptr);

    void add(FleetState &&state);

    bool isEmpty() const { return m_states.empty(); }

private:
    void freeSome();

    std::deque<FleetState> m_states;
    QHash<QString, FleetServer>::iterator m_next; ///< of the first of them
    bool m_isBegun = false; ///< with the first of them
    QTimer m_slices;
};

} // namespace Treewarden
