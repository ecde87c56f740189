// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>

#include <chrono>
#include <functional>

namespace Treewarden {

/// A connection to the message bus, made again when it broke. It is opened as Qt D-Bus opens one
/// to a peer, and says Hello itself: connecting to a bus would wait for up to 25 s for a daemon
/// that hangs. Never waits.
class MessageBus : public QObject
{
    Q_OBJECT
public:
    using Reply = std::function<void(const QDBusMessage &)>;

    explicit MessageBus(const QString &address);
    ~MessageBus() override;

    QString address() const { return m_address; }

    /// Connects when it is not connected; false when nobody listens there.
    bool open();

    bool isConnected() const { return m_isOpen && m_connection.isConnected(); }

    /// Why open() could not.
    QString obstacle() const { return m_obstacle; }

    /// Everything is sent at once, in order; the reply is an error message when there is none in
    /// time (NoReply, Disconnected). Only while open.
    void call(const QDBusMessage &message, std::chrono::milliseconds timeout, Reply reply);
    /// Has the bus send us the signals of this rule, until the connection breaks.
    void addMatch(const QString &rule);
    /// Calls `slot` of `receiver`, written with SLOT() and taking a QDBusMessage, for each signal
    /// that arrives, whoever sent it.
    void connectSignal(const QString &interface, const QString &name, QObject *receiver,
                       const char *slot);

    /// A call to the bus itself.
    static QDBusMessage busCall(const QString &method);

    void close();

Q_SIGNALS:
    /// Within open(), after Hello was sent: signals are to be connected and matched again.
    void opened();
    void closed();

private Q_SLOTS:
    void takeDisconnect();

private:
    void drop();

    const QString m_address, m_name;
    QDBusConnection m_connection;
    QString m_obstacle;
    bool m_isOpen = false;
};

} // namespace Treewarden
