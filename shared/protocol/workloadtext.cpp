// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/workloadtext.h"

#include "shared/core/json.h"
#include "shared/core/jsonscanner.h"
#include "shared/protocol/messagescan.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestText = 256 * 1024;

QByteArray write(const Workload &workload)
{
    JsonWriter writer(768);
    writeWorkload(writer, workload);
    return writer.takeBytes();
}

} // namespace

WorkloadText::WorkloadText(const Workload &workload)
    : m_told(write(workload))
    , m_size(m_told.size())
{
}

WorkloadText::WorkloadText(const QByteArray &told, QByteArrayView object)
    : m_told(told)
    , m_from(object.data() - told.constData())
    , m_size(object.size())
{
    Q_ASSERT(m_from >= 0 && m_from + m_size <= told.size());
}

Workload WorkloadText::read() const
{
    Workload workload;
    if (m_size == 0)
        return workload;
    JsonScanner scanner(json());
    if (scanWorkload(scanner, workload))
        return workload;
    const auto object = parseJsonObject(json().toByteArray(), u"a workload"_s, longestText);
    return object ? readWorkload(*object) : Workload();
}

WorkloadFigures WorkloadText::readFigures() const
{
    WorkloadFigures figures;
    JsonScanner scanner(json());
    if (m_size == 0 || scanFigures(scanner, figures))
        return figures;
    return figuresOf(read());
}

std::optional<double> WorkloadText::readBusy() const
{
    JsonScanner scanner(json());
    QByteArrayView name;
    // Our own programs write it first.
    if (scanner.beginObject() && scanner.nextMember(name) && name == "cpu" && scanner.beginObject()
        && scanner.nextMember(name) && name == "busy") {
        const auto busy = scanner.number();
        return busy && *busy >= 0 && *busy <= 100 ? busy : std::nullopt;
    }
    return read().cpu.busy;
}

Result<ToldWorkload> parseToldWorkload(const QByteArray &json)
{
    if (const auto glance = glanceAtSample(json))
        return ToldWorkload(glance->timestamp, WorkloadText(json, glance->body));
    const auto sample = parseWorkloadSample(json);
    if (!sample)
        return sample.error();
    return ToldWorkload(*sample);
}

} // namespace Treewarden
