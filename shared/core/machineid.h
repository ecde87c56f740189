// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Treewarden {

/// systemd's machine id; where there is none (containers), one of our own that stays in the state
/// folder.
QString machineId(const QString &stateDirectory);

/// What the first of `files` with an id (8 to 64 characters on its first line) says; empty when
/// none has one.
QString readMachineId(const QStringList &files);

/// Where an operating system keeps its machine id (machine-id(5)).
QStringList machineIdFiles();

} // namespace Treewarden
