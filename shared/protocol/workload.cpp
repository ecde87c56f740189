// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/workload.h"

#include "shared/core/json.h"
#include "shared/protocol/messagescan.h"
#include "shared/protocol/workloadtext.h"

#include <QJsonArray>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int maximumFilesystems = 16, maximumPings = 64, maximumProbes = 8;

/// Writes `"name":{` only when a member follows, and `}` only after one.
class Group
{
public:
    Group(JsonWriter &writer, QStringView name)
        : m_writer(writer)
        , m_name(name)
    {
    }

    ~Group()
    {
        if (m_isOpen)
            m_writer.endObject();
    }

    Group(const Group &) = delete;
    Group &operator=(const Group &) = delete;

    template<typename T>
    Group &member(QStringView name, const std::optional<T> &content)
    {
        if (content) {
            if (!m_isOpen)
                m_writer.key(m_name).beginObject();
            m_isOpen = true;
            m_writer.member(name, content);
        }
        return *this;
    }

private:
    JsonWriter &m_writer;
    QStringView m_name;
    bool m_isOpen = false;
};

std::optional<double> percentage(const QJsonObject &object, QStringView name)
{
    const auto number = jsonNumber(object.value(name));
    return number && *number >= 0 && *number <= 100 ? number : std::nullopt;
}

std::optional<double> rate(const QJsonObject &object, QStringView name)
{
    const auto number = jsonNumber(object.value(name));
    return number && *number >= 0 ? number : std::nullopt;
}

std::optional<qint64> amount(const QJsonObject &object, QStringView name)
{
    const auto number = jsonInteger(object.value(name));
    return number && *number >= 0 ? number : std::nullopt;
}

std::optional<int> count(const QJsonObject &object, QStringView name)
{
    const auto number = amount(object, name);
    return number && *number <= 100'000'000 ? std::optional(int(*number)) : std::nullopt;
}

void writeAgent(JsonWriter &writer, const Workload::Agent &agent)
{
    if (!agent.cpu && !agent.rss && !agent.round && !agent.skipped && agent.probes.isEmpty())
        return;
    writer.key(u"agent")
        .beginObject()
        .member(u"cpu", agent.cpu)
        .member(u"rss", agent.rss)
        .member(u"round", agent.round)
        .member(u"skipped", agent.skipped);
    if (!agent.probes.isEmpty()) {
        writer.key(u"probes").beginObject();
        for (auto it = agent.probes.begin(); it != agent.probes.end(); ++it)
            writer.key(it.key()).value(it.value(), 3);
        writer.endObject();
    }
    writer.endObject();
}

Workload::Agent readAgent(const QJsonObject &json)
{
    Workload::Agent agent{rate(json, u"cpu"),
                          amount(json, u"rss"),
                          rate(json, u"round"),
                          amount(json, u"skipped"),
                          {}};
    const QJsonObject probes = json.value(u"probes").toObject();
    for (auto it = probes.begin(); it != probes.end() && agent.probes.size() < maximumProbes;
         ++it) {
        if (const auto time = jsonNumber(it.value()); time && *time >= 0)
            agent.probes.insert(it.key().left(256), *time);
    }
    return agent;
}

} // namespace

void writeWorkload(JsonWriter &writer, const Workload &w)
{
    writer.beginObject();
    Group(writer, u"cpu")
        .member(u"busy", w.cpu.busy)
        .member(u"user", w.cpu.user)
        .member(u"system", w.cpu.system)
        .member(u"iowait", w.cpu.iowait)
        .member(u"steal", w.cpu.steal)
        .member(u"cores", w.cpu.cores);
    if (!w.load.isEmpty()) {
        writer.key(u"load").beginArray();
        for (const double value : w.load)
            writer.value(value);
        writer.endArray();
    }
    Group(writer, u"memory")
        .member(u"total", w.memory.total)
        .member(u"available", w.memory.available)
        .member(u"used", w.memory.used)
        .member(u"cached", w.memory.cached)
        .member(u"swap_total", w.memory.swapTotal)
        .member(u"swap_used", w.memory.swapUsed);
    Group(writer, u"pressure")
        .member(u"cpu", w.pressure.cpu)
        .member(u"memory", w.pressure.memory)
        .member(u"io", w.pressure.io);
    Group(writer, u"disk")
        .member(u"read", w.disk.read)
        .member(u"write", w.disk.write)
        .member(u"busy", w.disk.busy);
    if (!w.filesystems.isEmpty()) {
        writer.key(u"filesystems").beginObject();
        for (auto it = w.filesystems.begin(); it != w.filesystems.end(); ++it) {
            writer.key(it.key())
                .beginObject()
                .member(u"total", it->total)
                .member(u"used", it->used)
                .member(u"inodes_used", it->inodesUsed)
                .endObject();
        }
        writer.endObject();
    }
    Group(writer, u"network")
        .member(u"receive", w.network.receive)
        .member(u"transmit", w.network.transmit)
        .member(u"errors", w.network.errors);
    Group(writer, u"processes")
        .member(u"total", w.processes.total)
        .member(u"running", w.processes.running)
        .member(u"blocked", w.processes.blocked);
    if (!w.ping.isEmpty()) {
        writer.key(u"ping").beginObject();
        for (auto it = w.ping.begin(); it != w.ping.end(); ++it) {
            writer.key(it.key());
            it.value() ? writer.value(*it.value(), 3) : writer.null();
        }
        writer.endObject();
    }
    if (!w.pingLoss.isEmpty()) {
        writer.key(u"ping_loss").beginObject();
        for (auto it = w.pingLoss.begin(); it != w.pingLoss.end(); ++it)
            writer.key(it.key()).value(it.value(), 1);
        writer.endObject();
    }
    writer.member(u"uptime", w.uptime);
    writeAgent(writer, w.agent);
    writer.endObject();
}

WorkloadFigures figuresOf(const Workload &workload)
{
    WorkloadFigures figures{workload.cpu.busy, {}, {}, {}};
    const Workload::Memory &memory = workload.memory;
    if (memory.total && memory.used && *memory.total > 0)
        figures.memory = 100.0 * double(*memory.used) / double(*memory.total);
    if (!workload.load.isEmpty())
        figures.load = workload.load.first();
    for (const Workload::Filesystem &one : workload.filesystems) {
        if (one.total && one.used && *one.total > 0)
            figures.disk = std::max(figures.disk.value_or(0),
                                    100.0 * double(*one.used) / double(*one.total));
    }
    return figures;
}

Workload readWorkload(const QJsonObject &info)
{
    Workload w;
    const QJsonObject cpu = info.value(u"cpu").toObject();
    w.cpu = {percentage(cpu, u"busy"),   percentage(cpu, u"user"),  percentage(cpu, u"system"),
             percentage(cpu, u"iowait"), percentage(cpu, u"steal"), count(cpu, u"cores")};
    const QJsonArray load = info.value(u"load").toArray();
    if (load.size() == 3) {
        for (int i = 0; i < 3; ++i) {
            if (const auto number = jsonNumber(load.at(i)))
                w.load << *number;
        }
        if (w.load.size() != 3)
            w.load.clear();
    }
    const QJsonObject memory = info.value(u"memory").toObject();
    w.memory
        = {amount(memory, u"total"),  amount(memory, u"available"),  amount(memory, u"used"),
           amount(memory, u"cached"), amount(memory, u"swap_total"), amount(memory, u"swap_used")};
    const QJsonObject pressure = info.value(u"pressure").toObject();
    w.pressure = {percentage(pressure, u"cpu"), percentage(pressure, u"memory"),
                  percentage(pressure, u"io")};
    const QJsonObject disk = info.value(u"disk").toObject();
    w.disk = {rate(disk, u"read"), rate(disk, u"write"), percentage(disk, u"busy")};
    const QJsonObject filesystems = info.value(u"filesystems").toObject();
    for (auto it = filesystems.begin();
         it != filesystems.end() && w.filesystems.size() < maximumFilesystems; ++it) {
        const QJsonObject one = it.value().toObject();
        w.filesystems.insert(
            it.key().left(256),
            {amount(one, u"total"), amount(one, u"used"), percentage(one, u"inodes_used")});
    }
    const QJsonObject network = info.value(u"network").toObject();
    w.network = {rate(network, u"receive"), rate(network, u"transmit"), rate(network, u"errors")};
    const QJsonObject processes = info.value(u"processes").toObject();
    w.processes
        = {count(processes, u"total"), count(processes, u"running"), count(processes, u"blocked")};
    const QJsonObject ping = info.value(u"ping").toObject();
    for (auto it = ping.begin(); it != ping.end() && w.ping.size() < maximumPings; ++it)
        w.ping.insert(it.key().left(256), jsonNumber(it.value()));
    const QJsonObject losses = info.value(u"ping_loss").toObject();
    for (auto it = losses.begin(); it != losses.end() && w.pingLoss.size() < maximumPings; ++it) {
        if (const auto loss = percentage(losses, it.key()))
            w.pingLoss.insert(it.key().left(256), *loss);
    }
    w.uptime = amount(info, u"uptime");
    w.agent = readAgent(info.value(u"agent").toObject());
    return w;
}

QByteArray toJson(const WorkloadSample &sample)
{
    JsonWriter writer(768);
    writer.beginObject().member(u"timestamp", sample.timestamp).key(u"info");
    writeWorkload(writer, sample.info);
    writer.endObject();
    return writer.takeBytes();
}

Result<WorkloadSample> parseWorkloadSample(const QByteArray &json)
{
    if (const auto glance = glanceAtSample(json))
        return ToldWorkload(glance->timestamp, WorkloadText(json, glance->body, glance->figures))
            .sample();
    const auto object = parseJsonObject(json, u"a workload sample"_s, 64 * 1024);
    if (!object)
        return object.error();
    const auto timestamp = jsonInteger(object->value(u"timestamp"));
    if (!timestamp || !object->value(u"info").isObject())
        return Error{u"a workload sample lacks its timestamp or its info"_s};
    return WorkloadSample{*timestamp, readWorkload(object->value(u"info").toObject())};
}

} // namespace Treewarden
