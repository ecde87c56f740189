// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/unitproperties.h"

#include <QDBusMetaType>

namespace Treewarden {

QDBusArgument &operator<<(QDBusArgument &argument, const UnitProperty &property)
{
    argument.beginStructure();
    argument << property.name << property.value;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, UnitProperty &property)
{
    argument.beginStructure();
    argument >> property.name >> property.value;
    argument.endStructure();
    return argument;
}

QDBusArgument &operator<<(QDBusArgument &argument, const AuxiliaryUnit &unit)
{
    argument.beginStructure();
    argument << unit.name << unit.properties;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, AuxiliaryUnit &unit)
{
    argument.beginStructure();
    argument >> unit.name >> unit.properties;
    argument.endStructure();
    return argument;
}

QDBusArgument &operator<<(QDBusArgument &argument, const UnitCommand &command)
{
    argument.beginStructure();
    argument << command.program << command.argv << command.mayFail;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, UnitCommand &command)
{
    argument.beginStructure();
    argument >> command.program >> command.argv >> command.mayFail;
    argument.endStructure();
    return argument;
}

void registerUnitProperties()
{
    qDBusRegisterMetaType<UnitProperty>();
    qDBusRegisterMetaType<UnitProperties>();
    qDBusRegisterMetaType<AuxiliaryUnit>();
    qDBusRegisterMetaType<AuxiliaryUnits>();
    qDBusRegisterMetaType<UnitCommand>();
    qDBusRegisterMetaType<UnitCommands>();
}

} // namespace Treewarden
