// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/jsonwriter.h"
#include "shared/core/result.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace Treewarden {

/// One sample of a server's load: the `info` of the contract, section 3. A member that the kernel
/// did not tell, or a rate without an earlier sample, is absent. Percentages 0-100, sizes in bytes,
/// rates in bytes per second, ping in ms.
struct Workload
{
    struct Cpu
    {
        std::optional<double> busy, user, system, iowait, steal;
        std::optional<int> cores;
    };

    struct Memory
    {
        std::optional<qint64> total, available, used, cached, swapTotal, swapUsed;
    };

    struct Pressure
    {
        std::optional<double> cpu, memory, io;
    };

    struct Disk
    {
        std::optional<double> read, write, busy;
    };

    struct Filesystem
    {
        std::optional<qint64> total, used;
        std::optional<double> inodesUsed;
    };

    struct Network
    {
        std::optional<double> receive, transmit, errors;
    };

    struct Processes
    {
        std::optional<int> total, running, blocked;
    };

    /// What the agent that took the sample costs.
    struct Agent
    {
        std::optional<double> cpu; ///< percent of one core
        std::optional<qint64> rss; ///< resident memory
        std::optional<double> round; ///< ms that its last round took
        std::optional<qint64> skipped; ///< rounds since it started
        QMap<QString, double> probes; ///< ms of those that took longest, at most 8, or empty
    };

    Cpu cpu;
    QList<double> load; ///< 1, 5 and 15 minutes, or empty
    Memory memory;
    Pressure pressure;
    Disk disk;
    QMap<QString, Filesystem> filesystems; ///< by mount point, at most 16
    Network network;
    Processes processes;
    QMap<QString, std::optional<double>> ping; ///< by host, nothing where no answer came
    QMap<QString, double> pingLoss; ///< percent of the last 60 requests, of hosts that lost any
    std::optional<qint64> uptime; ///< seconds
    Agent agent;
};

/// What a table of servers shows of a load.
struct WorkloadFigures
{
    std::optional<double> cpu, memory; ///< percent
    std::optional<double> load; ///< of one minute
    std::optional<double> disk; ///< percent of the fullest file system, which needs somebody first
};

WorkloadFigures figuresOf(const Workload &workload);

/// Writes the sample as the value that comes next; groups without a member are left out.
void writeWorkload(JsonWriter &writer, const Workload &workload);

/// Reads `info` from anybody: what is not a finite number, or out of bounds, is absent.
Workload readWorkload(const QJsonObject &info);

/// A sample with its time, as an element of server:workload:{ip}: {"timestamp":ms,"info":{…}}.
struct WorkloadSample
{
    qint64 timestamp = 0;
    Workload info;
};

QByteArray toJson(const WorkloadSample &sample);
Result<WorkloadSample> parseWorkloadSample(const QByteArray &json);

} // namespace Treewarden
