// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/transition.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QString ip = u"10.0.0.7"_s;

Transition serviceDied(qint64 n)
{
    Transition transition{ServiceMessage{
        ip, {u"mysql"_s, u"3306"_s}, false, 1700, 1700, u"gone"_s, u"process.count"_s, {}, {}}};
    transition.setTold({u"s"_s, n});
    return transition;
}

/// The first words of each command.
QList<QByteArray> summary(const QList<RedisConnection::Words> &commands)
{
    QList<QByteArray> lines;
    for (const auto &words : commands)
        lines << words.mid(0, 2).join(' ');
    return lines;
}

} // namespace

class TestTransition : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void aServiceWritesItsKeysItsEventAndItsMessageInOneGo()
    {
        const auto commands = transitionCommands(ip, {serviceDied(4)});
        QCOMPARE(summary(commands),
                 (QList<QByteArray>{"SET service:10.0.0.7:mysql:3306:alive",
                                    "HSET services:10.0.0.7", "XADD events", "PUBLISH update:info",
                                    "HSET server:info:10.0.0.7", "PUBLISH update:info"}));
        QCOMPARE(commands.at(0).last(), "0");
        const QByteArray message = commands.at(3).last();
        QVERIFY2(
            message.startsWith(
                R"({"type":"service","ip":"10.0.0.7","role":"mysql","instance":"3306","alive":0,"timestamp":1700,)"),
            message);
        QVERIFY2(message.endsWith(R"("session":"s","n":4})"), message);
        QCOMPARE(commands.at(2).last(), message);
        QCOMPARE(commands.at(4).mid(2), (QList<QByteArray>{"told", "s:4"}));
        QCOMPARE(commands.last().last(), R"({"type":"event","ip":"10.0.0.7"})");
    }

    void anOutcomeGoesIntoItsStreamAndIsAnEvent()
    {
        CommandMessage message{
            ip, u"id-1"_s, {u"nginx"_s, u"default"_s}, u"restart"_s, CommandState::Failed};
        Transition transition = commandTransition(message);
        transition.setTold({u"s"_s, 4});
        const auto commands = transitionCommands(ip, {transition});
        QCOMPARE(summary(commands),
                 (QList<QByteArray>{"XADD commands", "XADD events", "PUBLISH update:info",
                                    "HSET server:info:10.0.0.7", "PUBLISH update:info"}));
        const QByteArray json = commands.at(2).last();
        QCOMPARE(commands.at(0),
                 (QList<QByteArray>{"XADD", "commands", "MAXLEN", "~", "10000", "*", "ip",
                                    "10.0.0.7", "id", "id-1", "state", "failed", "json", json}));
        QVERIFY2(json.contains(R"("state":"failed")") && json.contains(R"("n":4)"), json);
    }

    void whatTheAgentAnswersItselfIsNoEvent()
    {
        CommandMessage message{
            ip, u"id-1"_s, {u"system"_s, u"default"_s}, u"ping"_s, CommandState::Done};
        QCOMPARE(summary(transitionCommands(ip, {commandTransition(message)})),
                 (QList<QByteArray>{"XADD commands", "PUBLISH update:info",
                                    "HSET server:info:10.0.0.7"}));
        message.action = u"start"_s;
        message.state = CommandState::Unverified;
        QVERIFY(commandTransition(message).hasEvent);
    }

    void severalAreToldByTheirLastNumber()
    {
        const auto commands = transitionCommands(ip, {serviceDied(4), serviceDied(5)});
        QCOMPARE(summary(commands).count("HSET server:info:10.0.0.7"), 1);
        QCOMPARE(commands.at(commands.size() - 2).last(), "s:5");
    }

    void anUnknownServiceHasNoAliveKey()
    {
        Transition transition = serviceDied(1);
        std::get<ServiceMessage>(transition.content).alive.reset();
        const auto commands = transitionCommands(ip, {transition});
        QCOMPARE(commands.first(), (QList<QByteArray>{"DEL", "service:10.0.0.7:mysql:3306:alive"}));
        QVERIFY(commands.at(3).last().contains("\"alive\":null"));
    }

    void anAnnouncementSetsTheLeaseAndTheIndex()
    {
        Transition transition{AliveMessage{ip, true, 1700, {}}, true, std::chrono::seconds(15)};
        transition.setTold({u"s"_s, 1});
        const auto commands = transitionCommands(ip, {transition});
        QCOMPARE(commands.at(0),
                 (QList<QByteArray>{"SET", "server:alive:10.0.0.7", "1", "PX", "15000"}));
        QCOMPARE(commands.at(1), (QList<QByteArray>{"HSET", "servers:alive", "10.0.0.7", "1"}));
        QCOMPARE(commands.at(2), (QList<QByteArray>{"HSET", "servers:since", "10.0.0.7", "1700"}));
        QCOMPARE(commands.at(5), (QList<QByteArray>{"PUBLISH", "update:info:10.0.0.7:alive", "1"}));
    }

    void aTakeOverIsNoEventAndKeepsSince()
    {
        Transition transition{AliveMessage{ip, true, 1700, {}}, false, std::chrono::seconds(15)};
        transition.setTold({u"s"_s, 1});
        const auto commands = transitionCommands(ip, {transition});
        QVERIFY(!summary(commands).contains("XADD events"));
        QCOMPARE(commands.at(2).first(), "HSETNX");
    }

    void aNoticeIsAnEventWithoutAMessage()
    {
        Transition transition{
            AgentNotice{ip, u"clock"_s, {{u"skew"_s, 3000}, {u"detail"_s, u"three"_s}}, 1700, {}}};
        transition.setTold({u"s"_s, 2});
        const auto commands = transitionCommands(ip, {transition});
        QCOMPARE(
            commands.first().last(),
            R"({"type":"clock","ip":"10.0.0.7","detail":"three","skew":3000,"timestamp":1700,"session":"s","n":2})");
        QCOMPARE(
            summary(commands),
            (QList<QByteArray>{"XADD events", "HSET server:info:10.0.0.7", "PUBLISH update:info"}));
    }
};

QTEST_GUILESS_MAIN(TestTransition)
#include "tst_transition.moc"
