// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Treewarden {

/// Shows the program's texts in `language` ("en", "zh_CN"; empty: the system's) from now on, Qt's
/// own texts too where they are installed. Replaces an earlier choice. Languages without a
/// translation show English.
void useLanguage(const QString &language = {});

/// The language of the program's texts now: "en" or "zh_CN".
QString languageInUse();

} // namespace Treewarden
