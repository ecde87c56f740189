// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of a workload, read as readWorkload() reads them but without a tree of values
// between.
#include "shared/core/jsonscanner.h"
#include "shared/protocol/messagescan.h"

#include <QVarLengthArray>

namespace Treewarden {

namespace {

constexpr qsizetype longestKey = 256, mostFilesystems = 16, mostHosts = 64, mostProbes = 8;

std::optional<double> percentageOf(std::optional<double> number)
{
    return number && *number >= 0 && *number <= 100 ? number : std::nullopt;
}

std::optional<double> rateOf(std::optional<double> number)
{
    return number && *number >= 0 ? number : std::nullopt;
}

std::optional<qint64> amountOf(std::optional<double> number)
{
    if (!number || *number < 0 || *number > 9007199254740992.0 || *number != std::floor(*number))
        return std::nullopt;
    return qint64(*number);
}

std::optional<int> countOf(std::optional<double> number)
{
    const auto amount = amountOf(number);
    return amount && *amount <= 100'000'000 ? std::optional(int(*amount)) : std::nullopt;
}

/// Calls `take` for each member of the object that comes next; those it does not want are stepped
/// over. Another value than an object is none at all.
template<typename Take>
void scanMembers(JsonScanner &json, const Take &take)
{
    QByteArrayView name;
    if (!json.beginObject())
        return json.skip();
    while (json.nextMember(name))
        if (!take(name))
            json.skip();
}

void scanCpu(JsonScanner &json, Workload::Cpu &cpu)
{
    scanMembers(json, [&](QByteArrayView name) {
        if (isWord(name, "busy"))
            cpu.busy = percentageOf(json.number());
        else if (isWord(name, "user"))
            cpu.user = percentageOf(json.number());
        else if (isWord(name, "system"))
            cpu.system = percentageOf(json.number());
        else if (isWord(name, "iowait"))
            cpu.iowait = percentageOf(json.number());
        else if (isWord(name, "steal"))
            cpu.steal = percentageOf(json.number());
        else if (isWord(name, "cores"))
            cpu.cores = countOf(json.number());
        else
            return false;
        return true;
    });
}

void scanMemory(JsonScanner &json, Workload::Memory &memory)
{
    scanMembers(json, [&](QByteArrayView name) {
        if (isWord(name, "total"))
            memory.total = amountOf(json.number());
        else if (isWord(name, "available"))
            memory.available = amountOf(json.number());
        else if (isWord(name, "used"))
            memory.used = amountOf(json.number());
        else if (isWord(name, "cached"))
            memory.cached = amountOf(json.number());
        else if (isWord(name, "swap_total"))
            memory.swapTotal = amountOf(json.number());
        else if (isWord(name, "swap_used"))
            memory.swapUsed = amountOf(json.number());
        else
            return false;
        return true;
    });
}

void scanPressure(JsonScanner &json, Workload::Pressure &pressure)
{
    scanMembers(json, [&](QByteArrayView name) {
        if (isWord(name, "cpu"))
            pressure.cpu = percentageOf(json.number());
        else if (isWord(name, "memory"))
            pressure.memory = percentageOf(json.number());
        else if (isWord(name, "io"))
            pressure.io = percentageOf(json.number());
        else
            return false;
        return true;
    });
}

void scanDisk(JsonScanner &json, Workload::Disk &disk)
{
    scanMembers(json, [&](QByteArrayView name) {
        if (isWord(name, "read"))
            disk.read = rateOf(json.number());
        else if (isWord(name, "write"))
            disk.write = rateOf(json.number());
        else if (isWord(name, "busy"))
            disk.busy = percentageOf(json.number());
        else
            return false;
        return true;
    });
}

void scanNetwork(JsonScanner &json, Workload::Network &network)
{
    scanMembers(json, [&](QByteArrayView name) {
        if (isWord(name, "receive"))
            network.receive = rateOf(json.number());
        else if (isWord(name, "transmit"))
            network.transmit = rateOf(json.number());
        else if (isWord(name, "errors"))
            network.errors = rateOf(json.number());
        else
            return false;
        return true;
    });
}

void scanProcesses(JsonScanner &json, Workload::Processes &processes)
{
    scanMembers(json, [&](QByteArrayView name) {
        if (isWord(name, "total"))
            processes.total = countOf(json.number());
        else if (isWord(name, "running"))
            processes.running = countOf(json.number());
        else if (isWord(name, "blocked"))
            processes.blocked = countOf(json.number());
        else
            return false;
        return true;
    });
}

void scanLoad(JsonScanner &json, QList<double> &load)
{
    if (!json.beginArray())
        return json.skip();
    int count = 0;
    load.reserve(3);
    while (json.nextElement()) {
        ++count;
        if (const auto number = json.number(); number && count <= 3)
            load << *number;
    }
    if (count != 3 || load.size() != 3)
        load.clear();
}

/// Names of any kind with a value each; false when there are more of them, or longer ones, than are
/// taken: which of them then count, a whole parser knows.
template<typename Map, typename Read>
bool scanNamed(JsonScanner &json, Map &map, qsizetype most, const Read &read)
{
    QByteArrayView name;
    if (!json.beginObject()) {
        json.skip();
        return true;
    }
    qsizetype count = 0;
    while (json.nextMember(name)) {
        if (name.size() > longestKey || ++count > most)
            return false;
        read(map, name);
    }
    return true;
}

bool scanAgent(JsonScanner &json, Workload::Agent &agent)
{
    bool isTaken = true;
    scanMembers(json, [&](QByteArrayView name) {
        if (isWord(name, "cpu"))
            agent.cpu = rateOf(json.number());
        else if (isWord(name, "rss"))
            agent.rss = amountOf(json.number());
        else if (isWord(name, "round"))
            agent.round = rateOf(json.number());
        else if (isWord(name, "skipped"))
            agent.skipped = amountOf(json.number());
        else if (isWord(name, "probes") && agent.probes.isEmpty())
            isTaken = scanNamed(json, agent.probes, mostProbes,
                                [&json](QMap<QString, double> &probes, QByteArrayView probe) {
                                    if (const auto time = rateOf(json.number()))
                                        probes.insert(QString::fromLatin1(probe), *time);
                                    else
                                        probes.remove(QString::fromLatin1(probe));
                                })
                && isTaken;
        else if (isWord(name, "probes"))
            isTaken = false;
        else
            return false;
        return isTaken;
    });
    return isTaken;
}

Workload::Filesystem scanFilesystem(JsonScanner &json)
{
    Workload::Filesystem one;
    scanMembers(json, [&](QByteArrayView name) {
        if (isWord(name, "total"))
            one.total = amountOf(json.number());
        else if (isWord(name, "used"))
            one.used = amountOf(json.number());
        else if (isWord(name, "inodes_used"))
            one.inodesUsed = percentageOf(json.number());
        else
            return false;
        return true;
    });
    return one;
}

bool scanFilesystems(JsonScanner &json, QMap<QString, Workload::Filesystem> &filesystems)
{
    return scanNamed(json, filesystems, mostFilesystems,
                     [&json](QMap<QString, Workload::Filesystem> &all, QByteArrayView mount) {
                         all.insert(QString::fromLatin1(mount), scanFilesystem(json));
                     });
}

bool scanPings(JsonScanner &json, QMap<QString, std::optional<double>> &ping)
{
    return scanNamed(json, ping, mostHosts,
                     [&json](QMap<QString, std::optional<double>> &all, QByteArrayView host) {
                         all.insert(QString::fromLatin1(host), json.number());
                     });
}

bool scanLosses(JsonScanner &json, QMap<QString, double> &losses)
{
    return scanNamed(json, losses, mostHosts,
                     [&json](QMap<QString, double> &all, QByteArrayView host) {
                         if (const auto loss = percentageOf(json.number()))
                             all.insert(QString::fromLatin1(host), *loss);
                         else
                             all.remove(QString::fromLatin1(host));
                     });
}

enum class Part {
    Cpu = 1,
    Load = 2,
    Memory = 4,
    Pressure = 8,
    Disk = 16,
    Filesystems = 32,
    Network = 64,
    Processes = 128,
    Ping = 256,
    PingLoss = 512,
    Agent = 1024,
    Uptime = 2048,
    None = 0
};

Part partOf(QByteArrayView name)
{
    if (isWord(name, "cpu"))
        return Part::Cpu;
    if (isWord(name, "load"))
        return Part::Load;
    if (isWord(name, "memory"))
        return Part::Memory;
    if (isWord(name, "pressure"))
        return Part::Pressure;
    if (isWord(name, "disk"))
        return Part::Disk;
    if (isWord(name, "filesystems"))
        return Part::Filesystems;
    if (isWord(name, "network"))
        return Part::Network;
    if (isWord(name, "processes"))
        return Part::Processes;
    if (isWord(name, "ping"))
        return Part::Ping;
    if (isWord(name, "ping_loss"))
        return Part::PingLoss;
    if (isWord(name, "agent"))
        return Part::Agent;
    if (isWord(name, "uptime"))
        return Part::Uptime;
    return Part::None;
}

bool scanPart(JsonScanner &json, Part part, Workload &w)
{
    switch (part) {
    case Part::Cpu:
        scanCpu(json, w.cpu);
        return true;
    case Part::Load:
        scanLoad(json, w.load);
        return true;
    case Part::Memory:
        scanMemory(json, w.memory);
        return true;
    case Part::Pressure:
        scanPressure(json, w.pressure);
        return true;
    case Part::Disk:
        scanDisk(json, w.disk);
        return true;
    case Part::Filesystems:
        return scanFilesystems(json, w.filesystems);
    case Part::Network:
        scanNetwork(json, w.network);
        return true;
    case Part::Processes:
        scanProcesses(json, w.processes);
        return true;
    case Part::Ping:
        return scanPings(json, w.ping);
    case Part::PingLoss:
        return scanLosses(json, w.pingLoss);
    case Part::Agent:
        return scanAgent(json, w.agent);
    case Part::Uptime:
        w.uptime = amountOf(json.number());
        return true;
    case Part::None:
        json.skip();
        return true;
    }
    return false;
}

/// The fullest of the file systems, without a list of them. False also when one comes twice: the
/// last one counts, as a whole parser knows.
bool scanFullest(JsonScanner &json, std::optional<double> &fullest)
{
    QVarLengthArray<QByteArrayView, mostFilesystems> mounts;
    bool isOnce = true;
    const bool isTaken
        = scanNamed(json, mounts, mostFilesystems, [&](auto &known, QByteArrayView mount) {
              isOnce = isOnce && !known.contains(mount);
              known.append(mount);
              const Workload::Filesystem one = scanFilesystem(json);
              if (one.total && one.used && *one.total > 0)
                  fullest = std::max(fullest.value_or(0),
                                     100.0 * double(*one.used) / double(*one.total));
          });
    return isTaken && isOnce;
}

/// What the figures need of the memory.
std::optional<double> scanMemoryUse(JsonScanner &json)
{
    std::optional<qint64> total, used;
    scanMembers(json, [&](QByteArrayView name) {
        if (isWord(name, "total"))
            total = amountOf(json.number());
        else if (isWord(name, "used"))
            used = amountOf(json.number());
        else
            return false;
        return true;
    });
    return total && used && *total > 0 ? std::optional(100.0 * double(*used) / double(*total))
                                       : std::nullopt;
}

std::optional<double> scanBusy(JsonScanner &json)
{
    std::optional<double> busy;
    scanMembers(json, [&](QByteArrayView name) {
        if (!isWord(name, "busy"))
            return false;
        busy = percentageOf(json.number());
        return true;
    });
    return busy;
}

/// The load of one minute; of a list that is none, nothing.
std::optional<double> scanFirstLoad(JsonScanner &json)
{
    if (!json.beginArray()) {
        json.skip();
        return std::nullopt;
    }
    std::optional<double> first;
    int count = 0, numbers = 0;
    while (json.nextElement()) {
        const auto number = json.number();
        numbers += number.has_value();
        if (++count == 1)
            first = number;
    }
    return count == 3 && numbers == 3 ? first : std::nullopt;
}

/// False where a whole parser is needed.
bool scanFigure(JsonScanner &json, Part part, WorkloadFigures &figures)
{
    switch (part) {
    case Part::Cpu:
        figures.cpu = scanBusy(json);
        return true;
    case Part::Memory:
        figures.memory = scanMemoryUse(json);
        return true;
    case Part::Load:
        figures.load = scanFirstLoad(json);
        return true;
    case Part::Filesystems:
        return scanFullest(json, figures.disk);
    default:
        json.skip();
        return true;
    }
}

/// Calls `take` for each part of the object that comes next; false when it says so, or when a part
/// comes twice: of two the last one counts.
template<typename Take>
bool scanParts(JsonScanner &json, const Take &take)
{
    QByteArrayView name;
    int seen = 0;
    if (!json.beginObject())
        return false;
    while (json.nextMember(name)) {
        const Part part = partOf(name);
        if ((seen & int(part)) || !take(part))
            return false;
        seen |= int(part);
    }
    return json.isGood();
}

} // namespace

bool scanWorkload(JsonScanner &json, Workload &workload)
{
    return scanParts(json, [&](Part part) { return scanPart(json, part, workload); });
}

bool scanFigures(JsonScanner &json, WorkloadFigures &figures)
{
    figures = {};
    return scanParts(json, [&](Part part) { return scanFigure(json, part, figures); });
}

} // namespace Treewarden
