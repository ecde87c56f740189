// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/commands/commandrouter.h"
#include "shared/core/steadyclock.h"
#include "shared/protocol/keys.h"
#include "tests/agent/commands/fakeexecutor.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
const QString ip = u"10.0.0.7"_s, machine = u"machine-7"_s;

} // namespace

struct HeardStates : public CommandTeller
{
    QList<CommandMessage> told, published;
    QList<QJsonObject> notices;
    bool isAllSafe = true;

    qint64 tell(const CommandMessage &message) override
    {
        told << message;
        return told.size();
    }

    bool isSafe(qint64 number) const override { return isAllSafe || number == 0; }

    void publish(const CommandMessage &message) override { published << message; }

    void notice(const QJsonObject &details) override { notices << details; }
};

class TestCommandRouter : public QObject
{
    Q_OBJECT

    const SigningKey m_key = SigningKey::generate(u"chen"_s).value();
    const TrustedKeys m_keys = TrustedKeys::parse(m_key.trustedLine(), u"keys"_s).value();
    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RedisConnection> m_connection;
    std::unique_ptr<HeardStates> m_heard;
    std::unique_ptr<CommandRouter> m_router;

    QString socketPath() const { return m_folder->filePath(u"executor.sock"_s); }

    CommandRequest request(const QString &action, qint64 life = 60'000) const
    {
        const qint64 now = systemNow()();
        return {QUuid::createUuid().toString(QUuid::WithoutBraces),
                1,
                ip,
                machine,
                {u"nginx"_s, u"default"_s},
                action,
                now,
                now + life,
                u"chen@router"_s,
                u"it leaks"_s};
    }

    QByteArray add(const CommandEntry &entry) const
    {
        return m_redis->text(QByteArrayList{"XADD", Keys::commandStream(ip), "*"} + entry.words());
    }

    CommandRequest ask(const QString &action, qint64 life = 60'000) const
    {
        const CommandRequest asked = request(action, life);
        add(signCommand(asked, m_key));
        return asked;
    }

    CommandMessage outcome(const CommandRequest &asked, CommandState state) const
    {
        CommandMessage message{ip, asked.id, asked.service, asked.action, state};
        message.timestamp = systemNow()();
        return message;
    }

    /// An agent starts (again).
    void start(const QList<CommandMessage> &remembered = {})
    {
        m_router.reset();
        m_heard = std::make_unique<HeardStates>();
        m_router = std::make_unique<CommandRouter>(
            *m_connection, CommandRouter::Place{ip, machine, m_folder->path(), socketPath()},
            *m_heard, Clock());
        m_router->setKeys(m_keys);
        m_router->start(remembered);
    }

    void stopRouter()
    {
        m_router->persist();
        m_router.reset();
    }

private Q_SLOTS:

    void initTestCase() { m_redis = std::make_unique<RedisServer>(); }

    void init()
    {
        m_redis->call({"FLUSHALL"});
        m_folder = std::make_unique<QTemporaryDir>();
        m_connection = std::make_unique<RedisConnection>(m_redis->url());
        m_connection->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_connection->isConnected(), patience);
    }

    void cleanup()
    {
        m_router.reset();
        m_connection.reset();
    }

    void answersAPingOnce()
    {
        start();
        const CommandRequest asked = ask(u"ping"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 1, patience);
        const CommandMessage &told = m_heard->told.first();
        QCOMPARE(told.state, CommandState::Done);
        QCOMPARE(told.id, asked.id);
        QCOMPARE(told.key, m_key.id());
        QCOMPARE(told.by, u"chen@router"_s);
        QCOMPARE(told.reason, u"it leaks"_s);
        add(signCommand(asked, m_key)); // somebody sends it again
        ask(u"ping"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 2, patience);
        QVERIFY(m_heard->told.last().id != asked.id);
        QCOMPARE(m_heard->notices.size(), 1);
        QVERIFY(m_heard->notices.first().value(u"detail").toString().contains(asked.id));
    }

    void manyRefreshesAreOneRound()
    {
        start();
        QSignalSpy asked(m_router.get(), &CommandRouter::refreshAsked);
        for (int i = 0; i < 250; ++i)
            ask(u"refresh"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 250, patience);
        QVERIFY(m_heard->told.isEmpty());
        m_router->beginRefresh();
        ask(u"refresh"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 251, patience);
        m_router->endRefresh();
        QCOMPARE(m_heard->told.size(), 250); // who came later waits for the next round
        m_router->beginRefresh();
        m_router->endRefresh();
        QCOMPARE(m_heard->told.size(), 251);
    }

    void aRefreshWhoseRoundWasNotMadeIsAnsweredByTheNextAgent()
    {
        start();
        QSignalSpy asked(m_router.get(), &CommandRouter::refreshAsked);
        ask(u"refresh"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, patience);
        stopRouter();
        start();
        QSignalSpy again(m_router.get(), &CommandRouter::refreshAsked);
        QTRY_COMPARE_WITH_TIMEOUT(again.size(), 1, patience);
        m_router->beginRefresh();
        m_router->endRefresh();
        QCOMPARE(m_heard->told.size(), 1);
    }

    void whatExpiredBeforeTheFirstStartIsNotAnswered()
    {
        CommandRequest late = request(u"ping"_s);
        late.issued -= 200'000;
        late.expires -= 200'000;
        // An agent whose state is lost may have answered it.
        m_redis->call(
            QByteArrayList{"XADD", Keys::commandStream(ip), QByteArray::number(late.issued) + "-0"}
            + signCommand(late, m_key).words());
        const CommandRequest asked = ask(u"ping"_s);
        start();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 1, patience);
        QCOMPARE(m_heard->told.first().id, asked.id);
    }

    void refusesWhatIsNotForItOrNotToBeTrusted()
    {
        start();
        const SigningKey stranger = SigningKey::generate(u"mallory"_s).value();
        CommandRequest otherMachine = request(u"ping"_s), otherIp = request(u"ping"_s),
                       late = request(u"ping"_s);
        otherMachine.machineId = u"machine-8"_s;
        otherIp.ip = u"10.0.0.8"_s;
        late.issued -= 200'000;
        late.expires -= 200'000;
        ask(u"ping"_s);
        QTRY_VERIFY_WITH_TIMEOUT((m_router->look(), m_heard->told.size() == 1), patience);
        m_heard->told.clear();
        add(signCommand(request(u"ping"_s), stranger));
        for (const CommandRequest &asked : {otherMachine, otherIp, late})
            add(signCommand(asked, m_key));
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 4, patience);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(m_heard->told.at(i).state, CommandState::Refused);
        QVERIFY(m_heard->told.at(0).detail.contains(u"trusted-keys"));
        QVERIFY(m_heard->told.at(0).by.isEmpty());
        QVERIFY(m_heard->told.at(1).detail.contains(u"machine-8"));
        QVERIFY(m_heard->told.at(2).detail.contains(u"10.0.0.8"));
        QCOMPARE(m_heard->told.at(3).state, CommandState::Expired);
    }

    void aCopyThatIsAddedLongAfterItsExpiryIsNotAnswered()
    {
        start();
        CommandRequest late = request(u"ping"_s);
        late.issued -= 600'000;
        late.expires -= 600'000;
        ask(u"ping"_s);
        QTRY_VERIFY_WITH_TIMEOUT((m_router->look(), m_heard->told.size() == 1), patience);
        add(signCommand(late, m_key));
        ask(u"ping"_s);
        QTRY_VERIFY_WITH_TIMEOUT((m_router->look(), m_heard->told.size() == 2), patience);
        QCOMPARE(m_heard->told.last().state, CommandState::Done);
        QCOMPARE(m_heard->notices.size(), 1);
    }

    void whatIsInTheWayIsPassedOver()
    {
        start();
        const QByteArray key = Keys::commandStream(ip);
        m_redis->call({"XADD", key, "*", "hello", "world"});
        m_redis->call(
            {"XADD", key, "*", "payload", QByteArray(10 << 20, '{'), "key", "k", "signature", "s"});
        m_redis->call({"XADD", key, "*", "payload", "{\"id\":\"\u0000../\"}", "key", "k",
                       "signature", "\xff\xfe"});
        ask(u"ping"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 1, patience);
        QCOMPARE(m_heard->notices.size(), 1); // a storm is one event
        m_redis->call({"DEL", key});
        m_redis->call({"SET", key, "no stream"});
        m_router->look();
        m_redis->call({"DEL", key});
        ask(u"ping"_s);
        m_router->upkeep();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 2, patience);
    }

    void anEntryLargerThanAnyAnswerHoldsUpOnlyForAWhile()
    {
        qint64 now = systemNow()();
        HeardStates heard;
        CommandRouter router(*m_connection, {ip, machine, m_folder->path(), {}}, heard,
                             Clock{[&now] { return now; }, &steadyMilliseconds});
        router.setKeys(m_keys);
        router.start({});
        m_redis->call({"CONFIG", "SET", "proto-max-bulk-len", "64mb"});
        m_redis->call({"XADD", Keys::commandStream(ip), "*", "payload", QByteArray(17 << 20, 'x')});
        now += 150'000; // by then nothing can be valid that came before it
        CommandRequest asked = request(u"ping"_s);
        asked.issued = now;
        asked.expires = now + 60'000;
        const QByteArray id = QByteArray::number(now) + "-0";
        m_redis->call(QByteArrayList{"XADD", Keys::commandStream(ip), id}
                      + signCommand(asked, m_key).words());
        QTRY_VERIFY_WITH_TIMEOUT((router.upkeep(), !heard.told.isEmpty()), patience);
        QCOMPARE(heard.told.first().id, asked.id);
    }

    void aStreamThatWasMadeAnewIsReadFromItsBeginning()
    {
        start();
        ask(u"ping"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 1, patience);
        m_redis->call({"DEL", Keys::commandStream(ip)});
        const CommandRequest asked = request(u"ping"_s);
        m_redis->call(QByteArrayList{"XADD", Keys::commandStream(ip), "5-1"}
                      + signCommand(asked, m_key).words());
        m_router->upkeep();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 2, patience);
        QCOMPARE(m_heard->told.last().id, asked.id);
    }

    void nothingIsToldTwiceAfterARestart()
    {
        start();
        ask(u"ping"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 1, patience);
        const QList<CommandMessage> remembered = m_heard->told;
        stopRouter();
        start();
        const CommandRequest second = ask(u"ping"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 1, patience);
        QCOMPARE(m_heard->told.first().id, second.id);
        // A crash before the position was written: the outbox remembers.
        m_router.reset();
        QVERIFY(QFile::remove(m_folder->filePath(u"commands-10.0.0.7"_s)));
        start(remembered + m_heard->told);
        ask(u"ping"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 1, patience);
        QVERIFY(m_heard->notices.isEmpty());
    }

    void tellsTheExecutorItsConfigurationFirst()
    {
        FakeExecutor executor(socketPath());
        QVERIFY(executor.listen());
        start();
        m_router->executor().setConfiguration(ip, {{"version", "3"}, {"signature", "abc"}});
        m_router->executor().setMaintenance(ip, {{u"nginx"_s, 17}});
        const CommandRequest asked = ask(u"restart"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(executor.of(u"command"_s).size(), 1, patience);
        QCOMPARE(executor.received.at(0).value(u"type").toString(), u"config"_s);
        QCOMPARE(executor.received.at(0).value(u"fields").toObject().value(u"version").toString(),
                 u"Mw=="_s);
        QCOMPARE(executor.received.at(1).value(u"type").toString(), u"maintenance"_s);
        QCOMPARE(executor.received.at(1).value(u"scopes").toObject().value(u"nginx").toInteger(),
                 17);
        const QJsonObject command = executor.of(u"command"_s).first();
        QCOMPARE(QByteArray::fromBase64(command.value(u"payload").toString().toLatin1()),
                 toJson(asked));
        QVERIFY(StreamId::parse(command.value(u"entry").toString().toLatin1()).has_value());
    }

    void tellsEachOutcomeOnceAndOnlyThenSaysThatItIsTaken()
    {
        FakeExecutor executor(socketPath());
        QVERIFY(executor.listen());
        start();
        m_heard->isAllSafe = false;
        const CommandRequest asked = ask(u"restart"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(executor.of(u"command"_s).size(), 1, patience);
        executor.tell(outcome(asked, CommandState::Accepted), 0);
        executor.tell(outcome(asked, CommandState::Running), 0);
        executor.tell(outcome(asked, CommandState::Done), 1);
        executor.tell(outcome(asked, CommandState::Done), 1);
        executor.tell(outcome(asked, CommandState::Failed), 2); // a liar
        executor.tell(outcome(asked, CommandState::Verified), 3); // not its to say
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 1, patience);
        QCOMPARE(m_heard->published.size(), 2);
        QCOMPARE(m_heard->told.first().state, CommandState::Done);
        QCOMPARE(executor.lastTaken(), 0);
        m_heard->isAllSafe = true;
        m_router->upkeep();
        QTRY_COMPARE_WITH_TIMEOUT(executor.lastTaken(), 2, patience);
        QCOMPARE(m_heard->told.size(), 1);
        // The next agent hears it again: it was never taken.
        stopRouter();
        start();
        QTRY_VERIFY_WITH_TIMEOUT(m_router->executor().isReady(), patience);
        executor.received.clear();
        executor.tell(outcome(asked, CommandState::Done), 1);
        QTRY_COMPARE_WITH_TIMEOUT(executor.lastTaken(), 1, patience);
        QVERIFY(m_heard->told.isEmpty());
    }

    void whatTheExecutorAnsweredBeforeIsSettledAndNotTold()
    {
        FakeExecutor executor(socketPath());
        QVERIFY(executor.listen());
        start();
        const CommandRequest first = ask(u"restart"_s), second = ask(u"stop"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(executor.of(u"command"_s).size(), 2, patience);
        executor.tell(outcome(first, CommandState::Done), 0); // taken from an earlier agent
        executor.send({{u"type"_s, u"notice"_s},
                       {u"entry"_s, executor.of(u"command"_s).at(1).value(u"entry")},
                       {u"details"_s, QJsonObject{{u"reason"_s, u"it came a second time"_s}}}});
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->notices.size(), 1, patience);
        stopRouter();
        executor.received.clear();
        start();
        ask(u"reload"_s);
        m_router->look();
        QTRY_VERIFY_WITH_TIMEOUT(!executor.of(u"command"_s).isEmpty(), patience);
        QCOMPARE(executor.of(u"command"_s).size(), 1); // neither is asked for again
        QVERIFY(m_heard->told.isEmpty());
    }

    void refusesWhatNoExecutorTakes()
    {
        start();
        const CommandRequest asked = ask(u"restart"_s, 1000);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 1, patience);
        QCOMPARE(m_heard->told.first().state, CommandState::Refused);
        QCOMPARE(m_heard->told.first().id, asked.id);
        QVERIFY2(m_heard->told.first().detail.contains(
                     u"systemctl enable --now treewarden-executor.socket"),
                 qPrintable(m_heard->told.first().detail));
        QCOMPARE(m_heard->told.first().by, u"chen@router"_s);
        // An executor that comes later must not get it from anybody.
        FakeExecutor executor(socketPath());
        QVERIFY(executor.listen());
        add(signCommand(asked, m_key));
        const CommandRequest next = ask(u"restart"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(executor.of(u"command"_s).size(), 1, patience);
        QCOMPARE(QByteArray::fromBase64(
                     executor.of(u"command"_s).first().value(u"payload").toString().toLatin1()),
                 toJson(next));
    }

    void whatWasHandedOverIsTheExecutorsToAnswer()
    {
        FakeExecutor executor(socketPath());
        QVERIFY(executor.listen());
        start();
        const CommandRequest asked = ask(u"restart"_s, 1000);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(executor.of(u"command"_s).size(), 1, patience);
        executor.leave();
        m_router.reset(); // killed: nothing more is written
        executor.received.clear();
        start();
        const CommandRequest other = ask(u"stop"_s, 1000);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 1, patience);
        QCOMPARE(m_heard->told.first().id, other.id); // the one that nobody had
        QVERIFY(executor.listen());
        m_router->executor().hurry();
        QTRY_COMPARE_WITH_TIMEOUT(executor.of(u"command"_s).size(), 1, patience);
        executor.tell(outcome(asked, CommandState::Unknown), 7);
        QTRY_COMPARE_WITH_TIMEOUT(executor.lastTaken(), 7, patience);
        QCOMPARE(m_heard->told.size(), 2);
        QCOMPARE(m_heard->told.last().state, CommandState::Unknown);
    }

    void anExecutorThatDoesNotSayWelcomeHoldsUpNothing()
    {
        FakeExecutor executor(socketPath());
        executor.saysWelcome = false;
        QVERIFY(executor.listen());
        start();
        ask(u"restart"_s, 1000);
        ask(u"ping"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 2, patience);
        QCOMPARE(m_heard->told.at(0).state, CommandState::Done);
        QCOMPARE(m_heard->told.at(1).state, CommandState::Refused);
    }

    void anExecutorThatLiesOrFloodsIsBounded()
    {
        FakeExecutor executor(socketPath());
        QVERIFY(executor.listen());
        start();
        QTRY_VERIFY_WITH_TIMEOUT(m_router->executor().isReady(), patience);
        CommandMessage foreign = outcome(request(u"restart"_s), CommandState::Done);
        foreign.ip = u"10.0.0.8"_s;
        executor.tell(foreign, 1);
        for (int i = 0; i < 20'000; ++i)
            executor.tell(outcome(request(u"restart"_s), CommandState::Running), 0);
        ask(u"ping"_s);
        m_router->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_heard->told.size(), 1, patience);
        QVERIFY(m_heard->published.size() < 20'000); // the ping did not wait for all of it
        QSignalSpy lost(&m_router->executor(), &ExecutorLink::lost);
        QTRY_VERIFY_WITH_TIMEOUT(m_heard->published.size() == 20'000, 60'000);
        executor.sendBytes("\xff\xff\xff\xff rubbish");
        QTRY_COMPARE_WITH_TIMEOUT(lost.size(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_router->executor().isReady(), patience);
    }
};

QTEST_GUILESS_MAIN(TestCommandRouter)
#include "tst_commandrouter.moc"
