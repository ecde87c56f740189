// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusArgument>
#include <QDBusVariant>
#include <QStringList>

namespace Treewarden {

/// What org.freedesktop.systemd1.Manager.StartTransientUnit takes: a(sv) and a(sa(sv)).
struct UnitProperty
{
    QString name;
    QDBusVariant value;
};

using UnitProperties = QList<UnitProperty>;

struct AuxiliaryUnit
{
    QString name;
    UnitProperties properties;
};

using AuxiliaryUnits = QList<AuxiliaryUnit>;

/// One line of ExecStart=, (sasb).
struct UnitCommand
{
    QString program;
    QStringList argv;
    bool mayFail = false;
};

using UnitCommands = QList<UnitCommand>;

QDBusArgument &operator<<(QDBusArgument &argument, const UnitProperty &property);
const QDBusArgument &operator>>(const QDBusArgument &argument, UnitProperty &property);
QDBusArgument &operator<<(QDBusArgument &argument, const AuxiliaryUnit &unit);
const QDBusArgument &operator>>(const QDBusArgument &argument, AuxiliaryUnit &unit);
QDBusArgument &operator<<(QDBusArgument &argument, const UnitCommand &command);
const QDBusArgument &operator>>(const QDBusArgument &argument, UnitCommand &command);

/// Before the first of them is sent.
void registerUnitProperties();

} // namespace Treewarden
