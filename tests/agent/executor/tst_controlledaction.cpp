// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/commandline.h"
#include "agent/executor/controlledaction.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QJsonObject actions(const QString &action, const QJsonValue &what)
{
    return {{action, what}};
}

/// One action "restart" of all instances of a role.
Result<ActionRequest> resolved(const QJsonValue &what, const ServiceId &service,
                               ShellPolicy shell = ShellPolicy::Refuse)
{
    const QJsonObject controlled{
        {service.role, QJsonObject{{u"default"_s, actions(u"restart"_s, what)}}}};
    return resolveAction(controlled, {service, u"restart"_s, u"10.0.0.7"_s}, shell);
}

const ServiceId mysql{u"mysql"_s, u"3306"_s};

QString errorOf(const Result<ActionRequest> &result)
{
    return result ? u"no error"_s : result.error().text;
}

} // namespace

/// From the signed configuration to what is run, with all that must not get through.
class TestControlledAction : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void splitsPlainWordsAsAShellDoes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char *line, const QStringList &words) {
            QTest::newRow(line) << QString::fromUtf8(line) << words;
        };
        row("reboot", {u"reboot"_s});
        row("  a\t b  ", {u"a"_s, u"b"_s});
        row("a 'b c' \"d e\"", {u"a"_s, u"b c"_s, u"d e"_s});
        row("a b'c'\"d\"e", {u"a"_s, u"bcde"_s});
        row("a '' \"\"", {u"a"_s, {}, {}});
        row("a '$x' '`y`' '*' '|;&<>'", {u"a"_s, u"$x"_s, u"`y`"_s, u"*"_s, u"|;&<>"_s});
        row("a \\$x \\* b\\ c \\\\", {u"a"_s, u"$x"_s, u"*"_s, u"b c"_s, u"\\"_s});
        row("a \"\\$x \\\" \\\\ \\n\"", {u"a"_s, u"$x \" \\ \\n"_s});
        row("a b#c d~ e=f", {u"a"_s, u"b#c"_s, u"d~"_s, u"e=f"_s});
        row("a {b,c} ]", {u"a"_s, u"{b,c}"_s, u"]"_s});
        row("a if", {u"a"_s, u"if"_s});
        row("'if' x", {u"if"_s, u"x"_s});
        row("重启 服务", {u"重启"_s, u"服务"_s});
    }

    void splitsPlainWordsAsAShellDoes()
    {
        QFETCH(QString, line);
        const auto words = splitCommandLine(line);
        QVERIFY2(words.isOk(), words ? "" : qPrintable(words.error().text));
        QTEST(*words, "words");
    }

    void seesWhatNeedsAShell_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line :
             {"a | b", "a|b",   "a && b", "a; b",   "a &",      "a > b",    "a 2>&1",
              "a <b",  "a $x",  "a ${x}", "a $(b)", "a \"$x\"", "a `b`",    "a \"`b`\"",
              "(a)",   "a *",   "a b?",   "a [b]",  "~/a",      "a ~b",     "# a",
              "a #b",  "X=1 a", "if a",   "! a",    "{ a",      "while a",  "a 'b",
              "a \"b", "a \\",  "",       "  ",     "a\nb",     "a 'b\nc'", "a \x01"})
            QTest::newRow(line) << QString::fromUtf8(line);
        QTest::newRow("NUL") << u"a b"_s + QChar(0) + u"c"_s;
    }

    void seesWhatNeedsAShell()
    {
        QFETCH(QString, line);
        const auto words = splitCommandLine(line);
        QVERIFY2(!words.isOk(), words ? qPrintable(words->join(u'\n')) : "");
        QVERIFY(!words.error().text.isEmpty());
        QVERIFY(errorOf(resolved(line, mysql)).contains(u"sign it"_s)
                || errorOf(resolved(line, mysql)).contains(u"set shell = allow"_s));
    }

    void splitsLikeTheShellItself()
    {
        const QString alphabet = u"aab  \t''\"\"\\$*#~=;é{}!-"_s;
        QRandomGenerator random(1);
        int compared = 0;
        for (int i = 0; i < 5000 && compared < 300; ++i) {
            QString line = u"a "_s;
            for (int length = random.bounded(12); length > 0; --length)
                line += alphabet.at(random.bounded(int(alphabet.size())));
            const auto words = splitCommandLine(line);
            if (!words)
                continue;
            ++compared;
            QProcess shell;
            shell.start(u"/bin/sh"_s, {u"-c"_s, u"printf '%s\\0' "_s + line});
            QVERIFY(shell.waitForFinished());
            QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()),
                     words->join(QChar(0)) + QChar(0));
        }
        QCOMPARE(compared, 300);
    }

    void understandsTheOriginalsExample()
    {
        QFile file(QStringLiteral(FIXTURES "/config/original-example.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject controlled
            = QJsonDocument::fromJson(file.readAll()).object()[u"controlled"_s].toObject();
        const auto restart
            = resolveAction(controlled, {mysql, u"restart"_s, u"10.0.0.7"_s}, ShellPolicy::Refuse);
        QVERIFY2(restart.isOk(), qPrintable(errorOf(restart)));
        QCOMPARE(restart->argv,
                 QStringList({u"/usr/local/sbin/mysql_service"_s, u"restart"_s, u"3306"_s}));
        QVERIFY(restart->timeout == 60s && restart->unit.isEmpty());

        QTemporaryDir folder; // with a "reboot" that nobody should run
        QFile reboot(folder.filePath(u"reboot"_s));
        QVERIFY(reboot.open(QIODevice::WriteOnly));
        const ActionName name{{u"system"_s, u"default"_s}, u"restart"_s, u"10.0.0.7"_s};
        const QString path = u"/nowhere:"_s + folder.path();
        QVERIFY(errorOf(resolveAction(controlled, name, ShellPolicy::Refuse, path))
                    .contains(u"there is no program reboot in /nowhere:"_s)); // not executable
        reboot.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        const auto system = resolveAction(controlled, name, ShellPolicy::Refuse, path);
        QVERIFY2(system.isOk(), qPrintable(errorOf(system)));
        QCOMPARE(system->argv, QStringList{reboot.fileName()});
    }

    void looksProgramsUpInTheFixedPathOnly()
    {
        qputenv("PATH", "/nowhere");
        QVERIFY(resolved(u"ls"_s, mysql)->argv.first().endsWith(u"bin/ls"_s));
        QVERIFY(errorOf(resolved(u"no-such-program"_s, mysql))
                    .endsWith(u"there is no program no-such-program in "
                              "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; "
                              "install it, or write its absolute path"_s));
        for (const char *relative : {"./ls", "bin/ls", "../ls"})
            QVERIFY(errorOf(resolved(QString::fromLatin1(relative), mysql))
                        .contains(u"write its absolute path"_s));
    }

    void takesTheInstancesOwnActionBeforeTheDefault()
    {
        const QJsonObject controlled{
            {u"redis"_s,
             QJsonObject{
                 {u"default"_s, QJsonObject{{u"restart"_s, u"/bin/a"_s}, {u"stop"_s, u"/bin/b"_s}}},
                 {u"6379"_s, QJsonObject{{u"restart"_s, u"/bin/c :instance:"_s}}}}}};
        const auto words = [&controlled](const QString &instance, const QString &action) {
            const auto result = resolveAction(
                controlled, {{u"redis"_s, instance}, action, u"::1"_s}, ShellPolicy::Refuse);
            return result ? result->argv : QStringList{result.error().text};
        };
        QCOMPARE(words(u"6380"_s, u"restart"_s), QStringList{u"/bin/a"_s});
        QCOMPARE(words(u"6379"_s, u"restart"_s), QStringList({u"/bin/c"_s, u"6379"_s}));
        QCOMPARE(words(u"6380"_s, u"stop"_s), QStringList{u"/bin/b"_s});
        QCOMPARE(words(u"6379"_s, u"stop"_s), QStringList{u"/bin/b"_s});
        QCOMPARE(words(u"6379"_s, u"start"_s),
                 QStringList{u"controlled has no action 'start' for redis:6379: add it to the "
                             "configuration and sign it"_s});
    }

    void replacesPlaceholdersAfterSplitting()
    {
        const auto request
            = resolved(u"/opt/:role:/:instance:/run --at=:ip: ':port: x' :instance:"_s, mysql);
        QVERIFY2(request.isOk(), qPrintable(errorOf(request)));
        QCOMPARE(
            request->argv,
            QStringList({u"/opt/mysql/3306/run"_s, u"--at=10.0.0.7"_s, u"3306 x"_s, u"3306"_s}));
        QVERIFY(errorOf(resolved(u"/bin/a :port:"_s, {u"own"_s, u"default"_s}))
                    .contains(u"needs ':port:'"_s));
    }

    void namesCannotBecomeOptionsOrPaths_data()
    {
        QTest::addColumn<QString>("instance");
        QTest::addColumn<QString>("line");
        QTest::newRow("option") << u"-rf"_s << u"/bin/rm :instance:"_s;
        QTest::newRow("long option") << u"--help"_s << u"/bin/rm :instance:.pid"_s;
        QTest::newRow("up") << u".."_s << u"/bin/rm /a/:instance:/b"_s;
        QTest::newRow("here") << u"."_s << u"/bin/rm /a/:instance:"_s;
    }

    void namesCannotBecomeOptionsOrPaths()
    {
        QFETCH(QString, instance);
        QFETCH(QString, line);
        const ServiceId service{u"mysql"_s, instance};
        QVERIFY(errorOf(resolved(line, service)).contains(u"would be given"_s));
        QVERIFY(!resolved(line + u" | cat"_s, service, ShellPolicy::Allow).isOk());
        QVERIFY(!resolved(QJsonObject{{u"argv"_s,
                                       QJsonArray{u"/bin/rm"_s, u"x"_s, line.section(u' ', 1)}}},
                          service)
                     .isOk());
    }

    void refusesWhatIsNoName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("nothing") << QString();
        QTest::newRow("two words") << u"a b"_s;
        QTest::newRow("list") << u"a;reboot"_s;
        QTest::newRow("substitution") << u"$(reboot)"_s;
        QTest::newRow("line") << u"a\nb"_s;
        QTest::newRow("last line") << u"a\n"_s;
        QTest::newRow("NUL") << u"a"_s + QChar(0);
        QTest::newRow("up") << u"../a"_s;
        QTest::newRow("placeholder") << u":ip:"_s;
        QTest::newRow("right to left") << u"a\u202eb"_s;
        QTest::newRow("long") << QString(65, u'a');
        QTest::newRow("very long") << QString(10'000'000, u'a');
    }

    void refusesWhatIsNoName()
    {
        QFETCH(QString, name);
        const QJsonObject all{{name, QJsonObject{{name, actions(name, u"/bin/true"_s)}}},
                              {u"a"_s, QJsonObject{{u"default"_s, actions(u"b"_s, u"/bin/a"_s)}}}};
        for (const ActionName &wrong : {ActionName{{name, u"b"_s}, u"b"_s, u"::1"_s},
                                        {{u"a"_s, name}, u"b"_s, u"::1"_s},
                                        {{u"a"_s, u"b"_s}, name, u"::1"_s},
                                        {{u"a"_s, u"b"_s}, u"b"_s, name}}) {
            const QString error = errorOf(resolveAction(all, wrong, ShellPolicy::Allow));
            QVERIFY2(error.contains(u" is no "_s), qPrintable(error));
            QVERIFY(error.size() < 200 && !error.contains(u'\n') && !error.contains(QChar(0))
                    && !error.contains(QChar(0x202e)));
        }
        QVERIFY(
            errorOf(resolveAction(all, {{u"a"_s, u"_"_s}, u"b"_s, u"::1"_s}, ShellPolicy::Refuse))
                .contains(u"is no instance"_s));
    }

    void runsAShellOnlyWhereThePolicyAllows()
    {
        const QString line = u"kill $(cat /run/:instance:.pid) && echo :ip:"_s;
        QCOMPARE(errorOf(resolved(line, mysql)),
                 u"controlled mysql:3306 restart needs a shell (the substitution '$'), which the "
                 "policy of this server refuses: name one program and its words, write a script, "
                 "or set shell = allow in its policy.conf"_s);
        const auto allowed = resolved(line, mysql, ShellPolicy::Allow);
        QVERIFY(allowed.isOk());
        QCOMPARE(
            allowed->argv,
            QStringList({u"/bin/sh"_s, u"-c"_s, u"kill $(cat /run/3306.pid) && echo 10.0.0.7"_s}));
        // What needs none gets none.
        QCOMPARE(resolved(u"/bin/a b"_s, mysql, ShellPolicy::Allow)->argv,
                 QStringList({u"/bin/a"_s, u"b"_s}));
        QVERIFY(!resolved(u"a | b\nc"_s, mysql, ShellPolicy::Allow).isOk());
        QVERIFY(!resolved(u" "_s, mysql, ShellPolicy::Allow).isOk());
        QVERIFY(!resolved(QString(4097, u'a'), mysql, ShellPolicy::Allow).isOk());
    }

    void takesUnitsAndArgv()
    {
        const auto unit = resolved(
            QJsonObject{{u"unit"_s, u"mysql@:port:.service"_s}, {u"timeout"_s, 90}}, mysql);
        QVERIFY2(unit.isOk(), qPrintable(errorOf(unit)));
        QVERIFY(unit->argv.isEmpty());
        QCOMPARE(unit->unit, u"mysql@3306.service"_s);
        QCOMPARE(unit->verb, u"restart"_s);
        QVERIFY(unit->timeout == 90s);
        const auto argv
            = resolved(QJsonObject{{u"argv"_s, QJsonArray{u"/bin/a"_s, u"$x | *"_s, u":port:"_s}},
                                   {u"timeout"_s, 1.5}},
                       mysql);
        QVERIFY2(argv.isOk(), qPrintable(errorOf(argv)));
        QCOMPARE(argv->argv, QStringList({u"/bin/a"_s, u"$x | *"_s, u"3306"_s}));
        QVERIFY(argv->timeout == 1500ms);
        const QJsonObject kill{
            {u"nginx"_s,
             QJsonObject{
                 {u"default"_s, actions(u"kill"_s, QJsonObject{{u"unit"_s, u"n.service"_s}})}}}};
        QVERIFY(errorOf(resolveAction(kill, {{u"nginx"_s, u"default"_s}, u"kill"_s, u"::1"_s},
                                      ShellPolicy::Refuse))
                    .contains(u"knows start, stop, restart and reload only"_s));
    }

    void refusesWhatIsNoAction_data()
    {
        QTest::addColumn<QJsonValue>("what");
        const auto row
            = [](const char *json) {
                  QTest::newRow(json)
                      << QJsonDocument::fromJson(QByteArray("[") + json + ']').array().at(0);
              };
        row("null");
        row("5");
        row("[]");
        row("{}");
        row(R"({"unit":"a.service","argv":["/bin/a"]})");
        row(R"({"unit":"a"})");
        row(R"({"unit":"a b.service"})");
        row(R"({"unit":"../a.service"})");
        row(R"({"unit":5})");
        row(R"({"argv":[]})");
        row(R"({"argv":[""]})");
        row(R"({"argv":["/bin/a",5]})");
        row(R"({"argv":"/bin/a"})");
        row(R"({"argv":["/bin/a","b\u0000c"]})");
        row(R"({"argv":["/bin/a","b\nc"]})");
        row(R"({"argv":["/bin/a\u0000"]})");
        row(R"({"argv":["/bin/a"],"timeout":0})");
        row(R"({"argv":["/bin/a"],"timeout":"5"})");
        row(R"({"argv":["/bin/a"],"timeout":1e9})");
    }

    void refusesWhatIsNoAction()
    {
        QFETCH(QJsonValue, what);
        for (const ShellPolicy shell : {ShellPolicy::Refuse, ShellPolicy::Allow}) {
            const QString error = errorOf(resolved(what, mysql, shell));
            QVERIFY2(error.startsWith(u"controlled mysql:3306 restart "_s)
                         && error.endsWith(u": correct the configuration and sign it"_s),
                     qPrintable(error));
        }
        QJsonArray many{u"/bin/a"_s};
        for (int i = 0; i < 256; ++i)
            many << u"x"_s;
        QVERIFY(!resolved(QJsonObject{{u"argv"_s, many}}, mysql).isOk());
    }
};

QTEST_GUILESS_MAIN(TestControlledAction)
#include "tst_controlledaction.moc"
