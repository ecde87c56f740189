// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Treewarden {

/// The console in a process of its own, as treewarden-console is, that also answers on stdout what
/// is asked on stdin, a line each:
///     measure          "RSS HEAP OBJECTS EVENTS ARCHIVE COMMANDS": KiB, KiB in use of malloc,
///                      QObjects, and how full the bounded lists are
///     objects          "CLASS=NUMBER …", how many objects there are of each class
///     fill             "filled", when the pages of events and commands hold all that they may
///     choose ENTRY     "chosen": the menu entry of this text, without its "&"
/// Arguments: PREFERENCES REDIS-URL.
int runDayConsole(int argc, char **argv);

} // namespace Treewarden
