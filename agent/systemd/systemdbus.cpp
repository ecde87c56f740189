// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/systemd/systemdbus.h"

#include <QDBusArgument>
#include <QDBusError>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QUuid>

#include <memory>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostUnits = 10'000;
constexpr auto housekeepingTimeout = 5s;

QDBusMessage busCall(const QString &method)
{
    const QString bus = u"org.freedesktop.DBus"_s;
    return QDBusMessage::createMethodCall(bus, u"/org/freedesktop/DBus"_s, bus, method);
}

QDBusMessage systemdCall(const QString &path, const QString &interface, const QString &method)
{
    return QDBusMessage::createMethodCall(u"org.freedesktop.systemd1"_s, path, interface, method);
}

QDBusMessage managerCall(const QString &method)
{
    return systemdCall(u"/org/freedesktop/systemd1"_s, u"org.freedesktop.systemd1.Manager"_s,
                       method);
}

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
    : m_address(address)
    , m_name(u"treewarden-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_connection(QString())
{
}

SystemdBus::~SystemdBus()
{
    close();
}

/// Everything is sent at once; the bus answers in order, Hello first.
bool SystemdBus::open()
{
    if (m_isOpen && m_connection.isConnected())
        return true;
    close();
    m_connection = QDBusConnection::connectToPeer(m_address, m_name);
    m_isOpen = m_connection.isConnected();
    if (!m_isOpen)
        return false;
    m_connection.connect({}, u"/org/freedesktop/DBus/Local"_s, u"org.freedesktop.DBus.Local"_s,
                         u"Disconnected"_s, this, SLOT(close()));
    m_connection.connect({}, {}, u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s, this,
                         SLOT(takeChange(QDBusMessage)));
    m_connection.connect({}, {}, u"org.freedesktop.systemd1.Manager"_s, u"JobRemoved"_s, this,
                         SLOT(takeJob(QDBusMessage)));
    call(busCall(u"Hello"_s), housekeepingTimeout, {});
    call(managerCall(u"Subscribe"_s), housekeepingTimeout, {});
    for (const QString &path : std::as_const(m_watched))
        addMatch(path);
    return true;
}

void SystemdBus::close()
{
    if (!std::exchange(m_isOpen, false))
        return;
    m_connection = QDBusConnection(QString());
    QDBusConnection::disconnectFromPeer(m_name);
}

void SystemdBus::call(const QDBusMessage &message, std::chrono::milliseconds timeout, Reply reply)
{
    auto *watcher
        = new QDBusPendingCallWatcher(m_connection.asyncCall(message, int(timeout.count())), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, reply = std::move(reply)] {
        watcher->deleteLater();
        if (reply)
            reply(watcher->reply());
    });
}

void SystemdBus::listUnits(const QStringList &names, std::chrono::milliseconds timeout, Units done)
{
    if (!open()) {
        done(Error{u"%1"_s.arg(QDBusConnection(m_name).lastError().message())});
        return;
    }
    QDBusMessage message
        = managerCall(names.isEmpty() ? u"ListUnitsFiltered"_s : u"ListUnitsByNames"_s);
    message << (names.isEmpty() ? QStringList{u"failed"_s} : names);
    call(message, timeout, [this, done = std::move(done)](const QDBusMessage &reply) {
        if (reply.type() == QDBusMessage::ReplyMessage) {
            done(unitsOf(reply));
            return;
        }
        if (reply.errorName() == u"org.freedesktop.DBus.Error.NoReply")
            close(); // it hangs, or never took our Hello
        done(Error{reply.errorMessage()});
    });
}

void SystemdBus::readProperties(const QString &path, const QStringList &names,
                                std::chrono::milliseconds timeout, Properties done)
{
    struct Pending
    {
        QVariantMap values;
        qsizetype left;
        Properties done;
    };

    const auto pending = std::make_shared<Pending>(Pending{{}, names.size(), std::move(done)});
    for (const QString &name : names) {
        QDBusMessage message = systemdCall(path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
        message << u"org.freedesktop.systemd1."_s + name.section(u'.', 0, 0)
                << name.section(u'.', 1);
        call(message, timeout, [pending, name](const QDBusMessage &reply) {
            if (reply.type() == QDBusMessage::ReplyMessage && reply.signature() == u"v")
                pending->values.insert(
                    name, reply.arguments().constFirst().value<QDBusVariant>().variant());
            if (--pending->left == 0)
                pending->done(pending->values);
        });
    }
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
    QDBusMessage message = busCall(u"AddMatch"_s);
    const QString from = u"type='signal',sender='org.freedesktop.systemd1',"_s;
    message << from
            + (path.isEmpty()
                   ? u"interface='org.freedesktop.systemd1.Manager',member='JobRemoved'"_s
                   : u"interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',"
                     "path='%1'"_s.arg(path));
    call(message, housekeepingTimeout, {});
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
