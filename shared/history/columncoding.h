// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <span>

namespace Treewarden {

/// Appends unsigned LEB128: seven bits a byte, the low ones first.
void appendVarint(QByteArray &out, quint64 number);
/// Appends a signed number: small ones of either sign are short (zigzag).
void appendSigned(QByteArray &out, qint64 number);
/// Appends whole numbers within ±2^54 in the way that costs least: all equal, above their least,
/// differences, or differences of differences. Of no numbers nothing is written.
void appendColumn(QByteArray &out, std::span<const qint64> numbers);

/// Reads what these functions wrote, from bytes that nobody vouches for: the first wrong or missing
/// byte makes hasFailed() true for good, and what is read from then on is 0.
class ColumnReader
{
public:
    explicit ColumnReader(QByteArrayView bytes)
        : m_next(reinterpret_cast<const uchar *>(bytes.data()))
        , m_end(m_next + bytes.size())
    {
    }

    bool hasFailed() const { return m_hasFailed; }

    bool isAtEnd() const { return m_next == m_end; }

    quint8 byte();
    quint64 varint();
    qint64 signedNumber();
    QByteArrayView bytes(qsizetype count);
    /// Fills `numbers`. Sums wrap around instead of overflowing: the caller checks the range.
    void column(std::span<qint64> numbers);

private:
    template<typename Step>
    void sums(std::span<qint64> numbers, Step step);
    void fail();

    const uchar *m_next, *m_end;
    bool m_hasFailed = false;
};

} // namespace Treewarden
