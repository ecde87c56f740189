// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Treewarden {

/// Where the system's message bus is: the standard's variable, else the standard's place (D-Bus
/// specification, well-known buses).
inline QString systemBusAddress()
{
    using namespace Qt::StringLiterals;
    return qEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS",
                                u"unix:path=/run/dbus/system_bus_socket"_s);
}

} // namespace Treewarden
