// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/bus/messagebus.h"
#include "agent/probes/systemdclient.h"

#include <QSet>

namespace Treewarden {

/// Asks systemd over the message bus.
class SystemdBus : public QObject, public SystemdClient
{
    Q_OBJECT
public:
    explicit SystemdBus(const QString &address);

    void listUnits(const QStringList &names, std::chrono::milliseconds timeout,
                   Units done) override;
    void readProperties(const QString &path, const QStringList &names,
                        std::chrono::milliseconds timeout, Properties done) override;
    void watch(const QString &path) override;

private Q_SLOTS:
    void takeChange(const QDBusMessage &signal);
    void takeJob(const QDBusMessage &signal);

private:
    void subscribe();
    void addMatch(const QString &path);

    MessageBus m_bus;
    QSet<QString> m_watched;
    bool m_isOpen = false;
};

} // namespace Treewarden
