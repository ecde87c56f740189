// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QDialog;

namespace Treewarden {

/// Makes a dialog as tall as its rows are at its width. Qt measures texts that wrap at another
/// width first, and leaves holes.
void fitHeight(QDialog &dialog);

} // namespace Treewarden
