// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/policy.h"
#include "tests/agent/executor/executorprocess.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

QByteArray installerFile(const QString &name)
{
    QFile file(QStringLiteral(SOURCE_ROOT "/installer/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

// The executor's units, and what they promise.
class TestExecutorUnit : public QObject
{
    Q_OBJECT

    /// The units with the built executor in them; the path of the service.
    static QString units(const QTemporaryDir &folder)
    {
        for (const QString &name :
             {u"treewarden-executor.service"_s, u"treewarden-executor.socket"_s}) {
            QFile file(folder.filePath(name));
            if (!file.open(QIODevice::WriteOnly))
                qFatal("cannot write the unit");
            file.write(installerFile(u"systemd/"_s + name)
                           .replace("/usr/bin/treewarden-executor", TREEWARDEN_EXECUTOR)
                           .replace("SocketGroup=treewarden", "SocketGroup=root"));
        }
        return folder.filePath(u"treewarden-executor.service"_s);
    }

    static QByteArray analyze(const QStringList &words, int *code)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(u"systemd-analyze"_s, words);
        process.waitForFinished(patience);
        *code = process.exitCode();
        return process.readAll();
    }

private Q_SLOTS:

    void systemdFindsNothingWrongWithThem()
    {
        const QTemporaryDir folder;
        int code = 0;
        QCOMPARE(analyze({u"verify"_s, u"--man=no"_s, units(folder),
                          folder.filePath(u"treewarden-executor.socket"_s)},
                         &code),
                 QByteArray());
        QCOMPARE(code, 0);
    }

    void leavesTheExecutorLittleToAbuse()
    {
        const QTemporaryDir folder;
        int code = 0;
        const QByteArray told = analyze(
            {u"security"_s, u"--offline=true"_s, u"--threshold=30"_s, units(folder)}, &code);
        QVERIFY2(code == 0, told.constData());
    }

    void keepsWhatItStartedAndHasNoNetwork()
    {
        const QByteArrayList service
            = installerFile(u"systemd/treewarden-executor.service"_s).split('\n');
        for (const char *line : {"Type=notify", "KillMode=process", "PrivateNetwork=yes",
                                 "RestrictAddressFamilies=AF_UNIX", "StateDirectoryMode=0700",
                                 "RestartPreventExitStatus=64 78"})
            QVERIFY2(service.contains(line), line);
        const QByteArrayList socket
            = installerFile(u"systemd/treewarden-executor.socket"_s).split('\n');
        for (const char *line : {"SocketMode=0660", "SocketGroup=treewarden"})
            QVERIFY2(socket.contains(line), line);
        QVERIFY(socket.contains("ListenStream=" + defaultExecutorSocket.toUtf8()));
    }

    void needsNoPrivileges()
    {
        ExecutorProcess executor;
        executor.wrapper = {u"setpriv"_s, u"--no-new-privs"_s};
        if (::geteuid() == 0)
            executor.wrapper += {u"--inh-caps=-all"_s, u"--bounding-set=-all"_s};
        QCOMPARE(executor.runOnce({u"--prepare"_s}), 0);
        QVERIFY2(executor.start(), executor.output.constData());
        ExecutorPeer peer(executor.socketPath);
        QVERIFY(peer.say(
            executor.configFrame(R"({"nginx":{"default":{"restart":{"argv":["/bin/true"]}}}})")));
        const CommandRequest request = executor.request(u"nginx"_s, u"restart"_s);
        QVERIFY(peer.say(executor.commandFrame(request)));
        QVERIFY(peer.waitForState(request.id, u"done"_s));
    }

    void takesTheSocketFromTheServiceManager()
    {
        ExecutorProcess executor;
        executor.wrapper = {u"systemd-socket-activate"_s, u"--listen"_s, executor.socketPath};
        QVERIFY2(executor.start(), executor.output.constData());
        ExecutorPeer peer(executor.socketPath);
        QVERIFY(peer.waitForType(u"welcome"_s));
        executor.process.terminate();
        QVERIFY(executor.process.waitForFinished(patience));
        QCOMPARE(executor.process.exitCode(), 0);
        QVERIFY2(QFile::exists(executor.socketPath), "the socket is the service manager's");
    }

    void theExampleOfAPolicyIsTheDefault()
    {
        const auto policy = Policy::parse(installerFile(u"policy.conf"_s), u"policy.conf"_s);
        QVERIFY2(policy, policy ? "" : qPrintable(policy.error().text));
        QCOMPARE(*policy, Policy());
    }
};

QTEST_GUILESS_MAIN(TestExecutorUnit)
#include "tst_executorunit.moc"
