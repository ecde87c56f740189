// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/modstatus.h"
#include "agent/probes/stubstatus.h"
#include "agent/probes/varnishcli.h"
#include "agent/probes/varnishstat.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// What web servers tell of themselves, as several versions write it, and as none does.
class TestWebStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void readsStubStatus()
    {
        const QByteArray page
            = "Active connections: 291 \nserver accepts handled requests\n"
              " 16630948 16630940 31070465 \nReading: 6 Writing: 179 Waiting: 106 \n";
        const QJsonObject info = parseStubStatus(page);
        QCOMPARE(info.value(u"connections"_s).toInt(), 291);
        QCOMPARE(info.value(u"requests"_s).toInt(), 31070465);
        QCOMPARE(info.value(u"dropped"_s).toInt(), 8);
        QCOMPARE(info.value(u"waiting"_s).toInt(), 106);
        // Tengine has one more column.
        QByteArray tengine = page;
        tengine.replace("handled requests\n", "handled requests request_time\n");
        QCOMPARE(parseStubStatus(tengine), info);
        for (const QByteArray &other : {QByteArray(), QByteArray("<html>"), page.first(40),
                                        QByteArray(page).replace("6630948", "x"),
                                        QByteArray(page).replace("16630940", "16630949"),
                                        QByteArray(page).replace("291", "-1")})
            QVERIFY2(parseStubStatus(other).isEmpty(), other.constData());
    }

    void readsModStatusWithAndWithoutExtendedStatus()
    {
        const QJsonObject plain = parseModStatus("BusyWorkers: 3\r\nIdleWorkers: 7\r\n");
        QCOMPARE(plain, (QJsonObject{{u"workers_busy"_s, 3}, {u"workers_idle"_s, 7}}));
        const QJsonObject more = parseModStatus(
            "localhost\nServerVersion: Apache/2.4.57 (Debian)\nTotal Accesses: 12\nTotal kBytes: "
            "24\n"
            "Uptime: 2\nBusyWorkers: 1\nIdleWorkers: 24\nConnsTotal: 5\nScoreboard: _W__\n");
        QCOMPARE(more.value(u"bytes"_s).toInt(), 24 * 1024);
        QCOMPARE(more.value(u"accesses"_s).toInt(), 12);
        QCOMPARE(more.value(u"connections"_s).toInt(), 5);
        QCOMPARE(more.value(u"version"_s).toString(), u"Apache/2.4.57 (Debian)"_s);
        QVERIFY(parseModStatus("BusyWorkers: 1\nIdleWorkers: -1\n").isEmpty());
        QVERIFY(parseModStatus("<html>BusyWorkers</html>").isEmpty());
    }

    void answersVarnishsChallengeAsItsManualShows()
    {
        // The example of varnish-cli(7): the secret file holds "foo" and a newline.
        QCOMPARE(
            varnishAuthentication("ixslvvxrgkjptxmcgnnsdxsvdmvfympg\n\nAuthentication required.\n",
                                  "foo\n"),
            QByteArray("auth 455ce847f0073c7ab3b1465f74507b75d3dc064c1e7de3b71e00de9092fdc89a\n"));
        QVERIFY(varnishAuthentication("short\n", "foo\n").isEmpty());
    }

    void readsVarnishsBackends()
    {
        const auto backends = parseVarnishBackends(
            R"([3, ["backend.list", "-j"], 1.5, {
                "boot.a": {"admin_health": "probe", "probe_message": [3, 3, "healthy"]},
                "boot.b": {"admin_health": "probe", "probe_message": [0, 3, "sick"]},
                "boot.c": {"admin_health": "sick", "probe_message": [3, 3, "healthy"]},
                "boot.d": {"admin_health": "healthy", "probe_message": [0, 3, "sick"]},
                "boot.e": {"admin_health": "probe"}}])");
        QVERIFY(backends.has_value());
        QCOMPARE(backends->all, 5);
        QCOMPARE(backends->healthy, 3);
        QCOMPARE(backends->sick, (QStringList{u"boot.b"_s, u"boot.c"_s}));
        QVERIFY(!parseVarnishBackends("Backend name   Admin\n"));
    }

    void readsBothLayoutsOfVarnishstat()
    {
        const QByteArray counters
            = R"("MAIN.cache_hit": {"value": 3}, "MAIN.cache_miss": {"value": 1},
                 "SMA.s0.g_bytes": {"value": 100}, "SMF.s1.g_bytes": {"value": 50},
                 "SMA.Transient.g_bytes": {"value": 7}, "MAIN.threads": {"value": -5})";
        const QJsonObject info
            = parseVarnishStat("{\"version\":1,\"counters\":{" + counters + "}}");
        QCOMPARE(info.value(u"hit_ratio"_s).toDouble(), 75.0);
        QCOMPARE(info.value(u"storage_used"_s).toDouble(), 150.0);
        QVERIFY(!info.contains(u"threads"_s));
        QCOMPARE(parseVarnishStat("{\"timestamp\":\"now\"," + counters + "}"), info);
        QVERIFY(parseVarnishStat("[]").isEmpty() && parseVarnishStat("{\"counters\":3}").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWebStatus)
#include "tst_webstatus.moc"
