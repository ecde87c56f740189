// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QString;
class QWidget;

namespace Treewarden {

enum class LeaveAnswer { Save, Discard, Stay };

/// Asks what becomes of changes that are not saved; the answer comes later, exactly once.
void askToLeave(QWidget *parent, const QString &what, int changes,
                const std::function<void(LeaveAnswer)> &answered);

/// Asks before something is removed; `agreed` is called when it may be.
void askToRemove(QWidget *parent, const QString &question, const QString &consequence,
                 const QString &verb, const std::function<void()> &agreed);

} // namespace Treewarden
