// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cmath>
#include <limits>
#include <span>

namespace Treewarden {

/// A value that was not measured: no number, and never 0.
inline constexpr double notMeasured = std::numeric_limits<double>::quiet_NaN();

/// In what steps a metric is kept (docs/protocol.md, section 7): whole numbers are compared and
/// packed, a unit says what one of them is worth. The byte is what stands in a chunk:
/// 0-6 decimal places, 0x10 + s steps of 2^s, 0x40 a rate.
class MetricUnit
{
public:
    static constexpr MetricUnit decimals(int places) { return MetricUnit(quint8(places)); }

    static constexpr MetricUnit powerOfTwo(int exponent)
    {
        return MetricUnit(quint8(0x10 + exponent));
    }

    /// Whole numbers below 1024 exactly, larger ones to within 0.1 %.
    static constexpr MetricUnit rate() { return MetricUnit(0x40); }

    /// Any byte may come in from outside: see isValid().
    static constexpr MetricUnit fromByte(quint8 byte) { return MetricUnit(byte); }

    constexpr quint8 byte() const { return m_byte; }

    constexpr bool isValid() const
    {
        return m_byte <= 6 || (m_byte >= 0x10 && m_byte <= 0x38) || m_byte == 0x40;
    }

    /// The nearest whole number of steps, or `noSteps` for what cannot be kept: not measured, not
    /// finite, or further from 0 than 2^53 steps.
    qint64 steps(double value) const;
    /// What that many steps are worth.
    double value(qint64 steps) const;
    /// The same for many: `values` is as long as `steps`.
    void values(std::span<const qint64> steps, double *values) const;

    static constexpr qint64 mostSteps = qint64{1} << 53;
    static constexpr qint64 noSteps = std::numeric_limits<qint64>::min();

    friend constexpr bool operator==(MetricUnit, MetricUnit) = default;

private:
    explicit constexpr MetricUnit(quint8 byte)
        : m_byte(byte)
    {
    }

    quint8 m_byte;
};

/// A metric that chunks name by its number: its row in knownMetrics(), counted from 1.
struct KnownMetric
{
    const char *name; ///< dotted path in `info`: "cpu.busy"
    MetricUnit unit;
};

/// The rows stand in docs/protocol.md; new ones are only ever appended. The first fifteen are those
/// that every reader shows.
std::span<const KnownMetric> knownMetrics();

inline constexpr size_t knownMetricCount = 32;

/// How a metric is kept that has no number: a leaf of `filesystems` or `ping`, or one of a later
/// version.
MetricUnit unitOfName(QByteArrayView name);

/// The row of knownMetrics() counted from 1, or 0.
int knownMetricNumber(QByteArrayView name);

} // namespace Treewarden
