// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/bus/messagebus.h"

#include <QStringList>
#include <QStringView>
#include <QVariant>

namespace Treewarden {

/// The names of org.freedesktop.systemd1(5).
inline constexpr QStringView systemdName = u"org.freedesktop.systemd1";
inline constexpr QStringView systemdManagerInterface = u"org.freedesktop.systemd1.Manager";

QDBusMessage systemdCall(const QString &path, const QString &interface, const QString &method);
QDBusMessage systemdManagerCall(const QString &method);

/// The object of a unit, whether it is loaded or not: all but letters and digits are escaped.
QString systemdUnitPath(const QString &unit);

/// Properties by "Interface.Name", such as "Service.MainPID"; those that cannot be read are left
/// out.
void readSystemdProperties(MessageBus &bus, const QString &path, const QStringList &names,
                           std::chrono::milliseconds timeout,
                           std::function<void(const QVariantMap &)> done);

} // namespace Treewarden
