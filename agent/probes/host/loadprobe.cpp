// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/host/loadprobe.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"
#include "agent/probes/probe.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

Result<QList<double>> parseLoad(QByteArrayView text)
{
    QList<double> averages;
    for (int i = 0; i < 3; ++i) {
        const auto average = takeNumber<double>(&text);
        if (!average || *average < 0)
            return Error{u"/proc/loadavg does not begin with three numbers"_s};
        averages << *average;
    }
    return averages;
}

namespace {

class LoadProbe : public HostProbe
{
public:
    explicit LoadProbe(const ProbeContext &context)
        : m_file(context.procRoot + u"/loadavg"_s, 128)
    {
    }

    void sample(Workload &workload, qint64) override
    {
        if (const auto averages = parseLoad(m_file.read()))
            workload.load = *averages;
    }

private:
    HostFile m_file;
};

} // namespace

std::unique_ptr<HostProbe> makeLoadHostProbe(const ProbeContext &context, const ProcSnapshot &)
{
    return std::make_unique<LoadProbe>(context);
}

} // namespace Treewarden
