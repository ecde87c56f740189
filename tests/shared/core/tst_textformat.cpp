// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"

#include <QJsonDocument>
#include <QTest>

#include <limits>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestTextFormat : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void keepsAnythingOnOneLine()
    {
        QCOMPARE(oneLine(u"two\nlines"), u"two\\u{a}lines"_s);
        QCOMPARE(oneLine(u"\u202Eevil"), u"\\u{202e}evil"_s);
        QCOMPARE(oneLine(u"中文 é 🙂"), u"中文 é 🙂"_s);
        QCOMPARE(oneLine(QString(QChar(0xd800))), u"\\u{d800}"_s);
        QCOMPARE(oneLine(QString(600, u'x')).size(), 501);
        QCOMPARE(oneLine(QString(600, u'\n'), 10), u"\\u{a}\\u{a}…"_s); // escapes count as they are
    }

    void formatsSizesAndSpans()
    {
        QCOMPARE(formatBytes(0), u"0 B"_s);
        QCOMPARE(formatBytes(1536), u"1.5 KiB"_s);
        QCOMPARE(formatBytes(1024), u"1 KiB"_s);
        QCOMPARE(formatBytes(256LL << 30), u"256 GiB"_s);
        QCOMPARE(formatDuration(59'999), u"59 s"_s);
        QCOMPARE(formatDuration(3 * 3'600'000 + 18 * 60'000), u"3 h 18 min"_s);
        QCOMPARE(formatDuration(41LL * 86'400'000 + 5), u"41 d"_s);
        QCOMPARE(formatDuration(-5), u"0 s"_s);
    }

    void writesJsonThatParses()
    {
        JsonWriter writer;
        writer.beginObject().member(u"type", QStringView(u"a\"b\\c\n\u0001中"));
        writer.key(u"list")
            .beginArray()
            .value(1)
            .value(2.50)
            .value(-0.001)
            .null()
            .value(true)
            .endArray();
        writer.member(u"none", std::optional<int>())
            .key(u"nan")
            .value(std::numeric_limits<double>::quiet_NaN());
        writer.endObject();
        QCOMPARE(writer.bytes(),
                 QByteArray("{\"type\":\"a\\\"b\\\\c\\n\\u0001中\",\"list\":[1,2.5,0,null,true],"
                            "\"nan\":null}"));
        QVERIFY(QJsonDocument::fromJson(writer.bytes()).isObject());
    }
};

QTEST_GUILESS_MAIN(TestTextFormat)
#include "tst_textformat.moc"
