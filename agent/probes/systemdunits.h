// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/systemdclient.h"

#include <QObject>

#include <memory>

namespace Treewarden {

/// systemd, as all probes of an agent share it: nothing of D-Bus is loaded or connected before the
/// first of them asks.
class SystemdUnits : public QObject
{
    Q_OBJECT
public:
    /// `address` of the message bus as D-Bus writes it; empty: the system's own.
    explicit SystemdUnits(const QString &address = {});
    ~SystemdUnits() override;

    /// Loads the client when it is not; what keeps it from being loaded.
    Result<SystemdClient *> client();

    QString address() const { return m_address; }

    /// Why nobody can be asked, for --check; empty when the bus is there. Touches no bus.
    QString obstacle() const;

Q_SIGNALS:
    /// Something about a watched unit changed; empty: a job did not end well.
    void unitChanged(const QString &path);

private:
    const QString m_address;
    std::unique_ptr<SystemdClient> m_client;
};

} // namespace Treewarden
