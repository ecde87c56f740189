// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/chunkcodec.h"

#include "shared/history/columncoding.h"

#include <array>
#include <span>
#include <zstd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr char version = 1;
// A full chunk in the most expensive form: ten bytes a number, three numbers a row and field,
// names.
constexpr quint64 mostContent = 256 * 1024;
constexpr qint64 latestTime = 253'402'300'799'999; ///< the end of the year 9999, in ms
constexpr qint64 longestInterval = qint64{366} * 86'400'000;
constexpr int level = 3;

using Steps = std::array<qint64, HistoryChunk::mostRows>;

QByteArray fieldBlock(const HistoryChunk &chunk, std::span<const qsizetype> fields)
{
    QByteArray block;
    for (const qsizetype field : fields) {
        const QByteArray &name = chunk.names[field];
        const int number = knownMetricNumber(name);
        block.append(char(number)).append(char(chunk.units[field].byte()));
        if (number == 0)
            block.append(char(name.size())).append(name);
    }
    return block;
}

/// A column's gaps: one byte 0 where there are none, else 1 and a bit a row, set where nothing is
/// known.
void appendGaps(QByteArray &out, std::span<const double> values)
{
    std::array<char, (HistoryChunk::mostRows + 7) / 8> bits{};
    bool hasGaps = false;
    for (size_t row = 0; row < values.size(); ++row) {
        if (std::isnan(values[row])) {
            bits[row / 8] = char(bits[row / 8] | (1 << row % 8));
            hasGaps = true;
        }
    }
    out.append(char(hasGaps));
    if (hasGaps)
        out.append(bits.data(), qsizetype(values.size() + 7) / 8);
}

/// The columns of a chunk in whole steps of their units; what cannot be kept is a gap.
class ColumnWriter
{
public:
    ColumnWriter(const HistoryChunk &chunk, QByteArray &out)
        : m_chunk(chunk)
        , m_out(out)
    {
    }

    void write(qsizetype field)
    {
        const auto rows = size_t(m_chunk.rows());
        const MetricUnit unit = m_chunk.units[field];
        Steps averages, below, above;
        size_t known = 0;
        for (size_t row = 0; row < rows; ++row) {
            const size_t at = m_chunk.at(qsizetype(row), field);
            const qint64 average = unit.steps(m_chunk.averages[at]);
            if (average == MetricUnit::noSteps)
                continue;
            averages[known] = average;
            if (m_chunk.isSummary) {
                below[known] = distance(unit.steps(m_chunk.minima[at]), average);
                above[known] = distance(average, unit.steps(m_chunk.maxima[at]));
            }
            ++known;
        }
        appendGaps(m_out, std::span(m_chunk.averages).subspan(m_chunk.at(0, field), rows));
        appendColumn(m_out, std::span(averages).first(known));
        if (m_chunk.isSummary) {
            appendColumn(m_out, std::span(below).first(known));
            appendColumn(m_out, std::span(above).first(known));
        }
    }

private:
    /// How far `from` is below `to`: 0 where it is not, or where one of them cannot be kept.
    static qint64 distance(qint64 from, qint64 to)
    {
        return from == MetricUnit::noSteps || to < from ? 0 : to - from;
    }

    const HistoryChunk &m_chunk;
    QByteArray &m_out;
};

QByteArray compress(const QByteArray &content)
{
    // Made anew each time: an agent needs it once a minute, and holding it would cost it memory.
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                       &ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    QByteArray bytes(1 + qsizetype(ZSTD_compressBound(size_t(content.size()))), version);
    const size_t size = ZSTD_compress2(context.get(), bytes.data() + 1, size_t(bytes.size() - 1),
                                       content.constData(), size_t(content.size()));
    Q_ASSERT(!ZSTD_isError(size)); // the room is always enough
    bytes.resize(1 + qsizetype(size));
    bytes.squeeze();
    return bytes;
}

} // namespace

QByteArray encodeChunk(const HistoryChunk &original)
{
    // What a unit cannot hold is not known either, so that gaps are counted once.
    HistoryChunk chunk = original;
    std::vector<qsizetype> fields;
    for (qsizetype field = 0; field < chunk.fields(); ++field) {
        bool isKnown = false;
        for (qsizetype row = 0; row < chunk.rows(); ++row) {
            double &value = chunk.averages[chunk.at(row, field)];
            if (chunk.units[field].steps(value) == MetricUnit::noSteps)
                value = notMeasured;
            else
                isKnown = true;
        }
        if (isKnown)
            fields.push_back(field);
    }
    const QByteArray block = fieldBlock(chunk, fields);
    QByteArray content;
    content.reserve(4096);
    content.append(char(chunk.isSummary));
    appendVarint(content, quint64(chunk.rows()));
    appendVarint(content, chunk.times.empty() ? 0 : quint64(chunk.times[0]));
    appendVarint(content, quint64(chunk.interval));
    appendVarint(content, fields.size());
    appendVarint(content, quint64(block.size()));
    content.append(block);
    Steps steps;
    for (qsizetype row = 1; row < chunk.rows(); ++row)
        steps[row - 1] = chunk.times[row] - chunk.times[row - 1] - chunk.interval;
    if (!chunk.times.empty())
        appendColumn(content, std::span(steps).first(chunk.times.size() - 1));
    if (chunk.isSummary)
        appendColumn(content, chunk.counts);
    ColumnWriter writer(chunk, content);
    for (const qsizetype field : fields)
        writer.write(field);
    return compress(content);
}

class ChunkDecoder::Private
{
public:
    const char *read(QByteArrayView content, HistoryChunk &chunk);

    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context{ZSTD_createDCtx(), &ZSTD_freeDCtx};
    QByteArray content;

private:
    bool readFields(QByteArrayView block, size_t count, HistoryChunk &chunk);
    bool readTimes(ColumnReader &reader, qint64 first, HistoryChunk &chunk);
    bool readField(ColumnReader &reader, qsizetype field, HistoryChunk &chunk);
    static void spread(quint64 gaps, MetricUnit unit, std::span<const qint64> steps,
                       std::span<double> values);

    QByteArray m_block; ///< the last field block: nearly always the next one too
    std::vector<QByteArray> m_names;
    std::vector<MetricUnit> m_units;
    Steps m_steps, m_other;
};

bool ChunkDecoder::Private::readFields(QByteArrayView block, size_t count, HistoryChunk &chunk)
{
    if (m_block != block || m_names.size() != count) {
        m_block.clear();
        m_names.clear();
        m_units.clear();
        ColumnReader reader(block);
        for (size_t i = 0; i < count; ++i) {
            const quint8 number = reader.byte();
            const MetricUnit unit = MetricUnit::fromByte(reader.byte());
            if (number > knownMetrics().size() || !unit.isValid())
                return false;
            m_names.push_back(number > 0 ? QByteArray(knownMetrics()[number - 1].name)
                                         : reader.bytes(reader.byte()).toByteArray());
            m_units.push_back(unit);
        }
        if (reader.hasFailed() || !reader.isAtEnd())
            return false;
        m_block = block.toByteArray();
    }
    chunk.names = m_names;
    chunk.units = m_units;
    return true;
}

bool ChunkDecoder::Private::readTimes(ColumnReader &reader, qint64 first, HistoryChunk &chunk)
{
    const std::span steps = std::span(m_steps).first(chunk.times.size() - 1);
    reader.column(steps);
    chunk.times[0] = first;
    for (size_t row = 1; row < chunk.times.size(); ++row) {
        const qint64 step = steps[row - 1];
        if (step <= -chunk.interval || step > latestTime)
            return false;
        chunk.times[row] = chunk.times[row - 1] + chunk.interval + step;
        if (chunk.times[row] > latestTime)
            return false;
    }
    return true;
}

void ChunkDecoder::Private::spread(quint64 gaps, MetricUnit unit, std::span<const qint64> steps,
                                   std::span<double> values)
{
    if (gaps == 0)
        return unit.values(steps, values.data());
    size_t next = 0;
    for (size_t row = 0; row < values.size(); ++row)
        values[row] = gaps >> row & 1 ? notMeasured : unit.value(steps[next++]);
}

bool ChunkDecoder::Private::readField(ColumnReader &reader, qsizetype field, HistoryChunk &chunk)
{
    const auto rows = size_t(chunk.rows());
    quint64 gaps = 0;
    if (const quint8 hasGaps = reader.byte(); hasGaps > 1) {
        return false;
    } else if (hasGaps == 1) {
        const QByteArrayView bits = reader.bytes(qsizetype(rows + 7) / 8);
        for (qsizetype i = 0; i < bits.size(); ++i)
            gaps |= quint64(uchar(bits[i])) << (8 * i);
        if (gaps >> rows != 0)
            return false;
    }
    const std::span steps = std::span(m_steps).first(rows - size_t(std::popcount(gaps)));
    const size_t start = chunk.at(0, field);
    const MetricUnit unit = chunk.units[field];
    const auto isKept = [](qint64 number) {
        return number >= -MetricUnit::mostSteps && number <= MetricUnit::mostSteps;
    };
    reader.column(steps);
    if (!std::ranges::all_of(steps, isKept))
        return false;
    spread(gaps, unit, steps, std::span(chunk.averages).subspan(start, rows));
    if (!chunk.isSummary)
        return true;
    const std::span other = std::span(m_other).first(steps.size());
    for (const bool isBelow : {true, false}) {
        reader.column(other);
        for (size_t i = 0; i < other.size(); ++i) {
            if (other[i] < 0 || other[i] > 2 * MetricUnit::mostSteps)
                return false;
            other[i] = isBelow ? steps[i] - other[i] : steps[i] + other[i];
            if (!isKept(other[i]))
                return false;
        }
        spread(gaps, unit, other,
               std::span(isBelow ? chunk.minima : chunk.maxima).subspan(start, rows));
    }
    return true;
}

/// What is wrong, or nullptr.
const char *ChunkDecoder::Private::read(QByteArrayView text, HistoryChunk &chunk)
{
    ColumnReader reader(text);
    const quint8 kind = reader.byte();
    const quint64 rows = reader.varint(), first = reader.varint(), interval = reader.varint();
    const quint64 fields = reader.varint(), blockSize = reader.varint();
    if (kind > 1 || rows < 1 || rows > HistoryChunk::mostRows || fields > HistoryChunk::mostFields)
        return "its kind, rows or fields are out of bounds";
    if (first > quint64(latestTime) || interval < 1 || interval > quint64(longestInterval))
        return "its time or interval is out of bounds";
    if (blockSize > mostContent || !readFields(reader.bytes(qsizetype(blockSize)), fields, chunk))
        return "its field names are broken";
    chunk.isSummary = kind == 1;
    chunk.interval = qint64(interval);
    chunk.times.resize(rows);
    chunk.counts.resize(chunk.isSummary ? rows : 0);
    for (auto *values : {&chunk.averages, &chunk.minima, &chunk.maxima})
        values->resize(chunk.isSummary || values == &chunk.averages ? rows * fields : 0);
    if (!readTimes(reader, qint64(first), chunk))
        return "its times are out of order";
    reader.column(chunk.counts);
    for (const qint64 count : chunk.counts) {
        if (count < 1 || count > chunk.interval)
            return "a count is out of bounds";
    }
    for (qsizetype field = 0; field < chunk.fields(); ++field) {
        if (!readField(reader, field, chunk))
            return "a column is broken";
    }
    return reader.hasFailed() || !reader.isAtEnd() ? "it is cut or too long" : nullptr;
}

ChunkDecoder::ChunkDecoder()
    : d(std::make_unique<Private>())
{
}

ChunkDecoder::~ChunkDecoder() = default;

Result<bool> ChunkDecoder::decode(QByteArrayView bytes, HistoryChunk &chunk)
{
    const auto broken = [](const QString &why) {
        return Error{u"a chunk of the history is broken: %1"_s.arg(why)};
    };
    if (bytes.isEmpty())
        return broken(u"it is empty"_s);
    if (bytes[0] != version)
        return false;
    const char *frame = bytes.data() + 1;
    const auto frameSize = size_t(bytes.size() - 1);
    const unsigned long long size = ZSTD_getFrameContentSize(frame, frameSize);
    // Also what zstd gives for "unknown" and "wrong" is above that.
    if (size > mostContent)
        return broken(u"it is no zstd frame, or holds more than %1 bytes"_s.arg(mostContent));
    if (ZSTD_findFrameCompressedSize(frame, frameSize) != frameSize)
        return broken(u"it is cut, or more follows it"_s);
    if (d->content.size() < qsizetype(size))
        d->content.resize(qsizetype(size));
    const size_t got
        = ZSTD_decompressDCtx(d->context.get(), d->content.data(), size, frame, frameSize);
    if (ZSTD_isError(got))
        return broken(QString::fromLatin1(ZSTD_getErrorName(got)));
    if (const char *why = d->read(QByteArrayView(d->content).first(qsizetype(got)), chunk))
        return broken(QString::fromLatin1(why));
    return true;
}

} // namespace Treewarden
