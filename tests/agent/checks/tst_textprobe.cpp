// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/checkfactory.h"
#include "agent/checks/textprobe.h"
#include "agent/probes/procsnapshot.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestTextProbe : public QObject
{
    Q_OBJECT

    static ProbeContext signedContext()
    {
        ProbeContext context;
        context.mayRunText = true;
        return context;
    }

    static std::optional<CheckResult> answer(const QString &text, const ProbeContext &context,
                                             bool keepsInfo = false)
    {
        const TextCheck check{text, keepsInfo};
        const ServiceDefinition service{{u"dummy"_s, u"one"_s}, check, {}, false};
        const auto probe = makeServiceProbe(service, check, context);
        std::optional<CheckResult> result;
        ProcSnapshot processes(u"/proc"_s);
        (*probe)->check(processes, [&result](const CheckResult &found) { result = found; });
        [&result] { QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), 20'000); }();
        return result;
    }

private Q_SLOTS:

    void theLastNumberCounts()
    {
        QCOMPARE(lastNumber("3\n"), std::optional(3.0));
        QCOMPARE(lastNumber("a 1 b 0.5 c\n"), std::optional(0.5));
        QCOMPARE(lastNumber("0"), std::optional(0.0));
        QCOMPARE(lastNumber("12 -4"), std::optional(-4.0));
        for (const char *none : {"", "no", "..", "-", "1.2.3"})
            QVERIFY2(!lastNumber(none), none);
    }

    void runsATextOnlyWhereItMay()
    {
        const QTemporaryDir folder;
        const QString mark = folder.filePath(u"mark"_s),
                      text = u"touch %1; echo 2 | tr 2 3"_s.arg(mark);
        const auto refused = answer(text, {});
        QVERIFY(!refused->alive);
        QVERIFY(refused->reason.contains(u"shell = allow"));
        QVERIFY(!QFile::exists(mark));
        QCOMPARE(answer(text, signedContext())->alive, std::optional(true));
        QVERIFY(QFile::exists(mark));
    }

    void diesByNumberStatusAndTime_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("why");
        QTest::newRow("zero") << u"echo up; echo 0"_s << u"is 0"_s;
        QTest::newRow("nothing") << u"true"_s << u"no number"_s;
        QTest::newRow("status") << u"echo 1; exit 3"_s << u"status 3"_s;
        QTest::newRow("flood") << u"yes 1"_s << u"printed more"_s;
        QTest::newRow("hangs") << u"echo 1; sleep 600"_s << u"within 2 s"_s;
    }

    void diesByNumberStatusAndTime()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, why);
        const auto result = answer(text, signedContext());
        QCOMPARE(result->alive, std::optional(false));
        QCOMPARE(result->code, u"check.shell"_s);
        QVERIFY2(result->reason.contains(why), qPrintable(result->reason));
    }

    void keepsPairs()
    {
        const auto result
            = answer(u"echo users: 7; echo state=good; echo 1"_s, signedContext(), true);
        QCOMPARE(result->alive, std::optional(true));
        QCOMPARE(result->info, (QJsonObject{{u"users"_s, 7}, {u"state"_s, u"good"_s}}));
    }

    void aRecognisedTextStaysRecognised()
    {
        const auto result
            = answer(u"ps aux | grep no-such-process-here | wc -l"_s, signedContext());
        QCOMPARE(result->alive, std::optional(false));
        QVERIFY(result->code != u"check.shell");
    }
};

QTEST_GUILESS_MAIN(TestTextProbe)
#include "tst_textprobe.moc"
