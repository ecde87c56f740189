// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/checkfactory.h"
#include "agent/checks/shellidiom.h"
#include "agent/probes/procsnapshot.h"
#include "tests/support/testdaemon.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// What the original's texts mean, on a saved /proc.
class TestTextChecks : public QObject
{
    Q_OBJECT
    const QString m_fixture = QStringLiteral(FIXTURES "/proc");

    CheckResult ask(const QString &text, const ProcSnapshot &processes) const
    {
        const ServiceDefinition service{{u"dummy"_s, u"one"_s}, TextCheck{text}, {}, false};
        const auto probe = makeServiceProbe(service, *service.alive, {m_fixture, {}});
        std::optional<CheckResult> result;
        probe.value()->check(processes, [&result](const CheckResult &answer) { result = answer; });
        return result.value_or(CheckResult::died(u"no answer"_s, {}));
    }

    /// For texts that are answered over a socket.
    static CheckResult askLater(const QString &text, bool keepsInfo = false)
    {
        const ServiceDefinition service{
            {u"dummy"_s, u"one"_s}, TextCheck{text, keepsInfo}, {}, false};
        const auto probe = makeServiceProbe(service, *service.alive, {});
        const ProcSnapshot processes(u"/nowhere"_s);
        std::optional<CheckResult> result;
        probe.value()->check(processes, [&result](const CheckResult &answer) { result = answer; });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }, 20'000))
            qFatal("no answer from the probe");
        return *result;
    }

private Q_SLOTS:

    void countsWhatItsAuthorMeant_data()
    {
        using Pids = QList<pid_t>;
        QTest::addColumn<QString>("text");
        QTest::addColumn<Pids>("pids");
        const auto row = [](const char *text, const Pids &pids) {
            QTest::newRow(text) << QString::fromUtf8(text) << pids;
        };
        row("ps aux | grep sshd | wc -l", {200, 201});
        row("ps aux | grep /usr/sbin/sshd | wc -l", {200});
        row("ps aux | grep /usr/sbin/sshd | wc -l == 0", {200});
        row("ps aux | grep mysqld_safe | grep 3306 | wc -l", {300});
        row("ps aux | grep mysqld_safe | grep 3307 | wc -l", {302});
        row("ps aux | grep mysqld_safe | grep 3308 | wc -l", {});
        row("ps aux|grep mysqld_safe|grep 3306|wc -l", {300});
        row("  ps   aux  |  grep   mysqld_safe | wc  -l ", {300, 302});
        row("ps aux | grep mysqld_safe | grep -v grep | wc -l", {300, 302});
        row("ps aux | grep -v grep | grep mysqld_safe | wc -l", {300, 302});
        row("ps aux | grep mysqld_safe | grep -v 3307 | wc -l", {300});
        row("ps aux | grep 'mysqld_safe' | wc -l", {300, 302});
        row("ps aux | grep \"mysqld_safe --port=3307\" | wc -l", {302});
        row("ps aux | grep mysqld\\_safe | wc -l", {300, 302});
        row("ps aux | grep [m]ysqld_safe | wc -l", {300, 302});
        row("ps aux | grep -i MYSQLD_SAFE | wc -l", {300, 302});
        row("ps aux | grep -w mysqld | wc -l", {});
        row("ps aux | grep -wi 'SSHD' | wc -l", {200, 201});
        row("ps aux | egrep 'mariadbd|redis-server' | wc -l", {301, 400, 401});
        row("ps aux | grep -E 'mariadbd|redis-server' | wc -l", {301, 400, 401});
        row("ps aux | grep 'mariadbd\\|redis-server' | wc -l", {301, 400, 401});
        row("ps aux | grep 'mariadbd|redis-server' | wc -l", {});
        row("ps aux | grep -e mariadbd -e redis-server | wc -l", {301, 400, 401});
        row("ps aux | fgrep '*:6379' | wc -l", {400});
        row("ps aux | grep -F '*:6379' | wc -l", {400});
        row("ps aux | grep 'redis-server .*:6379' | wc -l", {400});
        row("ps aux | grep redis-server | grep 6380 | wc -l", {401});
        row("/bin/ps aux | /bin/grep redis-server | /usr/bin/wc -l", {400, 401});
        row("ps -ef | grep nginx | wc -l", {500, 501});
        row("ps -ef | grep 'nginx: master' | grep -c nginx", {500});
        row("ps ax | grep nginx: | wc -l", {500, 501});
        row("ps -aux | grep nginx | wc --lines", {500, 501});
        row("ps auxww | grep tomcat1 | wc -l", {600});
        row("ps -eF | grep tomcat2 | wc -l", {});
        row("ps aux 2>/dev/null | grep tomcat1 2>&1 | wc -l", {600});
        row("ps -e | grep mariadbd | wc -l", {301});
        row("ps -A | grep 3306 | wc -l", {}); // prints no arguments
        row("ps aux | grep gearmand | wc -l", {}); // only somebody else's pipeline
        row("ps aux | grep varnish | wc -l", {702}); // ps would count the editor too
        row("ps aux | grep 'c --name=x y' | wc -l", {77});
        row("ps aux | grep kthreadd | wc -l", {2});
        row("ps aux | grep defunct | wc -l", {});
        row("ps aux | grep 'line?break' | wc -l", {900});
        row("ps aux | grep 'memcached?x' | wc -l", {900});
        row("pgrep -c mariadbd", {301});
        row("pgrep mariadb", {301});
        row("pgrep -x mariadb | wc -l", {});
        row("pgrep -f 'port=330[67]' | wc -l", {300, 301, 302});
        row("pgrep -fc catalina", {600});
        row("pidof sshd", {200, 201});
        row("ps aux | grep 'sshd$' | wc -l", {});
        row("ps aux | grep -- --port=3307 | wc -l", {302});
        row("ps aux | grep --color=never tomcat1 | grep -v -e vi -e sh | wc -l", {600});
    }

    void countsWhatItsAuthorMeant()
    {
        QFETCH(QString, text);
        QFETCH(QList<pid_t>, pids);
        ProcSnapshot processes(m_fixture);
        QVERIFY(processes.refresh(0));
        const CheckResult result = ask(text, processes);
        QVERIFY2(result.alive, qPrintable(result.reason));
        QCOMPARE(result.processes, pids);
        QCOMPARE(*result.alive, !pids.isEmpty());
        QCOMPARE(result.code.isEmpty(), *result.alive);
    }

    void leavesEverythingElseUnknown_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"",
                                 "true",
                                 "rm -rf /",
                                 "ps aux",
                                 "ps aux | grep x",
                                 "ps aux | grep x | awk '{print $2}' | wc -l",
                                 "ps aux | grep x | wc -l; reboot",
                                 "ps aux | grep x | wc -l && reboot",
                                 "ps aux | grep $(reboot) | wc -l",
                                 "ps aux | grep `reboot` | wc -l",
                                 "ps aux | grep \"$HOME\" | wc -l",
                                 "ps aux | grep x > /etc/passwd | wc -l",
                                 "ps aux | grep x | wc -l &",
                                 "ps aux | grep x file | wc -l",
                                 "ps aux | grep -P 'x(?=y)' | wc -l",
                                 "ps aux | grep -q x | wc -l",
                                 "ps aux | grep x | wc -c",
                                 "ps aux | grep 'x | wc -l",
                                 "ps aux || grep x | wc -l",
                                 "ps -p 1 | grep x | wc -l",
                                 "ps u | grep x | wc -l",
                                 "ps -eo pid,etime | grep x | wc -l",
                                 "ps -eLf | grep x | wc -l",
                                 "ps aux | grep -o x | wc -l",
                                 "ps aux | grep -f /etc/patterns | wc -l",
                                 "ps aux | grep -A 1 x | wc -l",
                                 "ps aux | awk '/x/' | wc -l",
                                 "ps aux | grep x | wc",
                                 "ps aux | grep x | wc -w",
                                 "ps aux | grep x | wc -l > /dev/null",
                                 "ps aux | grep -c x | wc -l | wc -l",
                                 "ps aux 2>/dev/nullx | grep x | wc -l",
                                 "ps aux | grep 'a\\)' | wc -l",
                                 "pgrep -P 1 sshd",
                                 "pgrep -v sshd",
                                 "pgrep",
                                 "pidof",
                                 "netstat -lt | grep ssh | wc -l",
                                 "netstat -tn | grep :22 | wc -l",
                                 "netstat -tlnp | grep mysqld | wc -l",
                                 "netstat -rn | grep UG | wc -l",
                                 "ss -ltn sport = :80 | wc -l",
                                 "ss -s | grep TCP | wc -l",
                                 "service nginx status | grep -c running",
                                 "systemctl is-active nginx",
                                 "FOO=1 ps aux | grep x | wc -l",
                                 "ps aux | grep '\\(a\\)\\1' | wc -l",
                                 "ps aux | grep x\nreboot | wc -l",
                                 "redis-cli -a secret info | grep x | wc -l",
                                 "redis-cli flushall | wc -l",
                                 "mysqladmin shutdown | wc -l",
                                 "mysqladmin -S /tmp/s status flush-hosts | wc -l"})
            QTest::newRow(text) << QString::fromUtf8(text);
        QTest::newRow("long") << u"ps aux | grep "_s + QString(100'000, u'x') + u" | wc -l"_s;
    }

    void leavesEverythingElseUnknown()
    {
        QFETCH(QString, text);
        ProcSnapshot processes(m_fixture);
        QVERIFY(processes.refresh(0));
        const CheckResult result = ask(text, processes);
        QVERIFY(!result.alive);
        QCOMPARE(result.code, u"check.text"_s);
        QVERIFY(result.args.contains(u"text"_s));
        QVERIFY(result.reason.contains(u"\"%1\""_s.arg(result.args[u"text"_s].toString())));
        QVERIFY(result.reason.contains(u"sign it, or use a native probe"_s));
        QVERIFY(result.reason.size() < 600);
    }

    void looksAtSomeUsersOnly()
    {
        ProcSnapshot processes(m_fixture);
        QVERIFY(processes.refresh(0));
        const QString user = QString::fromUtf8(processes.find(200)->user); // whose fixture it is
        const auto count = [&](const char *text) {
            return ask(QString::fromUtf8(text).arg(user), processes).processes.size();
        };
        QCOMPARE(count("ps -u %1 | grep sshd | wc -l"), 2);
        QCOMPARE(count("ps -fu %1,nobody | grep 'redis-server .*6379' | wc -l"), 1);
        QCOMPARE(count("ps -u nosuchuser -f | grep sshd | wc -l"), 0);
        QCOMPARE(count("pgrep -u %1 sshd"), 2);
        QCOMPARE(count("pgrep -u%1,nosuchuser -x nginx -c"), 2);
        QCOMPARE(count("pgrep --euid=nosuchuser nginx"), 0);
    }

    void readsWhereAServerListens_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QJsonObject>("parameters");
        QTest::newRow("redis") << u"redis-cli -h 10.0.0.7 -p 6380 info | grep process_id | wc -l"_s
                               << QJsonObject{{u"host"_s, u"10.0.0.7"_s}, {u"port"_s, u"6380"_s}};
        QTest::newRow("redis path")
            << u"/usr/local/bin/redis-cli -s /run/r.sock info server | grep -c redis_version"_s
            << QJsonObject{{u"path"_s, u"/run/r.sock"_s}};
        QTest::newRow("mysql")
            << u"/usr/local/mysql/bin/mysqladmin status --socket=/data0/DB/3306/mysql.sock | grep \"error\" | wc -l"_s
            << QJsonObject{{u"path"_s, u"/data0/DB/3306/mysql.sock"_s}};
        QTest::newRow("mysql port")
            << u"mysqladmin -uroot -psecret -h 10.0.0.7 -P 3307 ping | grep alive | wc -l"_s
            << QJsonObject{{u"host"_s, u"10.0.0.7"_s}, {u"port"_s, u"3307"_s}};
    }

    void readsWhereAServerListens()
    {
        QFETCH(QString, text);
        const auto idiom = recogniseShell(text);
        QVERIFY(idiom);
        QTEST(idiom->parameters, "parameters");
    }

    void asksRedisAsTheTextWants()
    {
        const auto daemon = TestDaemon::redis();
        const auto text = [&daemon](const char *rest) {
            return u"redis-cli -h 127.0.0.1 -p %1 %2"_s.arg(daemon->port())
                .arg(QString::fromUtf8(rest));
        };
        QCOMPARE(askLater(text("info | grep process_id | wc -l")).alive, std::optional(true));
        QCOMPARE(askLater(text("info | grep no_such_key | wc -l")).code, u"redis.text"_s);
        QCOMPARE(askLater(text("ping | grep -c PONG")).alive, std::optional(true));
        const CheckResult info = askLater(text("info memory"), true);
        QVERIFY(info.info.value(u"used_memory"_s).toDouble() > 0);
        daemon->kill();
        QCOMPARE(askLater(text("info | grep process_id | wc -l")).code, u"socket.refused"_s);
    }

    void asksMysqlAsTheTextWants()
    {
        const auto daemon = TestDaemon::mariadb();
        const QString text = u"mysqladmin status --socket=%1/m.sock | grep \"error\" | wc -l"_s.arg(
            daemon->folder());
        QCOMPARE(askLater(text).alive, std::optional(true));
        daemon->kill();
        QCOMPARE(askLater(text).code, u"socket.refused"_s);
    }

    void namesTheProbesThatThereAre()
    {
        const ServiceDefinition service{
            {u"dummy"_s, u"one"_s}, ProbeCheck{u"telepathy"_s, {}}, {}, false};
        const auto probe = makeServiceProbe(service, *service.alive, {});
        QVERIFY(!probe);
        QVERIFY(probe.error().text.contains(u"telepathy"_s)
                && probe.error().text.contains(u"redis"_s));
    }
};

QTEST_GUILESS_MAIN(TestTextChecks)
#include "tst_textchecks.moc"
