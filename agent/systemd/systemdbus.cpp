// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/systemd/systemdbus.h"

#include "agent/bus/systemdcalls.h"

#include <QDBusArgument>
#include <QDBusObjectPath>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostUnits = 10'000;
constexpr auto housekeepingTimeout = 5s;

/// An array of (name, description, load, active, sub, following, path, job, job's type, job's
/// path).
QList<SystemdUnit> unitsOf(const QDBusMessage &reply)
{
    QList<SystemdUnit> units;
    if (reply.signature() != u"a(ssssssouso)")
        return units;
    const auto list = reply.arguments().constFirst().value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd() && units.size() < mostUnits) {
        SystemdUnit unit;
        QString description, following, jobType;
        QDBusObjectPath path, jobPath;
        quint32 job = 0;
        list.beginStructure();
        list >> unit.name >> description >> unit.load >> unit.active >> unit.sub >> following
            >> path >> job >> jobType >> jobPath;
        list.endStructure();
        unit.path = path.path();
        units << unit;
    }
    list.endArray();
    return units;
}

} // namespace

SystemdBus::SystemdBus(const QString &address)
    : m_bus(address)
{
    connect(&m_bus, &MessageBus::opened, this, &SystemdBus::subscribe);
    connect(&m_bus, &MessageBus::closed, this, [this] { m_isOpen = false; });
}

void SystemdBus::subscribe()
{
    m_isOpen = true;
    m_bus.connectSignal(u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s, this,
                        SLOT(takeChange(QDBusMessage)));
    m_bus.connectSignal(systemdManagerInterface.toString(), u"JobRemoved"_s, this,
                        SLOT(takeJob(QDBusMessage)));
    m_bus.call(systemdManagerCall(u"Subscribe"_s), housekeepingTimeout, {});
    for (const QString &path : std::as_const(m_watched))
        addMatch(path);
}

void SystemdBus::listUnits(const QStringList &names, std::chrono::milliseconds timeout, Units done)
{
    if (!m_bus.open()) {
        done(Error{m_bus.obstacle()});
        return;
    }
    QDBusMessage message
        = systemdManagerCall(names.isEmpty() ? u"ListUnitsFiltered"_s : u"ListUnitsByNames"_s);
    message << (names.isEmpty() ? QStringList{u"failed"_s} : names);
    m_bus.call(message, timeout, [this, done = std::move(done)](const QDBusMessage &reply) {
        if (reply.type() == QDBusMessage::ReplyMessage) {
            done(unitsOf(reply));
            return;
        }
        if (reply.errorName() == u"org.freedesktop.DBus.Error.NoReply")
            m_bus.close(); // it hangs, or never took our Hello
        done(Error{reply.errorMessage()});
    });
}

void SystemdBus::readProperties(const QString &path, const QStringList &names,
                                std::chrono::milliseconds timeout, Properties done)
{
    readSystemdProperties(m_bus, path, names, timeout, std::move(done));
}

void SystemdBus::watch(const QString &path)
{
    if (m_watched.contains(path))
        return;
    m_watched.insert(path);
    if (m_isOpen)
        addMatch(path);
}

void SystemdBus::addMatch(const QString &path)
{
    const QString from = u"type='signal',sender='org.freedesktop.systemd1',"_s;
    m_bus.addMatch(
        from
        + (path.isEmpty()
               ? u"interface='org.freedesktop.systemd1.Manager',member='JobRemoved'"_s
               : u"interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',"
                 "path='%1'"_s.arg(path)));
}

void SystemdBus::takeChange(const QDBusMessage &signal)
{
    if (unitChanged && m_watched.contains(signal.path()))
        unitChanged(signal.path());
}

/// Its result is the last of four arguments.
void SystemdBus::takeJob(const QDBusMessage &signal)
{
    if (unitChanged && m_watched.contains(QString()) && signal.signature() == u"uoss"
        && signal.arguments().constLast() != u"done"_s)
        unitChanged({});
}

} // namespace Treewarden

extern "C" __attribute__((visibility("default"))) Treewarden::SystemdClient *
treewardenMakeSystemdClient(const QString &address)
{
    return new Treewarden::SystemdBus(address);
}
