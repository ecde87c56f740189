// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/alertmetrics.h"
#include "shared/config/jsonoutline.h"
#include "shared/config/serverconfig.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The field `alerts` of a configuration.
class TestAlerts : public QObject
{
    Q_OBJECT

    static ParsedConfig parse(const QByteArray &alerts, ConfigReader reader = ConfigReader::Anybody)
    {
        return parseServerConfig(u"10.0.0.7"_s, {{"alerts", alerts}}, reader);
    }

    static QString lines(const ParsedConfig &parsed)
    {
        QStringList lines;
        for (const ConfigIssue &issue : parsed.issues)
            lines << (issue.severity == ConfigIssue::Severity::Error ? u"E "_s : u"W "_s)
                    + issue.line();
        return lines.join(u'\n');
    }

    static AlertRule watching(const QString &metric, const QString &place = {})
    {
        AlertRule rule;
        rule.metric = metric;
        rule.place = place;
        return rule;
    }

    /// The example of docs/protocol.md.
    static Workload load()
    {
        const auto sample = parseWorkloadSample(
            R"({"timestamp":1,"info":{"cpu":{"busy":12.5,"iowait":0.5,"steal":1,"cores":4},"load":[8,0.4,0.36],"memory":{"total":1000,"available":250,"used":750,"swap_total":0,"swap_used":0},"pressure":{"cpu":1,"memory":2,"io":0.3},"disk":{"read":4096,"write":8192,"busy":1.2},"filesystems":{"/":{"total":100,"used":50,"inodes_used":3.1},"/var":{"total":200,"used":190,"inodes_used":2}},"network":{"receive":1200,"transmit":3400,"errors":0},"processes":{"total":212,"running":2,"blocked":1},"ping":{"10.0.0.1":0.31,"10.0.0.9":null},"ping_loss":{"10.0.0.9":100},"uptime":86400}})");
        return sample ? sample->info : Workload();
    }

private Q_SLOTS:

    void readsWhatRulesSay()
    {
        const auto parsed = parse(R"([
            {"name":"cpu","metric":"cpu","above":90,"until":80,"for":300,"severity":"critical",
             "text":"look at the batch jobs"},
            {"name":"var","metric":"disk","filesystem":"/var","above":95.5},
            {"name":"gate","metric":"ping_loss","host":"10.0.0.1","above":20,"for":0},
            {"name":"up","metric":"uptime","below":600}])");
        QVERIFY2(parsed.config && parsed.issues.isEmpty(), qPrintable(lines(parsed)));
        const QList<AlertRule> &rules = parsed.config->alerts;
        QCOMPARE(rules.size(), 4);
        const AlertRule cpu{u"cpu"_s,
                            u"cpu"_s,
                            {},
                            true,
                            90,
                            80,
                            300s,
                            AlertRule::Severity::Critical,
                            u"look at the batch jobs"_s};
        QCOMPARE(rules[0], cpu);
        const AlertRule disk{
            u"var"_s, u"disk"_s, u"/var"_s, true, 95.5, {}, 60s, AlertRule::Severity::Warning, {}};
        QCOMPARE(rules[1], disk);
        QCOMPARE(rules[2].place, u"10.0.0.1"_s);
        QCOMPARE(rules[2].lasting, 0s);
        QVERIFY(!rules[3].isAbove && rules[3].isMetBy(599) && !rules[3].isMetBy(600));
    }

    void tellsWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<QString>("start");
        QTest::addColumn<QString>("part");
        const auto row = [](const char *title, const QByteArray &rule, const char *start,
                            const char *part) {
            QTest::newRow(title) << rule << QString::fromUtf8(start) << QString::fromUtf8(part);
        };
        row("no object", "7", "E alerts.0: ", "must be an object");
        row("no name", R"({"metric":"cpu","above":9})", "E alerts.0.name: ", "missing");
        row("a name of spaces", R"({"name":"a b","metric":"cpu","above":9})",
            "E alerts.0.name: ", "1 to 64");
        row("a name with a line end", R"({"name":"a\n","metric":"cpu","above":9})",
            "E alerts.0.name: ", "1 to 64");
        row("no metric", R"({"name":"a","above":9})", "E alerts.0.metric: ", "load_per_core");
        row("a metric that is none", R"({"name":"a","metric":"memroy","above":9})",
            "E alerts.0.metric: ", "did you mean 'memory'?");
        row("no threshold", R"({"name":"a","metric":"cpu"})", "E alerts.0: ", "no threshold");
        row("both thresholds", R"({"name":"a","metric":"cpu","above":9,"below":1})",
            "E alerts.0.below: ", "either");
        row("a threshold of text", R"({"name":"a","metric":"load","above":"9"})",
            "E alerts.0.above: ", "number");
        row("more than all", R"({"name":"a","metric":"cpu","above":101})",
            "E alerts.0.above: ", "0 to 100");
        row("less than nothing", R"({"name":"a","metric":"load","below":-1})",
            "E alerts.0.below: ", "0 or more");
        row("until on the wrong side", R"({"name":"a","metric":"cpu","above":80,"until":90})",
            "E alerts.0.until: ", "must not be above the 80");
        row("until below a lower bound", R"({"name":"a","metric":"cpu","below":5,"until":2})",
            "E alerts.0.until: ", "must not be below the 5");
        row("longer than a day", R"({"name":"a","metric":"cpu","above":9,"for":86401})",
            "E alerts.0.for: ", "0 to 86400");
        row("for a fraction", R"({"name":"a","metric":"cpu","above":9,"for":0.5})",
            "E alerts.0.for: ", "whole number");
        row("a severity that is none", R"({"name":"a","metric":"cpu","above":9,"severity":"bad"})",
            "E alerts.0.severity: ", "\"critical\"");
        row("a text of two lines", R"({"name":"a","metric":"cpu","above":9,"text":"a\nb"})",
            "E alerts.0.text: ", "one line");
        row("a text that is none", R"({"name":"a","metric":"cpu","above":9,"text":[]})",
            "E alerts.0.text: ", "200 characters");
        row("a filesystem of the cpu", R"({"name":"a","metric":"cpu","filesystem":"/","above":9})",
            "E alerts.0.filesystem: ", "has no filesystem");
        row("an empty host", R"({"name":"a","metric":"ping","host":"","above":9})",
            "E alerts.0.host: ", "10.0.0.1");
        row("an unknown field", R"({"name":"a","metric":"cpu","above":9,"forr":3})",
            "W alerts.0.forr: ", "did you mean 'for'?");
    }

    void tellsWhatIsWrongAndWhere()
    {
        QFETCH(QByteArray, rule);
        QFETCH(QString, start);
        QFETCH(QString, part);
        const auto parsed = parse('[' + rule + ']');
        const QString told = lines(parsed);
        QCOMPARE(parsed.issues.size(), 1);
        QVERIFY2(told.startsWith(start) && told.contains(part), qPrintable(told));
        QVERIFY2(!told.contains(u'\n'), qPrintable(told));
        QCOMPARE(parsed.config.has_value(), start.startsWith(u'W'));
    }

    void refusesTheSameNameTwice()
    {
        const auto parsed = parse(R"([{"name":"a","metric":"cpu","above":9},
                                      {"name":"a","metric":"memory","above":9}])");
        QCOMPARE(lines(parsed),
                 u"E alerts.1.name: 'a' is the name of rule 0, too; give each its own"_s);
    }

    void refusesMoreRulesThanAServerMayHave()
    {
        QByteArray list = "[";
        for (int i = 0; i < 65; ++i)
            list += QByteArray(R"({"name":"rN","metric":"cpu","above":9},)")
                        .replace("N", QByteArray::number(i));
        list.back() = ']';
        QCOMPARE(lines(parse(list)),
                 u"E alerts: has 65 rules, more than the 64 that one server may have"_s);
    }

    /// What stood there before rules had a shape keeps nobody from saving something else.
    void letsBeWhatIsNoList()
    {
        const auto parsed = parse("{}");
        QVERIFY(parsed.config);
        QVERIFY(lines(parsed).startsWith(u"W alerts: is no list"_s));
    }

    void noMistakeInAlertsKeepsAServerFromItsWork()
    {
        for (const QByteArray &alerts :
             {QByteArray(R"([{"name":"a","metric":"of tomorrow","above":9}])"), QByteArray("{}"),
              QByteArray("nonsense"), QByteArray(9999, '[')}) {
            const auto parsed = parse(alerts, ConfigReader::Server);
            QVERIFY2(parsed.config && parsed.issues.isEmpty(), qPrintable(lines(parsed)));
            QVERIFY(parsed.config->alerts.isEmpty());
            QCOMPARE(parsed.config->fields.value("alerts"), alerts);
        }
    }

    void readsEveryMetricOfASample_data()
    {
        QTest::addColumn<QString>("metric");
        QTest::addColumn<QString>("place");
        QTest::addColumn<double>("value"); // below 0: it is not told
        const auto row = [](const QString &metric, double value, const QString &place = {}) {
            QTest::addRow("%s %s", qPrintable(metric), qPrintable(place))
                << metric << place << value;
        };
        row(u"cpu"_s, 12.5);
        row(u"iowait"_s, 0.5);
        row(u"steal"_s, 1);
        row(u"load"_s, 8);
        row(u"load_per_core"_s, 2);
        row(u"memory"_s, 75);
        row(u"swap"_s, -1); // there is none
        row(u"disk"_s, 95);
        row(u"disk"_s, 50, u"/"_s);
        row(u"disk"_s, -1, u"/srv"_s);
        row(u"inodes"_s, 3.1);
        row(u"inodes"_s, 2, u"/var"_s);
        row(u"disk_busy"_s, 1.2);
        row(u"disk_read"_s, 4096);
        row(u"disk_write"_s, 8192);
        row(u"pressure_cpu"_s, 1);
        row(u"pressure_memory"_s, 2);
        row(u"pressure_io"_s, 0.3);
        row(u"receive"_s, 1200);
        row(u"transmit"_s, 3400);
        row(u"network_errors"_s, 0);
        row(u"processes"_s, 212);
        row(u"blocked"_s, 1);
        row(u"ping"_s, 0.31);
        row(u"ping"_s, -1, u"10.0.0.9"_s); // no answer
        row(u"ping_loss"_s, 100);
        row(u"ping_loss"_s, 0, u"10.0.0.1"_s);
        row(u"ping_loss"_s, -1, u"10.0.0.2"_s); // nobody pings it
        row(u"uptime"_s, 86400);
        row(u"of tomorrow"_s, -1);
    }

    void readsEveryMetricOfASample()
    {
        QFETCH(QString, metric);
        QFETCH(QString, place);
        QFETCH(double, value);
        const auto read = alertValue(watching(metric, place), load());
        QCOMPARE(read.value_or(-1), value);
        QVERIFY(!alertValue(watching(metric, place), Workload()));
    }

    void isFoundByItsNameInTheDocument()
    {
        const auto outline = JsonOutline::read(
            R"({"alerts":[{"name":"a","metric":"cpu"},{"name":"b","metric":"memory"}]})",
            u"the text"_s);
        QVERIFY(outline.isOk());
        const int rule = outline->find({u"alerts"_s, u"#b"_s, u"metric"_s});
        QCOMPARE(outline->textOf(rule), "\"memory\"");
        QCOMPARE(outline->step(outline->find({u"alerts"_s}), 1), u"#b"_s);
        QCOMPARE(outline->findIssue(u"alerts.1.metric"_s), rule);
    }
};

QTEST_GUILESS_MAIN(TestAlerts)
#include "tst_alerts.moc"
