// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/serverinfo.h"
#include "shared/protocol/workload.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestWorkload : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void leavesOutWhatIsMissing()
    {
        QCOMPARE(toJson(WorkloadSample{5, {}}), QByteArray(R"({"timestamp":5,"info":{}})"));
        Workload workload;
        workload.cpu.cores = 4;
        workload.ping.insert(u"10.0.0.9"_s, std::nullopt);
        QCOMPARE(
            toJson(WorkloadSample{5, workload}),
            QByteArray(R"({"timestamp":5,"info":{"cpu":{"cores":4},"ping":{"10.0.0.9":null}}})"));
    }

    void readsWhatItWrote()
    {
        const QByteArray json
            = R"({"timestamp":5,"info":{"cpu":{"busy":12.5,"user":8.1,"system":3.9,"iowait":0.5,"steal":0,"cores":4},"load":[0.42,0.4,0.36],"memory":{"total":4,"available":1,"used":3,"cached":2,"swap_total":0,"swap_used":0},"pressure":{"cpu":0,"memory":0,"io":0.3},"disk":{"read":1,"write":2,"busy":1.2},"filesystems":{"/":{"total":9,"used":3,"inodes_used":3.1}},"network":{"receive":1,"transmit":2,"errors":0},"processes":{"total":212,"running":2,"blocked":0},"ping":{"10.0.0.1":0.311},"uptime":86400,"agent":{"cpu":0.08,"rss":14680064,"round":1.42,"skipped":0,"probes":{"mysql:3306":0.211,"process table":0.4}}}})";
        const auto sample = parseWorkloadSample(json);
        QVERIFY(sample.isOk());
        QCOMPARE(toJson(*sample), json);
    }

    void dropsWhatIsOutOfBounds()
    {
        const auto sample = parseWorkloadSample(
            R"({"timestamp":5,"info":{"cpu":{"busy":1e300,"user":"8","cores":-4},"load":[1,2],"memory":{"total":1.5},"uptime":-1,"agent":{"cpu":-1,"rss":"x","probes":{"a":-1,"b":"c"}}}})");
        QVERIFY(sample.isOk());
        QCOMPARE(toJson(*sample), QByteArray(R"({"timestamp":5,"info":{}})"));
    }

    void readsFactsFromAnybody()
    {
        QHash<QByteArray, QByteArray> hash{{"hostname", QByteArray(1 << 20, 'h')},
                                           {"cpu_count", "four"},
                                           {"memory_total", "1024"},
                                           {"addresses", "[\"10.0.0.7\",7]"}};
        const ServerInfo info = serverInfoFromHash(hash);
        QCOMPARE(info.hostname.size(), 256);
        QVERIFY(!info.cpuCount);
        QCOMPARE(info.memoryTotal, std::optional<qint64>(1024));
        QCOMPARE(info.addresses, QStringList{u"10.0.0.7"_s});
    }
};

QTEST_GUILESS_MAIN(TestWorkload)
#include "tst_workload.moc"
