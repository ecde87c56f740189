// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Treewarden {

/// What every program of the project leaves with (sysexits.h).
enum class ExitCode {
    Done = 0,
    Usage = 64,
    BadInput = 65,
    NotEnrolled = 68,
    Unavailable = 69,
    Internal = 70,
    InputOutput = 74,
    Refused = 77,
    BadConfiguration = 78,
};

} // namespace Treewarden
