// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace Treewarden {

/// The translation context of what this folder tells people about commands and saves:
/// FleetText::tr("…").
struct FleetText
{
    Q_DECLARE_TR_FUNCTIONS(FleetText)
};

} // namespace Treewarden
