// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/trust/signedcommand.h"
#include "shared/trust/signedconfig.h"
#include "tests/agent/commands/fakeexecutor.h"
#include "tests/integration/agentharness.h"

#include <QTest>
#include <QUuid>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
const QString ip = u"127.0.0.1"_s;

void writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace

class TestAgentCommands : public QObject
{
    Q_OBJECT

    const SigningKey m_key = SigningKey::generate(u"chen"_s).value();
    RedisServer m_redis;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<Victims> m_victims;
    std::unique_ptr<AgentProcess> m_agent;
    std::unique_ptr<FakeExecutor> m_executor;

    void trust(const QByteArray &lines) { writeFile(m_folder->filePath(u"trusted-keys"_s), lines); }

    ConfigFields fields(int version, const QStringList &processes) const
    {
        return {{"version", QByteArray::number(version)},
                {"services", servicesJson(processes)},
                {"intervals", R"({"heartbeat":1,"lease":6,"services":0.5})"}};
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

    void storeSigned(ConfigFields config)
    {
        signConfig(ip, config, m_key);
        store(config);
    }

    void startAgent()
    {
        m_agent->start();
        QTRY_VERIFY2_WITH_TIMEOUT(
            !m_redis.text({"HGET", "server:info:127.0.0.1", "session"}).isEmpty()
                && m_redis.text({"GET", "server:alive:127.0.0.1"}) == "1",
            m_agent->errors(), patience);
    }

    CommandRequest ask(const QString &action, const QString &instance)
    {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const CommandRequest request{
            QUuid::createUuid().toString(QUuid::WithoutBraces),
            1,
            ip,
            QString::fromUtf8(m_redis.text({"HGET", "server:info:127.0.0.1", "machine_id"})),
            {u"dummy"_s, instance},
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

    /// States of this command in the stream `commands`.
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

    int refusals() { return countEvents(m_redis, u"config"_s, {{u"state"_s, u"refused"_s}}); }

    CommandMessage outcome(const CommandRequest &request, CommandState state) const
    {
        CommandMessage message{ip, request.id, request.service, request.action, state};
        message.timestamp = QDateTime::currentMSecsSinceEpoch();
        return message;
    }

private Q_SLOTS:

    void init()
    {
        m_redis.call({"FLUSHALL"});
        m_folder = std::make_unique<QTemporaryDir>();
        m_victims = std::make_unique<Victims>();
        m_listener = std::make_unique<Listener>(m_redis);
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->isReady(), patience);
        const QString socket = m_folder->filePath(u"executor.sock"_s);
        writeFile(m_folder->filePath(u"agent.conf"_s),
                  u"[security]\ntrusted_keys=%1/trusted-keys\npolicy=%1/policy.conf\n"
                  "[executor]\nsocket=%2\n"_s.arg(m_folder->path(), socket)
                      .toUtf8());
        trust(m_key.trustedLine());
        m_executor = std::make_unique<FakeExecutor>(socket);
        m_agent = std::make_unique<AgentProcess>(
            m_redis.urlText(),
            QStringList{u"--ip"_s, ip, u"--config"_s, m_folder->filePath(u"agent.conf"_s)});
    }

    void cleanup()
    {
        m_agent.reset();
        m_executor.reset();
    }

    void answersARefreshAndAPing()
    {
        storeSigned(fields(1, {m_victims->start(u"a"_s)}));
        startAgent();
        const CommandRequest ping = ask(u"ping"_s, u"a"_s), refresh = ask(u"refresh"_s, u"a"_s);
        for (const CommandRequest &asked : {ping, refresh}) {
            QTRY_COMPARE_WITH_TIMEOUT(states(asked), QStringList{u"done"_s}, patience);
            QTRY_COMPARE_WITH_TIMEOUT(
                m_listener->count(u"command"_s, {{u"id"_s, asked.id}, {u"state"_s, u"done"_s}}), 1,
                patience);
        }
        QCOMPARE(countEvents(m_redis, u"command"_s), 0);
        m_agent->signal(SIGKILL);
        QCOMPARE(m_agent->wait(), -1);
        startAgent();
        const CommandRequest last = ask(u"ping"_s, u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(states(last), QStringList{u"done"_s}, patience);
        QCOMPARE(states(ping).size() + states(refresh).size(), 2);
    }

    void anUnsignedConfigurationIsRefusedAndTheLastSignedOneStays()
    {
        const QString a = m_victims->start(u"a"_s), b = m_victims->start(u"b"_s);
        storeSigned(fields(5, {a}));
        startAgent();
        QTRY_COMPARE_WITH_TIMEOUT(m_redis.text({"GET", "service:127.0.0.1:dummy:a:alive"}), "1",
                                  patience);
        store(fields(6, {b})); // nobody signed it
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(refusals(), 1, patience);
        storeSigned(fields(4, {b})); // an old one
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(refusals(), 2, patience);
        storeSigned(fields(5, {b})); // another one of the same version
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(refusals(), 3, patience);
        QCOMPARE(m_redis.text({"GET", "service:127.0.0.1:dummy:a:alive"}), "1");
        m_agent->signal(SIGTERM);
        QCOMPARE(m_agent->wait(), 0);
        startAgent(); // what was verified survives a restart
        QTRY_COMPARE_WITH_TIMEOUT(refusals(), 4, patience);
        QVERIFY(m_redis.call({"HEXISTS", "services:127.0.0.1", "dummy:a"}).integer == 1);
        storeSigned(fields(6, {b}));
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(m_redis.text({"GET", "service:127.0.0.1:dummy:b:alive"}), "1",
                                  patience);
        QCOMPARE(refusals(), 4);
    }

    void withNothingSignedYetTheHostReportsAlone()
    {
        store(fields(1, {m_victims->start(u"a"_s)}));
        startAgent();
        QTRY_COMPARE_WITH_TIMEOUT(refusals(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->count(u"workload"_s) > 0, patience);
        QCOMPARE(m_redis.call({"EXISTS", "services:127.0.0.1"}).integer, 0);
        // The first key of somebody else does not help; the right one does, without a restart.
        storeSigned(fields(1, {m_victims->fullName(u"a"_s)}));
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(m_redis.text({"GET", "service:127.0.0.1:dummy:a:alive"}), "1",
                                  patience);
    }

    void trustsAnotherKeyAfterAReload()
    {
        const SigningKey other = SigningKey::generate(u"lee"_s).value();
        trust(other.trustedLine());
        storeSigned(fields(1, {m_victims->start(u"a"_s)}));
        startAgent();
        QTRY_COMPARE_WITH_TIMEOUT(refusals(), 1, patience);
        trust(other.trustedLine() + m_key.trustedLine());
        m_agent->signal(SIGHUP);
        QTRY_COMPARE_WITH_TIMEOUT(m_redis.text({"GET", "service:127.0.0.1:dummy:a:alive"}), "1",
                                  patience);
    }

    void checkAndOnceWantASignedOne()
    {
        store(fields(1, {m_victims->start(u"a"_s)}));
        for (const QString &mode : {u"--check"_s, u"--once"_s}) {
            AgentProcess agent(
                m_redis.urlText(),
                {mode, u"--ip"_s, ip, u"--config"_s, m_folder->filePath(u"agent.conf"_s)});
            agent.start();
            QCOMPARE(agent.wait(), 78);
            QVERIFY2(agent.errors().contains("treewarden config sign 127.0.0.1"), agent.errors());
        }
        QCOMPARE(countEvents(m_redis, u"config"_s), 0);
    }

    void aRestartedServiceIsFollowedUntilItIsAlive()
    {
        QVERIFY(m_executor->listen());
        const QString name = m_victims->start(u"a"_s);
        storeSigned(fields(1, {name}));
        startAgent();
        QTRY_COMPARE_WITH_TIMEOUT(m_redis.text({"GET", "service:127.0.0.1:dummy:a:alive"}), "1",
                                  patience);
        const CommandRequest asked = ask(u"restart"_s, u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_executor->of(u"command"_s).size(), 1, patience);
        m_executor->tell(outcome(asked, CommandState::Running), 0);
        m_victims->kill(u"a"_s);
        m_executor->tell(outcome(asked, CommandState::Done), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_executor->lastTaken(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(states(asked), QStringList{u"done"_s}, patience);
        m_victims->start(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(states(asked), (QStringList{u"done"_s, u"verified"_s}), patience);
        const QJsonObject isVerified{{u"id"_s, asked.id}, {u"state"_s, u"verified"_s}};
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"command"_s, isVerified), 1, patience);
        const QJsonObject verified = m_listener->last(u"command"_s, isVerified);
        QVERIFY(verified.value(u"took").toInteger() > 0);
        QCOMPARE(verified.value(u"action").toString(), u"restart"_s);
        QCOMPARE(countEvents(m_redis, u"command"_s, {{u"id"_s, asked.id}}), 2);
    }

    void theOldProcessIsNotTakenForTheNewOne()
    {
        QVERIFY(m_executor->listen());
        storeSigned(fields(1, {m_victims->start(u"a"_s)}));
        startAgent();
        QTRY_COMPARE_WITH_TIMEOUT(m_redis.text({"GET", "service:127.0.0.1:dummy:a:alive"}), "1",
                                  patience);
        const CommandRequest asked = ask(u"restart"_s, u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_executor->of(u"command"_s).size(), 1, patience);
        m_executor->tell(outcome(asked, CommandState::Running), 0);
        m_executor->tell(outcome(asked, CommandState::Done), 1); // before the old one is gone
        QTRY_COMPARE_WITH_TIMEOUT(states(asked), QStringList{u"done"_s}, patience);
        m_victims->kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_redis.text({"GET", "service:127.0.0.1:dummy:a:alive"}), "0",
                                  patience);
        QCOMPARE(states(asked), QStringList{u"done"_s});
        m_victims->start(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(states(asked), (QStringList{u"done"_s, u"verified"_s}), patience);
    }

    void killedBetweenHandingOverAndTheOutcomeItTellsItOnce()
    {
        QVERIFY(m_executor->listen());
        storeSigned(fields(1, {m_victims->start(u"a"_s)}));
        startAgent();
        const CommandRequest asked = ask(u"reload"_s, u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_executor->of(u"command"_s).size(), 1, patience);
        m_agent->signal(SIGKILL);
        QCOMPARE(m_agent->wait(), -1);
        m_executor->received.clear();
        startAgent();
        QTRY_COMPARE_WITH_TIMEOUT(m_executor->of(u"command"_s).size(), 1, patience);
        m_executor->tell(outcome(asked, CommandState::Done), 4);
        QTRY_COMPARE_WITH_TIMEOUT(m_executor->lastTaken(), 4, patience);
        m_agent->signal(SIGKILL);
        QCOMPARE(m_agent->wait(), -1);
        m_executor->received.clear();
        startAgent();
        QTRY_VERIFY_WITH_TIMEOUT(!m_executor->of(u"config"_s).isEmpty(), patience);
        m_executor->tell(outcome(asked, CommandState::Done), 4);
        QTRY_COMPARE_WITH_TIMEOUT(m_executor->lastTaken(), 4, patience);
        QTRY_COMPARE_WITH_TIMEOUT(states(asked), QStringList{u"done"_s}, patience);
        QVERIFY(m_executor->of(u"command"_s).isEmpty());
    }

    void textRunsOnlyWhereThePolicyAllowsIt()
    {
        ConfigFields config = fields(1, {});
        config.insert("services", R"({"dummy":{"text":{"alive":{"cmd":"echo 1 | tr 1 2"}}}})");
        storeSigned(config);
        startAgent();
        const auto state = [this] {
            return m_redis.text({"HGET", "services:127.0.0.1", "dummy:text"});
        };
        QTRY_VERIFY_WITH_TIMEOUT(state().contains("\"code\":\"check.text\""), patience);
        writeFile(m_folder->filePath(u"policy.conf"_s), "[policy]\nshell = allow\n");
        m_agent->signal(SIGHUP);
        QTRY_VERIFY2_WITH_TIMEOUT(
            m_redis.text({"GET", "service:127.0.0.1:dummy:text:alive"}) == "1",
            state() + m_agent->errors(), patience);
    }

    void maintenanceIsToldToTheExecutor()
    {
        QVERIFY(m_executor->listen());
        storeSigned(fields(1, {m_victims->start(u"a"_s)}));
        startAgent();
        m_redis.call({"HSET", "maintenance", "127.0.0.1/dummy/a", R"({"until":4000000000000})"});
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        const auto scopes = [this] {
            const auto frames = m_executor->of(u"maintenance"_s);
            return frames.isEmpty() ? QJsonObject() : frames.last().value(u"scopes").toObject();
        };
        QTRY_COMPARE_WITH_TIMEOUT(scopes().value(u"dummy:a").toInteger(), 4'000'000'000'000,
                                  patience);
    }

    void theExecutorLearnsThatTheServerWasRemoved()
    {
        storeSigned(fields(1, {}));
        QVERIFY(m_executor->listen());
        startAgent();
        QTRY_VERIFY_WITH_TIMEOUT(!m_executor->of(u"config"_s).isEmpty(), patience);
        const QByteArray machine = m_redis.text({"HGET", "server:info:127.0.0.1", "machine_id"});
        m_redis.call({"HSET", "servers:removed", "127.0.0.1",
                      "{\"machine_id\":\"" + machine + "\",\"timestamp\":1}"});
        m_redis.call({"DEL", "server:config:127.0.0.1"});
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        // Told again where the agent looks twice before it ends: that changes nothing.
        QTRY_VERIFY_WITH_TIMEOUT(!m_executor->of(u"removed"_s).isEmpty(), patience);
        for (const QJsonObject &frame : m_executor->of(u"removed"_s))
            QCOMPARE(frame[u"ip"_s].toString(), ip);
        QTRY_VERIFY_WITH_TIMEOUT(!m_agent->isRunning(), patience);
        QCOMPARE(m_agent->wait(), 68);
    }

    void aForeignMachineLeavesAnAlarm()
    {
        ConfigFields config = fields(1, {});
        config.insert("machine_id", "0123456789abcdef0123456789abcdef");
        storeSigned(config);
        m_agent->start();
        QCOMPARE(m_agent->wait(), 78);
        QCOMPARE(countEvents(m_redis, u"machine"_s,
                             {{u"state"_s, u"refused"_s}, {u"expected"_s, u"01234567"_s}}),
                 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"event"_s), 1, patience);
    }
};

QTEST_GUILESS_MAIN(TestAgentCommands)
#include "tst_agentcommands.moc"
