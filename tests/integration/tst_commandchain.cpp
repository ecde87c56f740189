// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/steadyclock.h"
#include "shared/trust/signedcommand.h"
#include "shared/trust/signedconfig.h"
#include "tests/integration/agentharness.h"

#include <QRandomGenerator>
#include <QTest>
#include <QUuid>

#include <csignal>
#include <sys/prctl.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
const QString ip = u"127.0.0.1"_s;

void writeFile(const QString &path, const QByteArray &text, bool isProgram = false)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
    if (isProgram)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The whole chain: a signed entry in Redis, the real agent, the real executor, a real daemon.
class TestCommandChain : public QObject
{
    Q_OBJECT

    const SigningKey m_key = SigningKey::generate(u"chen"_s).value();
    RedisServer m_redis;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AgentProcess> m_agent;
    std::unique_ptr<QProcess> m_executor;

    QString path(const QString &name) const { return m_folder->filePath(name); }

    /// What the daemon is called in ps: nobody else's name.
    QString daemon() const { return m_folder->path().section(u'/', -1) + u"/daemon"_s; }

    void writePrograms()
    {
        if (!QFile::copy(u"/bin/sleep"_s, path(u"daemon"_s)))
            qFatal("cannot copy /bin/sleep");
        const QByteArray folder = m_folder->path().toUtf8();
        writeFile(path(u"restart"_s),
                  "#!/bin/sh\nread old < " + folder + "/pid && kill \"$old\"\n" + folder
                      + "/daemon 100000 > /dev/null 2>&1 &\necho $! > " + folder + "/pid\n",
                  true);
        writeFile(path(u"quick"_s), "#!/bin/sh\necho ran >> " + folder + "/runs\n", true);
        writeFile(path(u"slow"_s), "#!/bin/sh\necho ran >> " + folder + "/runs\nsleep 1\n", true);
    }

    ConfigFields fields(int version, const QString &action) const
    {
        const QString services
            = uR"({"dummy":{"a":{"alive":{"cmd":"ps aux | grep %1 | wc -l"}}}})"_s.arg(daemon()),
            controlled
            = uR"({"dummy":{"a":{"restart":{"argv":["%1/restart"]},"stop":{"argv":["%1/quick"]},"%2":{"argv":["%1/slow"]}}}})"_s
                  .arg(m_folder->path(), action);
        return {{"version", QByteArray::number(version)},
                {"machine_id", machineId()},
                {"services", services.toUtf8()},
                {"controlled", controlled.toUtf8()},
                {"intervals", R"({"heartbeat":1,"lease":6,"services":0.5})"}};
    }

    QByteArray machineId() const
    {
        const QByteArray id = readFile(u"/etc/machine-id"_s).trimmed();
        return id.isEmpty() ? "0123456789abcdef0123456789abcdef" : id;
    }

    void store(const ConfigFields &config)
    {
        QByteArrayList words{"HSET", "server:config:127.0.0.1"};
        for (auto it = config.cbegin(); it != config.cend(); ++it)
            words << it.key() << *it;
        m_redis.call({"DEL", "server:config:127.0.0.1"});
        m_redis.call(words);
        m_redis.call({"HSETNX", "servers:alive", "127.0.0.1", "0"});
    }

    void startExecutor()
    {
        m_executor = std::make_unique<QProcess>();
        m_executor->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
        m_executor->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_executor->start(QStringLiteral(TREEWARDEN_EXECUTOR),
                          {u"--config"_s, path(u"executor.conf"_s)});
        QVERIFY(m_executor->waitForStarted(patience));
    }

    void killExecutor()
    {
        m_executor->kill();
        m_executor->waitForFinished(patience);
    }

    void startAgent()
    {
        m_agent->start();
        QTRY_VERIFY2_WITH_TIMEOUT(m_redis.text({"GET", "server:alive:127.0.0.1"}) == "1",
                                  m_agent->errors(), patience);
    }

    CommandRequest ask(const QString &action)
    {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const CommandRequest request{QUuid::createUuid().toString(QUuid::WithoutBraces),
                                     1,
                                     ip,
                                     QString::fromUtf8(machineId()),
                                     {u"dummy"_s, u"a"_s},
                                     action,
                                     now,
                                     now + 60'000,
                                     u"chen@desk"_s,
                                     u"a test"_s};
        m_redis.call(QByteArrayList{"XADD", "command:127.0.0.1", "*"}
                     + signCommand(request, m_key).words());
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "command"});
        return request;
    }

    QStringList states(const CommandRequest &request)
    {
        QStringList found;
        for (const RedisValue &entry : m_redis.call({"XRANGE", "commands", "-", "+"}).elements) {
            const auto words = entry.elements.value(1).toHash();
            if (words.value("id") == request.id.toUtf8())
                found << QString::fromUtf8(words.value("state"));
        }
        return found;
    }

    QByteArray runs() const { return readFile(path(u"runs"_s)); }

private Q_SLOTS:

    void init()
    {
        m_redis.call({"FLUSHALL"});
        m_folder = std::make_unique<QTemporaryDir>();
        writePrograms();
        writeFile(path(u"trusted-keys"_s), m_key.trustedLine());
        writeFile(path(u"policy"_s), "[policy]\nrate=100000\nservice_rate=100000\n");
        writeFile(path(u"machine-id"_s), machineId() + '\n');
        const QByteArray common = u"[security]\ntrusted_keys=%1/trusted-keys\npolicy=%1/policy\n"
                                  "[executor]\nsocket=%1/executor.sock\n"_s.arg(m_folder->path())
                                      .toUtf8();
        writeFile(path(u"agent.conf"_s), common);
        writeFile(path(u"executor.conf"_s),
                  common
                      + u"state_dir=%1/executor\nmachine_id_file=%1/machine-id\nunits=children\n"
                        "agent_user=root\n"_s.arg(m_folder->path())
                            .toUtf8());
        QCOMPARE(QProcess::execute(QStringLiteral(TREEWARDEN_EXECUTOR),
                                   {u"--config"_s, path(u"executor.conf"_s), u"--prepare"_s}),
                 0);
        m_agent = std::make_unique<AgentProcess>(
            m_redis.urlText(), QStringList{u"--ip"_s, ip, u"--config"_s, path(u"agent.conf"_s)});
        // Where the machine has no id of its own, the agent takes the one of its state folder.
        QVERIFY(QDir().mkpath(m_agent->stateDirectory()));
        writeFile(m_agent->stateDirectory() + u"/machine-id"_s, machineId() + '\n');
        ConfigFields config = fields(1, u"reload"_s);
        signConfig(ip, config, m_key);
        store(config);
        startExecutor();
        startAgent();
    }

    void cleanup()
    {
        m_agent.reset();
        killExecutor();
        if (const qint64 pid = readFile(path(u"pid"_s)).trimmed().toLongLong(); pid > 0)
            ::kill(pid_t(pid), SIGKILL);
    }

    void restartsARealDaemonAndSeesItAlive()
    {
        for (int i = 0; i < 2; ++i) {
            const qint64 start = steadyMilliseconds();
            const CommandRequest asked = ask(u"restart"_s);
            QTRY_VERIFY_WITH_TIMEOUT(!states(asked).isEmpty(), patience);
            qInfo("done after %lld ms", static_cast<long long>(steadyMilliseconds() - start));
            QTRY_COMPARE_WITH_TIMEOUT(states(asked), (QStringList{u"done"_s, u"verified"_s}),
                                      patience);
        }
        QCOMPARE(m_redis.text({"GET", "service:127.0.0.1:dummy:a:alive"}), "1");
    }

    void anActionThatNobodySignedIsNotThere()
    {
        store(fields(2, u"start"_s)); // unsigned
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(m_redis, u"config"_s, {{u"state"_s, u"refused"_s}}),
                                  1, patience);
        const CommandRequest asked = ask(u"start"_s);
        QTRY_COMPARE_WITH_TIMEOUT(states(asked), QStringList{u"refused"_s}, patience);
        QCOMPARE(runs(), "");
    }

    void aKilledExecutorRunsNothingTwice()
    {
        const CommandRequest asked = ask(u"reload"_s);
        QTRY_COMPARE_WITH_TIMEOUT(runs(), "ran\n", patience);
        killExecutor();
        startExecutor();
        QTRY_COMPARE_WITH_TIMEOUT(states(asked), QStringList{u"unknown"_s}, patience);
        const CommandRequest next = ask(u"reload"_s);
        QTRY_COMPARE_WITH_TIMEOUT(states(next), QStringList{u"done"_s}, patience);
        QCOMPARE(runs(), "ran\nran\n");
        QCOMPARE(states(asked), QStringList{u"unknown"_s});
    }

    void aKilledAgentTellsTheOutcomeOnce()
    {
        const CommandRequest asked = ask(u"reload"_s);
        QTRY_COMPARE_WITH_TIMEOUT(runs(), "ran\n", patience);
        m_agent->signal(SIGKILL);
        QCOMPARE(m_agent->wait(), -1);
        startAgent();
        QTRY_COMPARE_WITH_TIMEOUT(states(asked), QStringList{u"done"_s}, patience);
        m_agent->signal(SIGKILL);
        QCOMPARE(m_agent->wait(), -1);
        startAgent();
        const CommandRequest next = ask(u"reload"_s);
        QTRY_COMPARE_WITH_TIMEOUT(states(next), QStringList{u"done"_s}, patience);
        QCOMPARE(states(asked), QStringList{u"done"_s});
        QCOMPARE(runs(), "ran\nran\n");
    }

    void killsOfBothLoseAndDoubleNothing()
    {
        QRandomGenerator random(20261126);
        QList<CommandRequest> asked;
        for (int i = 0; i < 120; ++i) {
            asked << ask(i % 3 == 0 ? u"ping"_s : i % 3 == 1 ? u"refresh"_s : u"stop"_s);
            const int dice = int(random.bounded(12));
            if (dice == 0) {
                killExecutor();
                startExecutor();
            } else if (dice == 1) {
                m_agent->signal(SIGKILL);
                QCOMPARE(m_agent->wait(), -1);
                startAgent();
            } else if (dice == 2) { // a copy of an earlier one
                m_redis.call(QByteArrayList{"XADD", "command:127.0.0.1", "*"}
                             + signCommand(asked.at(random.bounded(asked.size())), m_key).words());
            }
            QTest::qWait(int(random.bounded(15)));
        }
        int mostRuns = 0, leastRuns = 0;
        for (const CommandRequest &request : std::as_const(asked)) {
            QTRY_COMPARE_WITH_TIMEOUT(states(request).size(), 1, patience);
            const QString state = states(request).first();
            leastRuns += request.action == u"stop" && state == u"done" ? 1 : 0;
            mostRuns
                += request.action == u"stop" && (state == u"done" || state == u"unknown") ? 1 : 0;
            if (request.action != u"stop")
                QCOMPARE(state, u"done"_s);
        }
        QVERIFY(leastRuns > 0);
        QVERIFY(runs().count('\n') >= leastRuns && runs().count('\n') <= mostRuns);
    }

    void theSameEntryTwiceRunsOnce()
    {
        const CommandRequest asked = ask(u"reload"_s);
        m_redis.call(QByteArrayList{"XADD", "command:127.0.0.1", "*"}
                     + signCommand(asked, m_key).words());
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "command"});
        QTRY_COMPARE_WITH_TIMEOUT(states(asked), QStringList{u"done"_s}, patience);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(m_redis, u"trust"_s), 1, patience);
        QCOMPARE(runs(), "ran\n");
    }
};

QTEST_GUILESS_MAIN(TestCommandChain)
#include "tst_commandchain.moc"
