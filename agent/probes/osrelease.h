// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace Treewarden {

/// The name of the operating system for people out of an os-release file (man 5 os-release), like
/// "Debian GNU/Linux 12 (bookworm)"; empty when it tells none.
QString parseOsName(QByteArrayView osRelease);

} // namespace Treewarden
