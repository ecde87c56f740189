// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

class QSocketNotifier;

namespace Treewarden {

/// Tells that this host's addresses or links changed, the moment the kernel does (rtnetlink). A
/// burst, such as a link that comes up with all its addresses, is told once. Costs nothing while
/// nothing changes, and works without privileges.
class AddressWatch : public QObject
{
    Q_OBJECT
public:
    explicit AddressWatch(QObject *parent = nullptr);
    /// Reads from an open datagram socket instead of the kernel's, and closes it in the end.
    explicit AddressWatch(int socket, QObject *parent = nullptr);
    ~AddressWatch() override;

    /// Why the kernel tells nothing here; empty when it does.
    QString error() const { return m_error; }

Q_SIGNALS:
    void changed();

private:
    void listen();
    void receive();

    int m_socket = -1;
    QString m_error;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_pause;
};

} // namespace Treewarden
