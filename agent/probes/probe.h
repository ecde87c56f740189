// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/check.h"
#include "shared/core/result.h"
#include "shared/protocol/workload.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <sys/types.h>
#include <type_traits>

namespace Treewarden {

class ProcSnapshot;
class SystemdUnits;

/// The system's own, not connected yet.
std::shared_ptr<SystemdUnits> makeSystemdUnits();

/// What every probe gets: where the kernel's files are (tests hand in saved trees), and what the
/// probes of one agent share.
struct ProbeContext
{
    QString procRoot = QStringLiteral("/proc");
    QString sysRoot = QStringLiteral("/sys");
    std::shared_ptr<SystemdUnits> systemd = makeSystemdUnits();
    bool mayRunText = false; ///< texts that are not recognised run in a shell: the configuration is
                             ///< signed, and this server's policy allows it
};

/// What a check of a service found.
struct CheckResult
{
    std::optional<bool> alive; ///< absent: it could not be evaluated (unknown)
    QString reason; ///< an English sentence: why not, or a note on a service that is alive
    QString code; ///< the kind of reason, "process.count"
    QJsonObject args; ///< what the code's sentence is filled with
    QList<pid_t> processes; ///< whose death changes the answer: watched through pidfd
    QJsonObject info; ///< workload pairs, or empty
    QStringList files; ///< paths whose change changes the answer: watched through inotify

    static CheckResult isAlive(QList<pid_t> processes = {})
    {
        return {true, {}, {}, {}, std::move(processes), {}, {}};
    }

    /// Alive, and something about it that a person should know.
    static CheckResult aliveWithNote(QString note, QString code, QJsonObject args = {})
    {
        return {true, std::move(note), std::move(code), std::move(args), {}, {}, {}};
    }

    static CheckResult died(QString reason, QString code, QJsonObject args = {})
    {
        return {false, std::move(reason), std::move(code), std::move(args), {}, {}, {}};
    }

    static CheckResult unknown(QString reason, QString code, QJsonObject args = {})
    {
        return {std::nullopt, std::move(reason), std::move(code), std::move(args), {}, {}, {}};
    }
};

/// Checks one service again and again. Built once for a service, so it may hold a connection
/// between rounds.
class ServiceProbe
{
public:
    using Done = std::function<void(const CheckResult &)>;

    virtual ~ServiceProbe() = default;

    /// Calls `done` exactly once: before it returns when the snapshot answers, else within the
    /// check's timeout. Not called again before the last `done`. Destroying the probe drops an
    /// answer that is still out.
    virtual void check(const ProcSnapshot &processes, Done done) = 0;
    /// Set by the owner: the probe calls it between checks when its answer may have changed (a held
    /// connection closed), so that the owner checks again at once. Never called while a check is
    /// out.
    std::function<void()> changed;
    /// One line for --check: what is watched, and what may not be read and why.
    virtual QString description() const = 0;

    /// The answer comes from the process table alone: while the snapshot's revision stays, so does
    /// the answer.
    virtual bool isProcessCheck() const { return false; }
};

using ServiceProbeFactory
    = Result<std::unique_ptr<ServiceProbe>> (*)(const ServiceDefinition &service,
                                                const ProbeCheck &check,
                                                const ProbeContext &context);

/// Reads one group of a workload sample, cheap and at once. Keeps the last counters for its rates.
class HostProbe
{
public:
    virtual ~HostProbe() = default;
    /// Fills what the kernel tells; what it does not stays absent. `now` is a steady clock in ms.
    virtual void sample(Workload &workload, qint64 now) = 0;
};

using HostProbeFactory
    = std::unique_ptr<HostProbe> (*)(const ProbeContext &context, const ProcSnapshot &processes);

/// One row of a table that CMake generates from the words in CMakeLists.txt.
struct NamedServiceProbe
{
    const char *name;
    ServiceProbeFactory make;
};

struct NamedHostProbe
{
    const char *name;
    HostProbeFactory make;
};

const QList<NamedServiceProbe> &serviceProbes();
const QList<NamedHostProbe> &hostProbes();

} // namespace Treewarden
