// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/trust/trustedkeys.h"
#include "tests/console/cli/program.h"
#include "tests/support/redisserver.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// Keys are made, and what is saved is signed with them.
class TestCliKeys : public QObject
{
    Q_OBJECT
    RedisServer m_redis;
    QTemporaryDir m_folder;
    QString m_key, m_otherKey;

    const QString m_ip = u"10.0.0.7"_s;
    const QByteArray m_config
        = R"({"services":{"ssh":{"22":{"alive":{"probe":"auto"}}}},"machine_id":"m1",
              "controlled":{"nginx":{"default":{"restart":{"unit":"nginx.service"}}}}})";

    ProgramRun run(const QStringList &arguments, const QByteArray &input = {},
                   const Variables &variables = {}) const
    {
        return runProgram(m_redis.urlText(), arguments, input, variables);
    }

    ProgramRun typing(const QStringList &arguments, const QList<Typed> &typed,
                      const Variables &variables = {}) const
    {
        return runOnTerminal(m_redis.urlText(), arguments, typed, variables);
    }

    QString path(const QString &name) const { return m_folder.filePath(name); }

    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(name));
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }

    QByteArray field(const QByteArray &name) const
    {
        return m_redis.text({"HGET", "server:config:10.0.0.7", name});
    }

    void enrol(const QStringList &more = {}) const
    {
        const ProgramRun done
            = run(QStringList{u"enrol"_s, m_ip, u"--from"_s, u"-"_s} + more, m_config);
        QVERIFY2(done.code == 0, done.errors);
    }

    ProgramRun check(const QString &key) const
    {
        return run({u"config"_s, u"check"_s, m_ip, u"--trusted-keys"_s, key + u".pub"_s});
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_key = path(u"key"_s);
        m_otherKey = path(u"other"_s);
        for (const QString &key : {m_key, m_otherKey})
            QCOMPARE(run({u"keygen"_s, key, u"--no-passphrase"_s}).code, 0);
    }

    void init() { m_redis.call({"FLUSHALL"}); }

    void makesAKeyThatOnlyItsOwnerReads()
    {
        const QString file = path(u"new-folder/key"_s);
        const ProgramRun made
            = run({u"keygen"_s, file, u"--no-passphrase"_s, u"--name"_s, u"deploy"_s});
        QVERIFY2(made.code == 0, made.errors);
        QVERIFY2(made.output.contains("/etc/treewarden/trusted-keys")
                     && made.output.contains("treewarden config sign"),
                 made.output);
        QCOMPARE(
            QFileInfo(file).permissions()
                & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
        const auto keys = TrustedKeys::read(file + u".pub"_s);
        QVERIFY2(keys.isOk(), qPrintable(keys.isOk() ? QString() : keys.error().text));
        QCOMPARE(keys->all().value(0).name, u"deploy"_s);
    }

    void overwritesNothing()
    {
        const ProgramRun again = run({u"keygen"_s, m_key, u"--no-passphrase"_s});
        QCOMPARE(again.code, 74);
        QVERIFY2(again.sentence().contains("exists already"), again.errors);
        QFile::remove(path(u"half.pub"_s));
        write(u"half.pub"_s, "kept");
        QCOMPARE(run({u"keygen"_s, path(u"half"_s), u"--no-passphrase"_s}).code, 74);
        QVERIFY(!QFileInfo::exists(path(u"half"_s)));
    }

    void asksForAPassphraseWithoutShowingIt()
    {
        const QString file = path(u"locked"_s);
        const ProgramRun made = typing(
            {u"keygen"_s, file, u"--name"_s, u"locked"_s},
            {{"Passphrase for the new key: ", "let me in\n"}, {"once more: ", "let me in\n"}});
        QVERIFY2(made.code == 0, made.output);
        QVERIFY2(!made.output.contains("let me in"), made.output);
        enrol();
        const ProgramRun sign = typing({u"config"_s, u"sign"_s, m_ip, u"--key"_s, file, u"--yes"_s},
                                       {{"Passphrase of the key locked: ", "let me in\n"}});
        QVERIFY2(sign.code == 0, sign.output);
        QCOMPARE(check(file).code, 0);
        const ProgramRun wrong
            = typing({u"config"_s, u"sign"_s, m_ip, u"--key"_s, file, u"--yes"_s},
                     {{"Passphrase of the key locked: ", "no\n"}});
        QCOMPARE(wrong.code, 78);
        QVERIFY2(wrong.output.contains("the passphrase is wrong"), wrong.output);
        write(u"passphrase"_s, "let me in\n");
        const Variables variables{{u"TREEWARDEN_KEY"_s, file},
                                  {u"TREEWARDEN_KEY_PASSPHRASE_FILE"_s, path(u"passphrase"_s)}};
        const ProgramRun script = run({u"config"_s, u"sign"_s, m_ip}, {}, variables);
        QVERIFY2(script.code == 0, script.errors);
        const ProgramRun alone = run({u"config"_s, u"sign"_s, m_ip, u"--key"_s, file});
        QCOMPARE(alone.code, 78);
        QVERIFY2(alone.errors.contains("TREEWARDEN_KEY_PASSPHRASE_FILE"), alone.errors);
    }

    void makesNoKeyWithoutTwoEqualPassphrases()
    {
        const QString file = path(u"never"_s);
        const ProgramRun differ
            = typing({u"keygen"_s, file}, {{"new key: ", "one\n"}, {"once more: ", "two\n"}});
        QCOMPARE(differ.code, 64);
        QCOMPARE(typing({u"keygen"_s, file}, {{"new key: ", "\n"}}).code, 64);
        QCOMPARE(run({u"keygen"_s, file}).code, 64);
        // Ctrl+C: the terminal is as it was (the program itself restores it), and there is no key.
        QCOMPARE(typing({u"keygen"_s, file}, {{"new key: ", "\x03"}}).code, 128 + SIGINT);
        QVERIFY(!QFileInfo::exists(file));
    }

    void signsWhatItEnrolsAndSaves()
    {
        enrol({u"--key"_s, m_key});
        QCOMPARE(check(m_key).code, 0);
        const ProgramRun other = check(m_otherKey);
        QCOMPARE(other.code, 65);
        QVERIFY2(other.output.contains("does not trust"), other.output);
        write(u"config.json"_s, R"({"services":{}})");
        const ProgramRun set = run({u"config"_s, u"set"_s, m_ip, path(u"config.json"_s)}, {},
                                   {{u"TREEWARDEN_KEY"_s, m_otherKey}});
        QVERIFY2(set.code == 0, set.errors);
        QCOMPARE(check(m_otherKey).code, 0);
        QCOMPARE(field("version"), "2");
        // Whoever changes a field in Redis is found out.
        m_redis.call({"HSET", "server:config:10.0.0.7", "services", "{ }"});
        QCOMPARE(check(m_otherKey).code, 65);
    }

    void findsTheKeyInItsUsualPlaces()
    {
        const QString usual = path(u"config-home/treewarden/signing-key"_s);
        QVERIFY(QDir().mkpath(path(u"config-home/treewarden"_s)));
        QVERIFY(QFile::copy(m_key, usual));
        enrol();
        const Variables home{{u"XDG_CONFIG_HOME"_s, path(u"config-home"_s)}};
        QCOMPARE(run({u"config"_s, u"sign"_s, m_ip, u"--yes"_s}, {}, home).code, 0);
        QCOMPARE(check(m_key).code, 0);
        write(u"console.conf"_s, "[security]\nkey = " + m_otherKey.toUtf8() + '\n');
        QCOMPARE(
            run({u"config"_s, u"sign"_s, m_ip, u"--yes"_s, u"--config"_s, path(u"console.conf"_s)},
                {}, home)
                .code,
            0);
        QCOMPARE(check(m_otherKey).code, 0);
    }

    void neverDropsASignatureSilently()
    {
        enrol({u"--key"_s, m_key});
        write(u"config.json"_s, R"({"services":{}})");
        const QStringList set{u"config"_s, u"set"_s, m_ip, path(u"config.json"_s)};
        const ProgramRun refused = run(set);
        QCOMPARE(refused.code, 77);
        QVERIFY2(refused.sentence().contains("--unsigned"), refused.errors);
        QCOMPARE(field("version"), "1");
        QCOMPARE(run(set + QStringList{u"--unsigned"_s}).code, 0);
        QCOMPARE(field("version"), "2");
        QCOMPARE(field("signature"), "");
    }

    void showsWhatASignatureLetsRun()
    {
        enrol();
        const QStringList sign{u"config"_s, u"sign"_s, m_ip, u"--key"_s, m_key};
        const ProgramRun unasked = run(sign); // there is no terminal to ask on
        QCOMPARE(unasked.code, 77);
        QVERIFY2(unasked.errors.contains("restart of nginx:default = {\"unit\":\"nginx.service\"}")
                     && unasked.sentence().contains("--yes"),
                 unasked.errors);
        QCOMPARE(field("version"), "1");
        QCOMPARE(run(sign + QStringList{u"--yes"_s}).code, 0);
        QCOMPARE(field("version"), "2");
        // Its own signature stands: nothing can have been put in.
        QVERIFY(run({u"config"_s, u"sign"_s, m_ip, u"--key"_s, m_key}).errors.isEmpty());
        m_redis.call({"HSET", "server:config:10.0.0.7", "note", "put in by somebody"});
        const ProgramRun no
            = typing({u"config"_s, u"sign"_s, m_ip, u"--key"_s, m_key}, {{"[y/N] ", "\n"}});
        QCOMPARE(no.code, 77);
        QCOMPARE(field("version"), "3");
        QCOMPARE(
            typing({u"config"_s, u"sign"_s, m_ip, u"--key"_s, m_key}, {{"[y/N] ", "y\n"}}).code, 0);
        QCOMPARE(field("version"), "4");
    }

    void bindsToTheMachineThatReports()
    {
        m_redis.call({"HSET", "server:config:10.0.0.7", "services", "{}", "version", "4"});
        m_redis.call({"HSET", "server:info:10.0.0.7", "machine_id", "m9"});
        QCOMPARE(run({u"config"_s, u"sign"_s, m_ip, u"--key"_s, m_key}).code, 0);
        QCOMPARE(field("machine_id"), "m9");
        m_redis.call({"HSET", "server:info:10.0.0.7", "machine_id", "intruder"});
        const ProgramRun alarm = run({u"config"_s, u"sign"_s, m_ip, u"--key"_s, m_key});
        QCOMPARE(alarm.code, 77);
        QVERIFY2(alarm.sentence().contains("another machine reports"), alarm.errors);
    }

    void remembersAndRollsBack()
    {
        enrol({u"--key"_s, m_key});
        write(u"config.json"_s, R"({"services":{},"note":"new"})");
        const QStringList key{u"--key"_s, m_key};
        QCOMPARE(run(QStringList{u"config"_s, u"set"_s, m_ip, path(u"config.json"_s)} + key).code,
                 0);
        const QJsonArray versions = run({u"config"_s, u"history"_s, m_ip, u"--json"_s}).array();
        QCOMPARE(versions.size(), 2);
        QCOMPARE(versions[0][u"version"_s], 2);
        QCOMPARE(versions[0][u"changed"_s].toArray(),
                 QJsonArray({u"controlled"_s, u"note"_s, u"services"_s}));
        QVERIFY(versions[0][u"by"_s].toString().contains(u'@'));
        QVERIFY(!versions[0][u"signer"_s].toString().isEmpty());
        const QByteArray services = R"({"ssh":{"22":{"alive":{"probe":"auto"}}}})";
        const ProgramRun back = run(QStringList{u"config"_s, u"rollback"_s, m_ip, u"1"_s} + key);
        QVERIFY2(back.code == 0, back.errors);
        QCOMPARE(field("version"), "3");
        QCOMPARE(field("services"), services);
        QCOMPARE(field("note"), "");
        QCOMPARE(check(m_key).code, 0);
        QCOMPARE(run({u"config"_s, u"rollback"_s, m_ip, u"1"_s}).code, 77);
        QCOMPARE(run(QStringList{u"config"_s, u"rollback"_s, m_ip, u"9"_s} + key).code, 65);
        QCOMPARE(run({u"config"_s, u"history"_s, u"10.0.0.8"_s}).code, 68);
        const QByteArray table = run({u"config"_s, u"history"_s, m_ip}).output;
        QVERIFY2(table.contains("VERSION") && table.contains("controlled, note, services"), table);
    }

    void startsAboveTheVersionThatWasRemoved()
    {
        enrol({u"--key"_s, m_key});
        for (int i = 0; i < 2; ++i)
            QCOMPARE(run({u"config"_s, u"sign"_s, m_ip, u"--key"_s, m_key}).code, 0);
        QCOMPARE(run({u"remove"_s, m_ip}).code, 0);
        enrol({u"--key"_s, m_key});
        QCOMPARE(field("version"), "4");
        QCOMPARE(check(m_key).code, 0);
    }

    void replacesAMachineOnlyWhenTold()
    {
        enrol({u"--key"_s, m_key});
        m_redis.call({"HSET", "servers:pending", "10.0.0.7", R"({"machine_id":"m2"})"});
        const ProgramRun refused = run({u"enrol"_s, m_ip, u"--key"_s, m_key});
        QCOMPARE(refused.code, 77);
        QVERIFY2(refused.sentence().contains("m2") && refused.sentence().contains("--replace"),
                 refused.errors);
        const ProgramRun replaced
            = run({u"enrol"_s, m_ip, u"--key"_s, m_key, u"--replace"_s, u"--yes"_s});
        QVERIFY2(replaced.code == 0, replaced.errors);
        QCOMPARE(field("machine_id"), "m2");
        QCOMPARE(field("version"), "2");
        QCOMPARE(check(m_key).code, 0);
        QCOMPARE(m_redis.text({"HEXISTS", "servers:pending", "10.0.0.7"}), "0");
    }
};

QTEST_GUILESS_MAIN(TestCliKeys)
#include "tst_clikeys.moc"
