// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/checkfactory.h"
#include "agent/checks/shellidiom.h"
#include "agent/checks/shellwords.h"
#include "agent/probes/procsnapshot.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// What the original's texts mean here beside what a shell answers. The shell, grep and wc are the
/// real ones; ps, pgrep, pidof, netstat and ss answer what they once printed on the prepared /proc
/// of tests/fixtures/shell (record.sh there), and, where asked for, their pipeline's own processes
/// too.
class TestShellAnswers : public QObject
{
    Q_OBJECT
    const QString m_fixture = QStringLiteral(FIXTURES "/shell");
    QTemporaryDir m_folder;
    int m_texts = 0, m_countThemselves = 0;

    /// What stands in front of a command in the lines of `ps`, by its columns.
    static QByteArray psLine(const QByteArray &recorded, const QByteArray &command)
    {
        const QByteArray header = recorded.left(recorded.indexOf('\n'));
        const bool hasArguments = recorded.contains("--port=3306");
        const QByteArray shown = hasArguments
            ? command
            : command.left(command.indexOf(' '))
                  .mid(command.lastIndexOf('/', command.indexOf(' ')) + 1);
        return (header.contains("USER") || header.contains("UID") ? "root " : "")
            + QByteArray(header.contains("PID") ? " 4001 ? 0:00 " : "") + shown + '\n';
    }

    void writeFile(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
    }

    /// Lines of the shell and of each command but the first, as ps sees them while they run.
    void writeOwnProcesses(const QString &text, const QByteArray &recorded)
    {
        QByteArray lines = psLine(recorded, "sh -c " + text.toUtf8());
        const auto stages = splitPipeline(text.toUtf8()).value_or(QList<QByteArrayList>());
        for (const QByteArrayList &words : stages.mid(1))
            lines += psLine(recorded, words.join(' '));
        writeFile(u"own"_s, lines);
    }

    /// The last number that the shell prints: 0 when it prints none, -1 when a command was never
    /// recorded.
    int shellCount(const QString &text, bool withItself)
    {
        static const QRegularExpression folder(
            u"(?:/usr)?/s?bin/(?=(?:ps|pgrep|pidof|netstat|ss)\\b)"_s);
        const QString command = QString(text).remove(folder);
        writeFile(u"own"_s, {});
        const auto stages = splitPipeline(command.toUtf8()).value_or(QList<QByteArrayList>());
        if (withItself && !stages.isEmpty() && stages.first().first() == "ps")
            writeOwnProcesses(text, recordedAnswer(stages.first()));
        QProcess shell;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PATH"_s, m_folder.path() + u':' + environment.value(u"PATH"_s));
        environment.insert(u"LC_ALL"_s, u"C"_s);
        shell.setProcessEnvironment(environment);
        shell.start(u"/bin/sh"_s, {u"-c"_s, command});
        if (!shell.waitForFinished(30'000)
            || shell.readAllStandardError().contains("never recorded"))
            return -1;
        const QByteArray printed = shell.readAllStandardOutput().simplified();
        const bool isPids = stages.size() == 1 && !text.contains(u" -c") && !text.contains(u" -fc")
            && !text.contains(u"--count");
        return isPids ? int(printed.isEmpty() ? 0 : printed.count(' ') + 1)
                      : printed.mid(printed.lastIndexOf(' ') + 1).toInt();
    }

    static QString answerName(const QByteArray &command)
    {
        return QString::fromLatin1(
            QCryptographicHash::hash(command, QCryptographicHash::Md5).toHex());
    }

    QByteArray recordedAnswer(const QByteArrayList &words)
    {
        QFile file(m_folder.filePath(answerName(words.join(' '))));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    CheckResult ask(const QString &text, const ProcSnapshot &processes) const
    {
        return ask(text, processes, m_fixture + u"/proc"_s);
    }

    static CheckResult ask(const QString &text, const ProcSnapshot &processes,
                           const QString &procRoot)
    {
        const ServiceDefinition service{{u"dummy"_s, u"one"_s}, TextCheck{text}, {}, false};
        const ProbeContext context{procRoot, {}};
        const auto probe = makeServiceProbe(service, *service.alive, context);
        std::optional<CheckResult> result;
        probe.value()->check(processes, [&result](const CheckResult &answer) { result = answer; });
        return result.value_or(CheckResult::unknown(u"no answer"_s, {}));
    }

private Q_SLOTS:

    void initTestCase()
    {
        QFile file(m_fixture + u"/answers.json"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject answers = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(answers.size() > 40);
        for (auto it = answers.begin(); it != answers.end(); ++it) {
            const QJsonObject answer = it.value().toObject();
            const QString name = answerName(it.key().toUtf8());
            writeFile(name, answer[u"out"_s].toString().toUtf8());
            writeFile(name + u".exit"_s, QByteArray::number(answer[u"exit"_s].toInt()));
        }
        for (const QString &program : {u"ps"_s, u"pgrep"_s, u"pidof"_s, u"netstat"_s, u"ss"_s})
            QVERIFY(QFile::link(m_fixture + u"/answer.sh"_s, m_folder.filePath(program)));
    }

    void answersAsTheShellDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count"); // ours; of sockets: 1 when something listens
        QTest::addColumn<QString>("differs"); // why the shell counts otherwise, even without itself
        const auto row = [](const char *text, int count, const char *differs = "") {
            QTest::newRow(text) << QString::fromUtf8(text) << count << QString::fromUtf8(differs);
        };
        const char *aPid = "the shell finds 3306 in a pid too";
        const char *aZombie = "the shell counts a zombie";
        const char *aHeader = "the shell counts the header";
        const char *aPipeline = "the shell counts somebody else's pipeline";
        const char *aClient = "the shell counts connections";

        row("ps aux | grep sshd | wc -l", 2);
        row("ps aux | grep mysqld_safe | wc -l", 2);
        row("ps aux | grep mysqld_safe | grep 3306 | wc -l", 1);
        row("ps aux | grep mysqld_safe | grep 3308 | wc -l", 0);
        row("ps aux | grep 3306 | wc -l", 2, aPid);
        row("ps aux | grep mysqld_safe | grep -v grep | wc -l", 2);
        row("ps aux | grep -v grep | grep mysqld_safe | grep 3307 | wc -l", 1);
        row("ps aux|grep redis-server|wc -l", 3);
        row("  ps   aux \t|  grep \t redis-server | wc   -l  ", 3);
        row("ps aux | grep 'redis-server \\*:6379' | wc -l", 1);
        row("ps aux | grep \"redis-server\" | grep \"6380\" | wc -l", 1);
        row("ps aux | grep [r]edis-server | wc -l", 3);
        row("ps aux | grep \"[n]ginx: master\" | wc -l", 1);
        row("ps aux | grep nginx | wc -l", 4);
        row("ps aux | grep nginx: | wc -l", 3);
        row("ps aux | grep 'nginx: worker' | grep -c nginx", 2);
        row("ps aux | grep -c nginx", 4);
        row("ps aux | grep -c [n]ginx", 4);
        row("ps aux | grep -v grep | grep -c nginx", 4);
        row("ps aux | grep httpd | wc -l", 2, aZombie);
        row("ps aux | grep '[h]ttpd -D' | wc -l", 2);
        row("ps aux | grep gearmand | wc -l", 1, aPipeline);
        row("ps aux | grep gearmand | grep -v grep | wc -l", 1);
        row("ps aux | grep -i NGINX | wc -l", 4);
        row("ps aux | grep -w mysqld | wc -l", 0);
        row("ps aux | grep -w nginx | wc -l", 4);
        row("ps aux | grep -iw 'SSHD' | wc -l", 2);
        row("ps aux | egrep 'mariadbd|memcached' | wc -l", 3);
        row("ps aux | egrep -v 'grep|vi ' | egrep redis-server | wc -l", 2);
        row("ps aux | grep -E 'mariadbd|memcached' | wc -l", 3);
        row("ps aux | grep -E '(mariadbd|mysqld_safe).*--port=330[67]' | wc -l", 4);
        row("ps aux | grep 'mariadbd\\|memcached' | wc -l", 3);
        row("ps aux | grep 'mariadbd|memcached' | wc -l", 0);
        row("ps aux | grep -e mariadbd -e memcached | wc -l", 3);
        row("ps aux | fgrep '*:6379' | wc -l", 1);
        row("ps aux | grep -F '*:6379' | wc -l", 1);
        row("ps aux | grep -- --port=3307 | wc -l", 2);
        row("ps aux | grep --regexp=--port=3307 | wc -l", 2);
        row("ps aux | grep --count --ignore-case JAVA", 1);
        row("ps aux | grep --color=auto tomcat1 | wc -l", 1);
        row("ps aux | grep -n memcached | wc -l", 1);
        row("ps aux | grep -m 1 nginx | wc -l", 4, "the shell stops at the first");
        row("ps aux | grep 'httpd -DFOREGROUND$' | wc -l", 2);
        row("ps aux | grep '^root ' | grep photolib | wc -l", 1);
        row("ps aux 2>/dev/null | grep memcached 2>&1 | wc -l", 1);
        row("/bin/ps aux | /bin/grep memcached | /usr/bin/wc -l", 1);
        row("LC_ALL=C ps aux | grep memcached | wc -l", 1);
        row("ps aux | grep \"c --name=x y\" | wc -l", 1);
        row("ps aux | grep photolib/app.py | wc --lines", 1);
        row("ps aux | grep varnishd | wc -l", 1);
        row("ps aux | grep kthreadd | wc -l", 1);
        row("ps axu | grep java | wc -l", 1);
        row("ps -aux | grep java | wc -l", 1);
        row("ps auxw | grep java | wc -l", 1);
        row("ps auxww | grep catalina | wc -l", 1);
        row("ps ax | grep catalina | wc -l", 1);
        row("ps axf | grep catalina | wc -l", 1);
        row("ps -ef | grep catalina | wc -l", 1);
        row("ps -ef | grep mysqld_safe | grep -v grep | wc -l", 2);
        row("ps -ef|grep -v grep|grep sshd|grep -c deploy", 1);
        row("ps -efww | grep tomcat1 | wc -l", 1);
        row("ps -aef | grep tomcat1 | wc -l", 1);
        row("ps -eF | grep tomcat1 | wc -l", 1);
        row("ps -Af | grep tomcat1 | wc -l", 1);
        row("ps -elf | grep tomcat1 | wc -l", 1);
        row("ps -e | grep mariadbd | wc -l", 2);
        row("ps -A | grep mysqld_safe | wc -l", 2);
        row("ps -A | grep 3307 | wc -l", 0);
        row("ps -eo args | grep mariadbd | wc -l", 2);
        row("ps -eo pid,cmd | grep redis-server | grep -v grep | wc -l", 3);
        row("ps -e -o comm | grep -x nginx | wc -l", 3);
        row("ps -eo user,pid,args | grep '^root.*java' | wc -l", 1);
        row("ps axo pid,command | grep memcached | wc -l", 1);
        row("ps -C nginx | wc -l", 3, aHeader);
        row("ps -C nginx --no-headers | wc -l", 3);
        row("ps -C nginx | grep -c nginx", 3);
        row("ps -C nginx -o pid= | wc -l", 3);
        row("ps -C nosuch -o pid= | wc -l", 0);
        row("ps -C mysqld_safe | grep -v PID | wc -l", 2);
        row("ps -C nginx,httpd -o pid,args | grep FOREGROUND | wc -l", 2);
        row("pgrep sshd", 2);
        row("pgrep sshd | wc -l", 2);
        row("pgrep -c mariadbd", 2);
        row("pgrep -c nosuch", 0);
        row("pgrep -x mariadb", 0);
        row("pgrep -x nginx", 3);
        row("pgrep -f 'port=330[67]' | wc -l", 4);
        row("pgrep -fc catalina", 1);
        row("pgrep mysqld_safe", 2);
        row("pgrep -x systemd-journal", 1);
        row("pgrep -i NGINX", 3);
        row("pgrep -l redis | wc -l", 2);
        row("pgrep -f -- --port=3307", 2);
        row("pgrep --full --count nginx", 4);
        row("pidof sshd", 2);
        row("pidof nginx | wc -w", 3);
        row("pidof -x mysqld_safe", 2);
        row("pidof nosuch", 0);
        row("pidof nginx | wc -l", 3, "pidof prints one line");
        row("netstat -ltn | grep :3306 | wc -l", 1);
        row("netstat -ltn | grep :3307 | wc -l", 0);
        row("netstat -lnt | grep ':80 ' | wc -l", 1);
        row("netstat -ltn | grep 0.0.0.0:22 | wc -l", 1);
        row("netstat -l -t -n | grep -w 6379 | wc -l", 1);
        row("netstat -ltn | grep -w 637 | wc -l", 0);
        row("netstat -an | grep LISTEN | grep :3306 | wc -l", 1);
        row("netstat -ant | grep ':3306 .*LISTEN' | wc -l", 1);
        row("netstat -ant | grep ESTABLISHED | wc -l", 0, aClient);
        row("netstat -tulpn | grep :161 | wc -l", 1);
        row("netstat -tulpn | grep tcp6 | grep 11211 | grep -c LISTEN", 1);
        row("netstat -lx | grep mysql.sock | wc -l", 1);
        row("netstat --listening --tcp --numeric | egrep ':(80|443)[[:space:]]' | wc -l", 1);
        row("ss -ltn | grep :6379 | wc -l", 1);
        row("ss -ltn | grep :6380 | wc -l", 0);
        row("ss -lnt | grep -c ':80 '", 1);
        row("ss -lnt | grep '\\*:80' | wc -l", 1);
        row("ss -tuln | grep udp | grep 127.0.0.1:323 | wc -l", 0);
        row("ss -tuln | grep 'udp.*:323' | wc -l", 1);
        row("ss -tln4 | grep 11211 | wc -l", 0);
        row("ss -ltnH | grep -w 22 | wc -l", 1);
        row("ss -lx | grep mysql.sock | wc -l", 1);
        row("/usr/sbin/ss -ltn | grep LISTEN | grep 127.0.0.1:3306 | wc -l", 1);
    }

    void answersAsTheShellDoes()
    {
        QFETCH(QString, text);
        QFETCH(int, count);
        QFETCH(QString, differs);
        ProcSnapshot processes(m_fixture + u"/proc"_s);
        QVERIFY(processes.refresh(0));
        const CheckResult result = ask(text, processes);
        QVERIFY2(result.alive, qPrintable(result.reason));
        QCOMPARE(*result.alive, count > 0);

        const auto source = recogniseShell(text)->source;
        const bool isProcesses = source == ShellIdiom::Source::Processes;
        if (isProcesses)
            QCOMPARE(int(result.processes.size()), count);
        const int shell = shellCount(text, false);
        const int itself = shellCount(text, true);
        QVERIFY(shell >= 0 && itself >= shell);
        if (differs.isEmpty() && isProcesses)
            QCOMPARE(shell, count);
        else if (differs.isEmpty())
            QCOMPARE(shell > 0, count > 0);
        else
            QVERIFY2(shell != count, "they agree: take the note away");
        ++m_texts;
        m_countThemselves += itself > shell ? 1 : 0;
    }

    /// What makes the original's checks lie: a pipeline that greps for a dead service finds itself.
    void neverCountsItself_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"ps aux | grep nosuchd | wc -l", "ps aux | grep mysqld_safe | grep 3308 | wc -l",
              "ps -ef | grep -c nosuchd", "ps ax | egrep 'nosuchd|otherd' | wc -l"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }

    void neverCountsItself()
    {
        QFETCH(QString, text);
        ProcSnapshot processes(m_fixture + u"/proc"_s);
        QVERIFY(processes.refresh(0));
        QVERIFY(shellCount(text, true) > 0);
        QCOMPARE(shellCount(text, false), 0);
        QCOMPARE(ask(text, processes).alive, std::optional(false));
    }

    /// The test's own number may well be one in a saved /proc, or in another host's.
    void onlyTheAgentItselfNeverCounts()
    {
        const QString root = m_folder.filePath(u"processes"_s), self = QString::number(getpid());
        QVERIFY(QDir(root).mkpath(self));
        for (const QString &name : {u"/stat"_s, u"/cmdline"_s})
            QVERIFY(QFile::copy(m_fixture + u"/proc/1600"_s + name, root + u'/' + self + name));
        ProcSnapshot processes(root);
        QVERIFY(processes.refresh(0));
        const QString text = u"ps aux | grep tomcat1 | wc -l"_s;
        const QString named = u"pgrep -f tomcat1"_s;
        QCOMPARE(ask(text, processes, root).processes, QList<pid_t>{getpid()});
        QCOMPARE(ask(named, processes, root).processes, QList<pid_t>{getpid()});
        QVERIFY(QFile::link(self, root + u"/self"_s));
        QCOMPARE(ask(text, processes, root).alive, std::optional(false));
        QCOMPARE(ask(named, processes, root).alive, std::optional(false));
    }

    void tellsWhatDoesNotListen()
    {
        const ProcSnapshot processes(u"/nowhere"_s);
        const CheckResult died = ask(u"ss -ltn | grep :3307 | wc -l"_s, processes);
        QCOMPARE(died.code, u"listen.none"_s);
        QCOMPARE(died.reason, u"nothing listens on a socket matching \":3307\""_s);
        const auto probe
            = makeServiceProbe({{u"dummy"_s, u"one"_s}, {}, {}, false},
                               TextCheck{u"ss -ltn | grep :22 | wc -l"_s}, {m_folder.path(), {}});
        QVERIFY(QDir(m_folder.path()).mkpath(u"net"_s));
        const auto now = [&] {
            CheckResult result;
            probe.value()->check(processes, [&result](const CheckResult &one) { result = one; });
            return result;
        };
        QCOMPARE(now().code, u"listen.unreadable"_s);
        QVERIFY(QFile::copy(m_fixture + u"/proc/net/tcp"_s, m_folder.filePath(u"net/tcp"_s)));
        QCOMPARE(now().alive, std::optional(true));
        writeFile(u"net/tcp"_s, "  sl  local_address rem_address   st\n");
        QCOMPARE(now().alive, std::optional(false));
    }

    void cleanupTestCase()
    {
        QVERIFY(m_texts == 0 || m_texts > 60);
        qInfo("%d texts, of which %d count themselves in a shell", m_texts, m_countThemselves);
    }
};

QTEST_GUILESS_MAIN(TestShellAnswers)
#include "tst_shellanswers.moc"
