// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/chunkcodec.h"
#include "shared/history/columncoding.h"
#include "tests/shared/history/somechunk.h"

#include <QFile>
#include <QTest>

#include <zstd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

bool holds(const std::string &what, const std::function<void()> &property)
{
    return rc::check(what, property);
}

bool decodes(QByteArrayView bytes, HistoryChunk &chunk)
{
    ChunkDecoder decoder;
    const auto isKnown = decoder.decode(bytes, chunk);
    return isKnown && *isKnown;
}

/// A frame as a chunk's, around any content.
QByteArray framed(const QByteArray &content)
{
    QByteArray bytes(qsizetype(ZSTD_compressBound(size_t(content.size()))) + 1, 1);
    bytes.resize(1
                 + qsizetype(ZSTD_compress(bytes.data() + 1, size_t(bytes.size() - 1),
                                           content.constData(), size_t(content.size()), 1)));
    return bytes;
}

} // namespace

class TestChunkCodec : public QObject
{
    Q_OBJECT

    // Blocks ```text of docs/protocol.md that follow `heading`.
    static QList<QByteArray> block(const QByteArray &kind)
    {
        QFile file(QStringLiteral(SOURCE_ROOT "/docs/protocol.md"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QList<QByteArray> lines;
        bool isInside = false;
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (line.startsWith("```"))
                isInside = line == "```" + kind;
            else if (isInside)
                lines << line;
        }
        return lines;
    }

private Q_SLOTS:

    void whatGoesInComesOut()
    {
        QVERIFY(holds("what goes in comes out, rounded to its unit", [] {
            const HistoryChunk chunk = someChunk();
            HistoryChunk read;
            RC_ASSERT(decodes(encodeChunk(chunk), read));
            RC_ASSERT(read.isSummary == chunk.isSummary);
            RC_ASSERT(read.interval == chunk.interval);
            RC_ASSERT(read.times == chunk.times);
            RC_ASSERT(read.counts == chunk.counts);
            qsizetype column = 0;
            for (qsizetype field = 0; field < chunk.fields(); ++field) {
                const MetricUnit unit = chunk.units[field];
                bool isKnown = false;
                for (qsizetype row = 0; row < chunk.rows(); ++row)
                    isKnown |= !std::isnan(kept(unit, chunk.averages[chunk.at(row, field)]));
                if (!isKnown)
                    continue;
                RC_ASSERT(read.names.at(column) == chunk.names[field]);
                for (qsizetype row = 0; row < chunk.rows(); ++row) {
                    const size_t from = chunk.at(row, field), to = read.at(row, column);
                    const double average = kept(unit, chunk.averages[from]);
                    RC_ASSERT(isSame(read.averages[to], average));
                    if (chunk.isSummary && !std::isnan(average)) {
                        const double least = kept(unit, chunk.minima[from]);
                        const double most = kept(unit, chunk.maxima[from]);
                        RC_ASSERT(read.minima[to] == (std::isnan(least) ? average : least));
                        RC_ASSERT(read.maxima[to] == (std::isnan(most) ? average : most));
                    }
                }
                ++column;
            }
            RC_ASSERT(read.fields() == column);
        }));
    }

    void everyCutIsAnError()
    {
        QVERIFY(holds("every cut is an error", [] {
            const QByteArray bytes = encodeChunk(someChunk());
            const auto size = *rc::gen::inRange<qsizetype>(0, bytes.size());
            HistoryChunk read;
            ChunkDecoder decoder;
            RC_ASSERT(!decoder.decode(bytes.first(size), read));
        }));
    }

    void whatWasChangedIsAnErrorOrTheSame()
    {
        QVERIFY(holds("what was changed is an error, of another version, or means the same", [] {
            const HistoryChunk chunk = someChunk();
            const QByteArray bytes = encodeChunk(chunk);
            QByteArray changed = bytes;
            const auto at = *rc::gen::inRange<qsizetype>(0, bytes.size());
            changed[at] = char(changed[at] ^ *rc::gen::inRange(1, 256));
            HistoryChunk read, original;
            ChunkDecoder decoder;
            RC_ASSERT(decodes(bytes, original));
            if (const auto isKnown = decoder.decode(changed, read); isKnown && *isKnown) {
                RC_ASSERT(read.times == original.times);
                RC_ASSERT(read.names == original.names);
                RC_ASSERT(read.averages.size() == original.averages.size());
                for (size_t i = 0; i < read.averages.size(); ++i)
                    RC_ASSERT(isSame(read.averages[i], original.averages[i]));
            }
        }));
    }

    // The checksum would hide what the reader of columns does with such bytes.
    void hostileContentIsAnErrorOrWithinTheLimits()
    {
        QVERIFY(holds("hostile content is an error or within the limits", [] {
            QByteArray content;
            content.append(char(*rc::gen::inRange(0, 3)));
            appendVarint(content, *rc::gen::inRange<quint64>(0, 64));
            for (int i = 0; i < 2; ++i)
                appendVarint(content, *rc::gen::inRange<quint64>(1, 1'000'000));
            appendVarint(content, 2);
            appendVarint(content, 4);
            content.append("\1\1\7\x40", 4);
            content += QByteArray::fromStdString(
                *rc::gen::resize(400, rc::gen::arbitrary<std::string>()));
            HistoryChunk read;
            if (decodes(framed(content), read)) {
                RC_ASSERT(read.rows() <= HistoryChunk::mostRows);
                RC_ASSERT(std::is_sorted(read.times.begin(), read.times.end()));
                RC_ASSERT(qsizetype(read.averages.size()) == read.rows() * read.fields());
            }
        }));
    }

    void ratesAreWithinAThousandth()
    {
        QVERIFY(holds("rates are within a thousandth, small ones exact", [] {
            const auto number = *rc::gen::inRange<qint64>(0, qint64{1} << *rc::gen::inRange(1, 53));
            const double value = kept(MetricUnit::rate(), double(number));
            RC_ASSERT(std::abs(value - double(number))
                      <= (number < 1024 ? 0 : double(number) / 1000));
            RC_ASSERT(kept(MetricUnit::rate(), value) == value);
        }));
        QVERIFY(std::isnan(kept(MetricUnit::rate(), -1)));
    }

    void otherVersionsAreSkipped()
    {
        ChunkDecoder decoder;
        HistoryChunk chunk;
        const auto isKnown = decoder.decode("\2 anything", chunk);
        QVERIFY(isKnown);
        QVERIFY(!*isKnown);
    }

    void aFrameThatClaimsTooMuchIsRefusedUnread()
    {
        const QByteArray bomb = framed(QByteArray(1 << 20, '\0'));
        QVERIFY(bomb.size() < 200);
        ChunkDecoder decoder;
        HistoryChunk chunk;
        const auto isKnown = decoder.decode(bomb, chunk);
        QVERIFY(!isKnown);
        QVERIFY2(isKnown.error().text.contains(u"holds more than"_s),
                 qPrintable(isKnown.error().text));
        // Another frame behind the first is as wrong as any byte there.
        QVERIFY(!decoder.decode(encodeChunk({}) + framed({}).mid(1), chunk));
    }

    void theVectorsOfTheDocumentDecode()
    {
        const QList<QByteArray> vectors = block("chunk");
        QCOMPARE(vectors.size(), 2);
        HistoryChunk chunk;
        QVERIFY(decodes(QByteArray::fromHex(vectors[0]), chunk));
        QCOMPARE(chunk.isSummary, false);
        QCOMPARE(chunk.interval, 1000);
        QCOMPARE(chunk.times, (std::vector<qint64>{1700000000000, 1700000001000, 1700000002003}));
        QCOMPARE(chunk.names, (std::vector<QByteArray>{"cpu.busy", "disk.read", "ping.10.0.0.1"}));
        QCOMPARE(chunk.averages[0], 12.5);
        QCOMPARE(chunk.averages[1], 13.0);
        QCOMPARE(chunk.averages[2], 11.9);
        QVERIFY(std::isnan(chunk.averages[3]));
        QCOMPARE(chunk.averages[4], 1000.0);
        QCOMPARE(chunk.averages[5], 1'048'576.0);
        QCOMPARE(chunk.averages[7], 0.31);
        QVERIFY(decodes(QByteArray::fromHex(vectors[1]), chunk));
        QCOMPARE(chunk.isSummary, true);
        QCOMPARE(chunk.counts, (std::vector<qint64>{60, 58}));
        QCOMPARE(chunk.averages, (std::vector<double>{12.5, 13}));
        QCOMPARE(chunk.minima, (std::vector<double>{3, 4.1}));
        QCOMPARE(chunk.maxima, (std::vector<double>{99.9, 20}));
    }

    // Not only read: other writers of the same figures are compared with these bytes.
    void theVectorsOfTheDocumentAreWhatIsWritten()
    {
        const QList<QByteArray> vectors = block("chunk");
        HistoryChunk chunk;
        ChunkDecoder decoder;
        for (const QByteArray &vector : vectors) {
            QVERIFY(decodes(QByteArray::fromHex(vector), chunk));
            QCOMPARE(encodeChunk(chunk).toHex(), vector);
        }
    }

    void theDocumentListsTheKnownMetrics()
    {
        const QByteArray names = block("metrics").join(' ');
        QByteArrayList known;
        for (const KnownMetric &metric : knownMetrics())
            known << metric.name;
        QCOMPARE(names, known.join(' '));
    }
};

QTEST_GUILESS_MAIN(TestChunkCodec)
#include "tst_chunkcodec.moc"
