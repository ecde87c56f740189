// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/columncoding.h"

#include <algorithm>
#include <array>
#include <bit>

namespace Treewarden {

namespace {

// The byte that a column starts with.
enum ColumnMode : quint8 { Equal, AboveLeast, Differences, SecondDifferences };

constexpr quint64 zigzag(qint64 number)
{
    return (quint64(number) << 1) ^ quint64(number >> 63);
}

constexpr quint64 unzigzag(quint64 number)
{
    return (number >> 1) ^ (~(number & 1) + 1);
}

/// About what the entropy coder will need, in bits.
int cost(quint64 number)
{
    return 2 + std::bit_width(number);
}

ColumnMode cheapestMode(std::span<const qint64> numbers, qint64 least)
{
    int above = 0, first = 0, second = 0;
    qint64 last = numbers[0], lastStep = 0;
    bool isEqual = true;
    for (const qint64 number : numbers) {
        const qint64 step = number - last;
        isEqual = isEqual && step == 0;
        above += cost(quint64(number - least));
        first += cost(zigzag(step));
        second += cost(zigzag(step - lastStep));
        last = number;
        lastStep = step;
    }
    if (isEqual)
        return Equal;
    if (above <= first && above <= second)
        return AboveLeast;
    return first <= second ? Differences : SecondDifferences;
}

} // namespace

void appendVarint(QByteArray &out, quint64 number)
{
    std::array<char, 10> bytes;
    qsizetype size = 0;
    for (; number >= 0x80; number >>= 7)
        bytes[size++] = char(number | 0x80);
    bytes[size++] = char(number);
    out.append(bytes.data(), size);
}

void appendSigned(QByteArray &out, qint64 number)
{
    appendVarint(out, zigzag(number));
}

void appendColumn(QByteArray &out, std::span<const qint64> numbers)
{
    if (numbers.empty())
        return;
    const qint64 least = *std::min_element(numbers.begin(), numbers.end());
    const ColumnMode mode = cheapestMode(numbers, least);
    out.append(char(mode));
    appendSigned(out, mode == AboveLeast ? least : numbers[0]);
    qint64 last = numbers[0], lastStep = 0;
    for (size_t i = 0; mode != Equal && i < numbers.size(); ++i) {
        const qint64 step = numbers[i] - last;
        if (mode == AboveLeast)
            appendVarint(out, quint64(numbers[i] - least));
        else if (i > 0)
            appendSigned(out, mode == Differences ? step : step - lastStep);
        last = numbers[i];
        lastStep = step;
    }
}

void ColumnReader::fail()
{
    m_hasFailed = true;
    m_next = m_end;
}

quint8 ColumnReader::byte()
{
    if (m_next == m_end) {
        fail();
        return 0;
    }
    return *m_next++;
}

quint64 ColumnReader::varint()
{
    if (m_next != m_end && *m_next < 0x80)
        return *m_next++;
    quint64 number = 0;
    for (int shift = 0; m_next != m_end && shift < 64; shift += 7) {
        const quint64 bits = *m_next++;
        number |= (bits & 0x7f) << shift;
        if (bits < 0x80)
            return number;
    }
    fail();
    return 0;
}

qint64 ColumnReader::signedNumber()
{
    return qint64(unzigzag(varint()));
}

QByteArrayView ColumnReader::bytes(qsizetype count)
{
    if (count > m_end - m_next) {
        fail();
        return {};
    }
    const QByteArrayView view(m_next, count);
    m_next += count;
    return view;
}

template<typename Step>
void ColumnReader::sums(std::span<qint64> numbers, Step step)
{
    quint64 sum = quint64(numbers[0]);
    for (size_t i = 1; i < numbers.size(); ++i)
        numbers[i] = qint64(sum += step());
}

void ColumnReader::column(std::span<qint64> numbers)
{
    if (numbers.empty())
        return;
    const quint8 mode = byte();
    const qint64 first = signedNumber();
    numbers[0] = first;
    quint64 lastStep = 0;
    switch (mode) {
    case Equal:
        std::fill(numbers.begin(), numbers.end(), first);
        break;
    case AboveLeast:
        for (qint64 &number : numbers)
            number = qint64(quint64(first) + varint());
        break;
    case Differences:
        sums(numbers, [this] { return unzigzag(varint()); });
        break;
    case SecondDifferences:
        sums(numbers, [&] { return lastStep += unzigzag(varint()); });
        break;
    default:
        fail();
    }
}

} // namespace Treewarden
