// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/workload.h"

#include <QByteArray>

namespace Treewarden {

/// A load as somebody told it: JSON of which all but the figures is read when it is looked at. Of
/// ten thousand samples a second hardly one is.
class WorkloadText
{
public:
    /// A load without any member.
    WorkloadText() = default;
    WorkloadText(const Workload &workload);
    /// `object` is a JSON object with these figures and stands in `told`, which is kept as it is.
    WorkloadText(const QByteArray &told, QByteArrayView object, const WorkloadFigures &figures);

    /// Members that are nonsense are absent, as readWorkload() has it.
    Workload read() const;

    /// figuresOf() what read() gives.
    const WorkloadFigures &figures() const { return m_figures; }

    /// The object as it was told; empty for a load without any member.
    QByteArrayView json() const { return QByteArrayView(m_told).sliced(m_from, m_size); }

private:
    QByteArray m_told;
    WorkloadFigures m_figures;
    qsizetype m_from = 0, m_size = 0;
};

/// The newest sample of a server, as it was told.
struct ToldWorkload
{
    ToldWorkload() = default;

    ToldWorkload(qint64 time, WorkloadText text)
        : timestamp(time)
        , info(std::move(text))
    {
    }

    ToldWorkload(const WorkloadSample &sample)
        : ToldWorkload(sample.timestamp, sample.info)
    {
    }

    WorkloadSample sample() const { return {timestamp, info.read()}; }

    qint64 timestamp = 0; ///< Unix ms; 0: there is none
    WorkloadText info;
};

/// An element of server:workload:{ip}, at most 64 KiB; an error as parseWorkloadSample() gives it.
Result<ToldWorkload> parseToldWorkload(const QByteArray &json);

} // namespace Treewarden
