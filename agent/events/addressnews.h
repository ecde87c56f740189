// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace Treewarden {

/// True when one of the rtnetlink messages (rtnetlink(7)) in what was read tells that an address
/// came or went, or that an interface came, went, or changed a flag (up, running). What is cut off
/// ends the reading; an overrun or an error of the kernel's counts as a change.
bool tellsAddressChange(QByteArrayView messages);

} // namespace Treewarden
