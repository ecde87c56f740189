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
    , m_figures(figuresOf(workload))
    , m_size(m_told.size())
{
}

WorkloadText::WorkloadText(const QByteArray &told, QByteArrayView object,
                           const WorkloadFigures &figures)
    : m_told(told)
    , m_figures(figures)
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

Result<ToldWorkload> parseToldWorkload(const QByteArray &json)
{
    if (const auto glance = glanceAtSample(json))
        return ToldWorkload(glance->timestamp, WorkloadText(json, glance->body, glance->figures));
    const auto sample = parseWorkloadSample(json);
    if (!sample)
        return sample.error();
    return ToldWorkload(*sample);
}

} // namespace Treewarden
