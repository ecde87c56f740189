// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/agentharness.h"

#include <QFile>
#include <QTest>

#include <csignal>
#include <pwd.h>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Gives a folder of the test to the user nobody.
void giveAway(const QString &folder)
{
    if (const passwd *nobody = getpwnam("nobody"))
        (void)!chown(QFile::encodeName(folder).constData(), nobody->pw_uid, nobody->pw_gid);
}

} // namespace

// The agent's unit, and what it promises: that the agent needs no privileges.
class TestAgentUnit : public QObject
{
    Q_OBJECT

    /// The unit with the built agent in it.
    static QString unit(const QTemporaryDir &folder)
    {
        const QString path = folder.filePath(u"treewarden-agent.service"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write the unit");
        file.write(read(QStringLiteral(SOURCE_ROOT "/installer/systemd/treewarden-agent.service"))
                       .replace("/usr/bin/treewarden-agent", TREEWARDEN_AGENT));
        return path;
    }

private Q_SLOTS:

    void systemdFindsNothingWrongWithIt()
    {
        const QTemporaryDir folder;
        QProcess verify;
        verify.start(u"systemd-analyze"_s, {u"verify"_s, u"--man=no"_s, unit(folder)});
        QVERIFY(verify.waitForFinished(patience));
        // An unknown key is told on stderr, with an exit code of 0.
        QCOMPARE(verify.readAllStandardError(), QByteArray());
        QCOMPARE(verify.exitCode(), 0);
    }

    void leavesTheAgentLittleToAbuse()
    {
        const QTemporaryDir folder;
        QProcess security;
        security.start(u"systemd-analyze"_s,
                       {u"security"_s, u"--offline=true"_s, u"--threshold=30"_s, unit(folder)});
        QVERIFY(security.waitForFinished(patience));
        QVERIFY2(security.exitCode() == 0, security.readAll().constData());
    }

    void isRestartedOnlyWhereThatHelps()
    {
        const QByteArrayList lines
            = read(QStringLiteral(SOURCE_ROOT "/installer/systemd/treewarden-agent.service"))
                  .split('\n');
        for (const char *line :
             {"Type=notify", "Restart=on-failure", "RestartPreventExitStatus=64 68 78",
              "WatchdogSec=30", "StateDirectory=treewarden"})
            QVERIFY2(lines.contains(line), line);
    }

    void theAgentRunsAsAnUnprivilegedUser()
    {
        RedisServer::Options options;
        options.listen = RedisServer::Listen::Tcp;
        const RedisServer redis(options);
        const QTemporaryDir state;
        giveAway(state.path());
        Victims victims;
        enrol(redis, {victims.start(u"a"_s)});
        QProcess agent;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"STATE_DIRECTORY"_s, state.path());
        agent.setProcessEnvironment(environment);
        const QStringList arguments{u"--redis"_s, redis.urlText(), u"--ip"_s, u"127.0.0.1"_s};
        if (geteuid() == 0) {
            agent.start(u"setpriv"_s,
                        QStringList{u"--reuid=nobody"_s, u"--regid=nogroup"_s, u"--clear-groups"_s,
                                    u"--inh-caps=-all"_s, u"--bounding-set=-all"_s,
                                    u"--no-new-privs"_s, QStringLiteral(TREEWARDEN_AGENT)}
                            + arguments);
        } else {
            agent.start(QStringLiteral(TREEWARDEN_AGENT), arguments);
        }
        const auto alive = [&] { return redis.text({"GET", "service:127.0.0.1:dummy:a:alive"}); };
        QTRY_COMPARE_WITH_TIMEOUT(alive(), "1", patience);
        victims.kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(alive(), "0", patience);
        agent.terminate();
        QVERIFY(agent.waitForFinished(patience));
        QCOMPARE(agent.exitCode(), 0);
        QCOMPARE(agent.readAllStandardError().count("cannot"), 0);
        QVERIFY(QFile::exists(state.filePath(u"sessions"_s)));
    }
};

QTEST_GUILESS_MAIN(TestAgentUnit)
#include "tst_agentunit.moc"
