// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"
#include "agent/probes/procsnapshot.h"

namespace Treewarden {

class TestDaemon;

/// A service probe of the table with its own look at the processes, asked by hand. Functions that
/// fail say so with qFatal().
class AskedProbe
{
public:
    explicit AskedProbe(const QString &name, const QJsonObject &parameters = {},
                        const QString &role = QStringLiteral("dummy"), bool isWorkload = false);

    /// One whole check; waits for its answer.
    CheckResult ask();

    ServiceProbe &probe() { return *m_probe; }

    /// What keeps the probe from being made, or nothing.
    static QString whyNot(const QString &name, const QJsonObject &parameters);

private:
    ProcSnapshot m_processes;
    std::unique_ptr<ServiceProbe> m_probe;
    qint64 m_now = 0;
};

/// Up, killed, up again, stopped, going on: what the probe must say of the daemon all along.
void checkLifeOf(TestDaemon &daemon, AskedProbe &asked);

/// Peers that answer `probe` with rubbish of many kinds, a byte now and then, without an end, or
/// nothing: each must be died with a reason and a code.
void checkDisbeliefOf(const QString &probe, const QJsonObject &parameters = {});

} // namespace Treewarden
