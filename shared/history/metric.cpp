// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/metric.h"

#include <array>
#include <bit>

namespace Treewarden {

namespace {

constexpr MetricUnit whole = MetricUnit::decimals(0), tenths = MetricUnit::decimals(1),
                     hundredths = MetricUnit::decimals(2), pages = MetricUnit::powerOfTwo(12),
                     rate = MetricUnit::rate();

constexpr KnownMetric metrics[] = {
    {"cpu.busy", tenths},
    {"cpu.user", tenths},
    {"cpu.system", tenths},
    {"cpu.iowait", tenths},
    {"load.0", hundredths},
    {"load.1", hundredths},
    {"load.2", hundredths},
    {"memory.used", pages},
    {"memory.available", pages},
    {"memory.swap_used", pages},
    {"disk.read", rate},
    {"disk.write", rate},
    {"network.receive", rate},
    {"network.transmit", rate},
    {"processes.total", whole},
    {"cpu.steal", tenths},
    {"cpu.cores", whole},
    {"memory.total", pages},
    {"memory.cached", pages},
    {"memory.swap_total", pages},
    {"pressure.cpu", hundredths},
    {"pressure.memory", hundredths},
    {"pressure.io", hundredths},
    {"disk.busy", tenths},
    {"network.errors", hundredths},
    {"processes.running", whole},
    {"processes.blocked", whole},
    {"uptime", whole},
    {"agent.cpu", hundredths},
    {"agent.rss", pages},
    {"agent.round", hundredths},
    {"agent.skipped", whole},
};

static_assert(std::size(metrics) == knownMetricCount);

constexpr double powersOfTen[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

constexpr int rateSteps = 512; ///< between a power of two and the next

qint64 rateToSteps(qint64 number)
{
    if (number < 2 * rateSteps)
        return number;
    int exponent = std::bit_width(quint64(number)) - 10;
    qint64 mantissa = (number + (qint64{1} << (exponent - 1))) >> exponent;
    if (mantissa == 2 * rateSteps) {
        mantissa = rateSteps;
        ++exponent;
    }
    return rateSteps * (exponent + 1) + mantissa - rateSteps;
}

double stepsToRate(qint64 steps)
{
    if (steps < 2 * rateSteps)
        return double(steps);
    const qint64 exponent = steps / rateSteps - 1, mantissa = rateSteps + steps % rateSteps;
    // What was written stays far below 2^63; only mutilated bytes ask for more.
    return exponent < 63 ? double(mantissa) * double(quint64{1} << exponent)
                         : std::ldexp(double(mantissa), int(std::min<qint64>(exponent, 1000)));
}

} // namespace

qint64 MetricUnit::steps(double value) const
{
    double scaled = value;
    if (m_byte <= 6)
        scaled = value * powersOfTen[m_byte];
    else if (m_byte < 0x40)
        scaled = std::ldexp(value, 0x10 - m_byte);
    if (!(std::abs(scaled) <= double(mostSteps)) || (m_byte == 0x40 && scaled < 0))
        return noSteps;
    const qint64 rounded = std::llround(scaled);
    return m_byte == 0x40 ? rateToSteps(rounded) : rounded;
}

double MetricUnit::value(qint64 steps) const
{
    if (m_byte <= 6)
        return double(steps) / powersOfTen[m_byte];
    if (m_byte < 0x40)
        return double(steps) * double(quint64{1} << (m_byte - 0x10));
    return stepsToRate(steps);
}

void MetricUnit::values(std::span<const qint64> steps, double *values) const
{
    // One loop a kind: the compiler packs them.
    if (m_byte <= 6) {
        const double divisor = powersOfTen[m_byte];
        for (const qint64 number : steps)
            *values++ = double(number) / divisor;
    } else if (m_byte < 0x40) {
        const auto factor = double(quint64{1} << (m_byte - 0x10));
        for (const qint64 number : steps)
            *values++ = double(number) * factor;
    } else {
        for (const qint64 number : steps)
            *values++ = stepsToRate(number);
    }
}

std::span<const KnownMetric> knownMetrics()
{
    return metrics;
}

int knownMetricNumber(QByteArrayView name)
{
    for (size_t i = 0; i < std::size(metrics); ++i) {
        if (name == metrics[i].name)
            return int(i) + 1;
    }
    return 0;
}

MetricUnit unitOfName(QByteArrayView name)
{
    if (const int number = knownMetricNumber(name))
        return metrics[number - 1].unit;
    if (name.startsWith("filesystems."))
        return name.endsWith(".inodes_used") ? tenths : pages;
    return hundredths;
}

} // namespace Treewarden
