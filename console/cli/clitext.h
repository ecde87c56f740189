// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace Treewarden {

/// The translation context of the command line: CliText::tr("…").
struct CliText
{
    Q_DECLARE_TR_FUNCTIONS(CliText)
};

} // namespace Treewarden
