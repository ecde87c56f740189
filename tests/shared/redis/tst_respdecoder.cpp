// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/respdecoder.h"
#include "shared/redis/respencoder.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

QString written(const RedisValue &value)
{
    QStringList parts;
    for (const RedisValue &element : value.elements)
        parts.append(written(element));
    return u"%1:%2:%3[%4]"_s.arg(QString::number(int(value.type)),
                                 QString::fromLatin1(value.text.toPercentEncoding()),
                                 QString::number(value.integer), parts.join(u','));
}

/// Feeds `bytes` in pieces; the values, or the error as the last entry.
QStringList decode(const QByteArray &bytes, qsizetype piece, RespLimits limits = {})
{
    RespDecoder decoder(limits);
    RedisValue value;
    QStringList values;
    for (qsizetype i = 0; i < bytes.size() && decoder.error().isEmpty(); i += piece) {
        decoder.feed(QByteArrayView(bytes).sliced(i).first(qMin(piece, bytes.size() - i)));
        while (decoder.next(value))
            values.append(written(value));
    }
    if (!decoder.error().isEmpty())
        values.append(u"error: "_s + decoder.error());
    return values;
}

QByteArray nested(int depth)
{
    return QByteArray("*1\r\n").repeated(depth) + ":1\r\n";
}

} // namespace

class TestRespDecoder : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void understandsEveryTypeHoweverItIsCut()
    {
        constexpr char text[] = "+OK\r\n-ERR "
                                "no\r\n:-42\r\n$5\r\na\r\n\0b\r\n$-1\r\n$0\r\n\r\n*0\r\n*-1\r\n*"
                                "3\r\n:1\r\n*2\r\n$1\r\nx\r\n$-1\r\n+y\r\n";
        const QByteArray bytes(text, sizeof text - 1);
        const QStringList whole = decode(bytes, bytes.size());
        QCOMPARE(whole.size(), 9);
        QCOMPARE(whole.at(3), u"4:a%0D%0A%00b:0[]"_s);
        QCOMPARE(whole.last(), u"5::0[3::1[],5::0[4:x:0[],0::0[]],1:y:0[]]"_s);
        for (qsizetype piece = 1; piece < bytes.size(); ++piece)
            QCOMPARE(decode(bytes, piece), whole);
    }

    void refusesWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no type") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
        QTest::newRow("bulk that claims 10 TB") << QByteArray("$9999999999999\r\nabc");
        QTest::newRow("bulk that claims 2^63-1") << QByteArray("$9223372036854775807\r\nabc");
        QTest::newRow("bulk that claims more than 2^64")
            << QByteArray("$99999999999999999999999\r\nabc");
        QTest::newRow("bulk just over the limit") << QByteArray("$16777217\r\n");
        QTest::newRow("negative bulk") << QByteArray("$-2\r\n");
        QTest::newRow("array that claims 2^31-1") << QByteArray("*2147483647\r\n");
        QTest::newRow("array that claims 2^63-1") << QByteArray("*9223372036854775807\r\n");
        QTest::newRow("array over the limit") << QByteArray("*1000001\r\n");
        QTest::newRow("nested claims over the limit")
            << QByteArray("*2\r\n*999999\r\n").append(QByteArray(":1\r\n").repeated(999999))
                + "*2\r\n";
        QTest::newRow("negative array") << QByteArray("*-7\r\n");
        QTest::newRow("length that is none") << QByteArray("$abc\r\n");
        QTest::newRow("integer that is none") << QByteArray(":1x\r\n");
        QTest::newRow("too deep") << nested(9);
        QTest::newRow("very deep") << nested(10000);
        QTest::newRow("endless line") << QByteArray("+").append(QByteArray(70000, 'x'));
        QTest::newRow("endless line of carriage returns")
            << QByteArray("+").append(QByteArray(70000, '\r'));
        QTest::newRow("endless length") << QByteArray("$").append(QByteArray(70000, '1'));
        QTest::newRow("endless length of carriage returns")
            << QByteArray("$1").append(QByteArray(70000, '\r'));
        QTest::newRow("endless count") << QByteArray("*").append(QByteArray(70000, '0'));
        QTest::newRow("RESP3 map") << QByteArray("%1\r\n+a\r\n+b\r\n");
    }

    void refusesWhatIsWrong()
    {
        QFETCH(QByteArray, bytes);
        const QStringList values = decode(bytes, RespDecoder::chunkBytes);
        QCOMPARE(values.size(), 1);
        QVERIFY2(values.first().startsWith(u"error: "_s), qPrintable(values.first().left(200)));
        if (bytes.size() < 1000)
            QVERIFY(decode(bytes, 1).last().startsWith(u"error: "_s));
    }

    void takesExactlyTheLimits()
    {
        const RespLimits limits{1000, 100, 10};
        QCOMPARE(decode("$900\r\n" + QByteArray(900, 'x') + "\r\n", 64, limits).size(), 1);
        QVERIFY(decode("$1001\r\n", 64, limits).last().startsWith(u"error"_s));
        QVERIFY(
            decode("*3\r\n" + ("$400\r\n" + QByteArray(400, 'x') + "\r\n").repeated(3), 64, limits)
                .last()
                .startsWith(u"error"_s));
        QVERIFY(!decode("*10\r\n" + QByteArray(":1\r\n").repeated(10), 64, limits)
                     .last()
                     .startsWith(u"error"_s));
        QVERIFY(decode("*2\r\n*5\r\n" + QByteArray(":1\r\n").repeated(5) + "*5\r\n"
                           + QByteArray(":1\r\n").repeated(5),
                       64, limits)
                    .last()
                    .startsWith(u"error"_s));
        QVERIFY(decode("*10\r\n*8\r\n" + QByteArray(":1\r\n").repeated(17), 64, limits)
                    .last()
                    .startsWith(u"error"_s));
        // The limits are of one reply, not of all together.
        QCOMPARE(
            decode(("$400\r\n" + QByteArray(400, 'x') + "\r\n").repeated(50), 64, limits).size(),
            50);
        QCOMPARE(
            decode(("*10\r\n" + QByteArray(":1\r\n").repeated(10)).repeated(50), 64, limits).size(),
            50);
    }

    void takesBackWhatTheEncoderWrote()
    {
        const QList<QByteArray> words{"SET", QByteArray("\r\n\0$5\r\n", 7), "",
                                      QByteArray(70000, 'x')};
        QByteArray bytes;
        appendCommand(bytes, words);
        RespDecoder decoder;
        RedisValue value;
        for (qsizetype i = 0; i < bytes.size(); i += RespDecoder::chunkBytes) {
            decoder.feed(QByteArrayView(bytes).sliced(i).first(
                qMin(RespDecoder::chunkBytes, bytes.size() - i)));
            QCOMPARE(decoder.next(value), i + RespDecoder::chunkBytes >= bytes.size());
        }
        QCOMPARE(value.toList(), words);
    }

    void survivesRandomBytes()
    {
        QRandomGenerator random(20);
        const QByteArray alphabet("+-:$*%\r\n0123456789ab\0\xff", 23);
        for (int round = 0; round < 20000; ++round) {
            QByteArray bytes;
            for (int i = random.bounded(60); i >= 0; --i)
                bytes.append(
                    random.bounded(4) == 0
                        ? QByteArray("\r\n")
                        : QByteArray(1, alphabet.at(random.bounded(int(alphabet.size())))));
            // However the bytes are cut, the same values come out.
            const QStringList whole = decode(bytes, bytes.size());
            const QStringList pieces = decode(bytes, 1 + random.bounded(5));
            QCOMPARE(pieces.size(), whole.size());
        }
    }
};

QTEST_GUILESS_MAIN(TestRespDecoder)
#include "tst_respdecoder.moc"
