// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace Treewarden {

/// The translation context of what this folder tells people: CoreText::tr("…").
struct CoreText
{
    Q_DECLARE_TR_FUNCTIONS(CoreText)
};

} // namespace Treewarden
