// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace Treewarden {

/// The machine's name for people from what its firmware says (/sys/class/dmi/id/sys_vendor and
/// product_name, or a device tree's `model`), without what vendors left unfilled; else empty.
QString hardwareName(QByteArrayView vendor, QByteArrayView product);

} // namespace Treewarden
