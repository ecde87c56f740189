// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/historytext.h"
#include "tests/console/cli/program.h"
#include "tests/shared/history/historylists.h"
#include "tests/support/redisserver.h"

#include <QDateTime>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestCliHistory : public QObject
{
    Q_OBJECT
    std::unique_ptr<RedisServer> m_redis;

    ProgramRun run(const QStringList &arguments) const
    {
        return runProgram(m_redis->urlText(), QStringList{u"history"_s, u"10.0.0.7"_s} + arguments);
    }

    /// Two hours and a half of history until now: busy 10 in the first minutes, then 30.
    void fill() const
    {
        HistoryTiers tiers(1000);
        HistoryLists lists;
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        for (int i = 9000; i > 0; --i)
            lists.add(tiers, now - i * 1000, busy(i > 3600 ? 10 : 30));
        for (const HistoryTier tier : historyTiers) {
            for (const QByteArray &chunk : lists.chunks.value(tier))
                m_redis->call(
                    {"RPUSH", "server:workload:10.0.0.7:" + tierName(tier).toUtf8(), chunk});
        }
        m_redis->call(QByteArrayList{"RPUSH", "server:workload:10.0.0.7"} + lists.raw);
    }

private Q_SLOTS:

    void init()
    {
        m_redis = std::make_unique<RedisServer>();
        m_redis->call({"HSET", "server:config:10.0.0.7", "version", "1"});
    }

    void tellsTheUsualFiguresOneALine()
    {
        fill();
        const ProgramRun told = run({});
        QCOMPARE(told.code, 0);
        QVERIFY(told.output.startsWith("METRIC"));
        QVERIFY(told.output.contains("cpu.busy"));
        QVERIFY(told.output.contains("30.0 %"));
        QVERIFY(told.output.contains("\u2588"));
        QCOMPARE(told.errors, QByteArray());
    }

    void tellsOneFigureOverTime()
    {
        fill();
        const ProgramRun told = run({u"--since"_s, u"2h"_s, u"--metric"_s, u"cpu.busy"_s});
        QCOMPARE(told.code, 0);
        const QByteArrayList lines = told.output.trimmed().split('\n');
        QVERIFY2(lines.size() > 10 && lines.size() <= 26, told.output.constData());
        QVERIFY(lines[1].contains("10.0 %"));
        QVERIFY(lines.last().contains("30.0 %"));
    }

    void printsJsonAndCsvForPrograms()
    {
        fill();
        const QJsonObject json
            = run({u"--json"_s, u"--since"_s, u"1h"_s, u"--metric"_s, u"cpu.busy"_s}).object();
        QCOMPARE(json[u"ip"_s], u"10.0.0.7"_s);
        QCOMPARE(json[u"step"_s], 10'000);
        const QJsonArray points = json[u"series"_s][u"cpu.busy"_s].toArray();
        QVERIFY(points.size() > 355 && points.size() <= 600);
        QCOMPARE(points.at(100).toArray().at(1), 30);
        QCOMPARE(json[u"series"_s].toObject().size(), 1);
        const ProgramRun csv = run({u"--csv"_s, u"--metric"_s, u"load.0"_s});
        QVERIFY(csv.output.startsWith("time,metric,average,minimum,maximum\n"));
        QVERIFY(csv.output.contains(",load.0,1,1,1\n"));
    }

    void namesTheNearestMetric()
    {
        fill();
        const ProgramRun told = run({u"--metric"_s, u"cpu.bsy"_s});
        QCOMPARE(told.code, 64);
        QCOMPARE(told.sentence(),
                 "treewarden: there is no metric 'cpu.bsy'; did you mean 'cpu.busy'?");
    }

    void saysWhyThereIsNothing()
    {
        QVERIFY(run({}).sentence().contains("nothing is known of 10.0.0.7 since"));
        QCOMPARE(run({}).code, 69);
        m_redis->call({"DEL", "server:config:10.0.0.7"});
        QCOMPARE(run({}).code, 68);
        QCOMPARE(run({u"--since"_s, u"tomorrow"_s}).code, 64);
    }

    void saysWhatCannotBeRead()
    {
        fill();
        m_redis->call({"RPUSH", "server:workload:10.0.0.7:1s", "\1rubbish"});
        const ProgramRun told = run({u"--since"_s, u"1h"_s});
        QCOMPARE(told.code, 0);
        QVERIFY(told.sentence().contains("1 piece of the history cannot be read"));
    }

    void readsSpans()
    {
        QCOMPARE(parseSpan(u"90s").value_or(0), 90'000);
        QCOMPARE(parseSpan(u"2w").value_or(0), qint64{14} * 86'400'000);
        for (const QStringView wrong :
             {u"", u"h", u"0h", u"-1h", u"1", u"1 h", u"21y", u"99999999999y"})
            QVERIFY(!parseSpan(wrong));
    }
};

QTEST_GUILESS_MAIN(TestCliHistory)
#include "tst_clihistory.moc"
