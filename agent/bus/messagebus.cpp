// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/bus/messagebus.h"

#include <QDBusError>
#include <QDBusPendingCallWatcher>
#include <QUuid>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto housekeepingTimeout = 5s;

} // namespace

MessageBus::MessageBus(const QString &address)
    : m_address(address)
    , m_name(u"treewarden-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_connection(QString())
{
}

MessageBus::~MessageBus()
{
    blockSignals(true); // who listens may be half gone
    close();
}

/// The bus answers in order, Hello first.
bool MessageBus::open()
{
    if (isConnected())
        return true;
    close();
    m_connection = QDBusConnection::connectToPeer(m_address, m_name);
    m_isOpen = m_connection.isConnected();
    if (!m_isOpen) {
        m_obstacle = m_connection.lastError().message();
        drop(); // else Qt gives us the same dead one again
        return false;
    }
    m_connection.connect({}, u"/org/freedesktop/DBus/Local"_s, u"org.freedesktop.DBus.Local"_s,
                         u"Disconnected"_s, this, SLOT(takeDisconnect()));
    call(busCall(u"Hello"_s), housekeepingTimeout, {});
    Q_EMIT opened();
    return true;
}

void MessageBus::close()
{
    if (!std::exchange(m_isOpen, false))
        return;
    drop();
    Q_EMIT closed();
}

/// It may be about the connection before this one.
void MessageBus::takeDisconnect()
{
    if (!m_connection.isConnected())
        close();
}

void MessageBus::drop()
{
    m_connection = QDBusConnection(QString());
    QDBusConnection::disconnectFromPeer(m_name);
}

void MessageBus::call(const QDBusMessage &message, std::chrono::milliseconds timeout, Reply reply)
{
    auto *watcher
        = new QDBusPendingCallWatcher(m_connection.asyncCall(message, int(timeout.count())), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, reply = std::move(reply)] {
        watcher->deleteLater();
        if (reply)
            reply(watcher->reply());
    });
}

void MessageBus::addMatch(const QString &rule)
{
    QDBusMessage message = busCall(u"AddMatch"_s);
    message << rule;
    call(message, housekeepingTimeout, {});
}

void MessageBus::connectSignal(const QString &interface, const QString &name, QObject *receiver,
                               const char *slot)
{
    m_connection.connect({}, {}, interface, name, receiver, slot);
}

QDBusMessage MessageBus::busCall(const QString &method)
{
    const QString bus = u"org.freedesktop.DBus"_s;
    return QDBusMessage::createMethodCall(bus, u"/org/freedesktop/DBus"_s, bus, method);
}

} // namespace Treewarden
