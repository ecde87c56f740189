// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/outboxrecord.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString ip = u"10.0.0.7"_s;

Transition numbered(Transition transition)
{
    transition.setTold({u"0190163d-8694-739b-aea5-966c26f8ad91"_s, 12});
    return transition;
}

CommandMessage command(const QString &action, CommandState state)
{
    CommandMessage message{ip,
                           u"0f2c7c1e-6a52-4a3b-9d5a-1f2e3d4c5b6a"_s,
                           {u"nginx"_s, u"default"_s},
                           action,
                           state,
                           0,
                           u"it ran"_s,
                           1700};
    message.key = u"0011223344556677"_s;
    message.by = u"sweeper"_s; // a person's name for this purpose
    message.reason = u"it \"leaks\"\n"_s;
    message.took = 12;
    return message;
}

QList<Transition> examples()
{
    const ServiceId service{u"mysql"_s, u"3306"_s};
    return {
        numbered({AliveMessage{ip, true, 5, {}}, false, 15s}),
        numbered({AliveMessage{ip, false, 5, {}}}),
        numbered({ServiceMessage{ip,
                                 service,
                                 false,
                                 7,
                                 6,
                                 u"it said \"no\"\nand left"_s,
                                 u"tcp.refused"_s,
                                 {{u"port"_s, 3306}},
                                 {}}}),
        numbered({ServiceMessage{ip, service, {}, 7, 6, u"no permission"_s, {}, {}, {}}}),
        numbered({ServiceRemovedMessage{ip, service, 7, {}}}),
        numbered({AddressMessage{ip, {ip, u"2001:db8::7"_s}, 7, {}}}),
        numbered(commandTransition(command(u"restart"_s, CommandState::Done))),
        numbered(commandTransition(command(u"refresh"_s, CommandState::Done))),
        numbered({AgentNotice{
            ip, u"clock"_s, {{u"skew"_s, 86'400'000}, {u"detail"_s, u"check"_s}}, 7, {}}}),
    };
}

} // namespace

class TestOutboxRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void readsEveryKindOfTransitionAsItWasWritten()
    {
        for (const Transition &transition : examples()) {
            const QByteArray line = outboxLine(transition);
            QCOMPARE(line.count('\n'), 1);
            QVERIFY(line.endsWith('\n'));
            const auto record = parseOutboxLine(line.chopped(1), ip);
            QVERIFY2(record && std::holds_alternative<Transition>(*record), line.constData());
            const auto &read = std::get<Transition>(*record);
            QCOMPARE(read.told(), transition.told());
            QCOMPARE(read.hasEvent, transition.hasEvent);
            QCOMPARE(read.lease, transition.lease);
            QCOMPARE(read.content.index(), transition.content.index());
            QCOMPARE(transitionCommands(ip, {read}), transitionCommands(ip, {transition}));
        }
    }

    void readsWhatWasTold()
    {
        const Told told{u"0190163d-8694-739b-aea5-966c26f8ad91"_s, 4711};
        const auto record = parseOutboxLine(outboxLine(told).chopped(1), ip);
        QVERIFY(record && std::holds_alternative<Told>(*record));
        QCOMPARE(std::get<Told>(*record), told);
    }

    void takesNoLineThatWasCutOrChanged()
    {
        for (const Transition &transition : examples()) {
            const QByteArray line = outboxLine(transition).chopped(1);
            for (qsizetype length = 0; length < line.size(); ++length)
                QVERIFY2(!parseOutboxLine(line.left(length), ip), line.left(length).constData());
            for (qsizetype i = 0; i < line.size(); ++i) {
                QByteArray changed = line;
                changed[i] = char(changed[i] ^ 0x11);
                QVERIFY2(!parseOutboxLine(changed, ip), changed.constData());
            }
        }
    }

    void takesNothingOfAnotherServerOrWithoutANumber()
    {
        QVERIFY(!parseOutboxLine(outboxLine(examples().first()).chopped(1), u"10.0.0.8"_s));
        QVERIFY(!parseOutboxLine(outboxLine(examples().last()).chopped(1), u"10.0.0.8"_s));
        QVERIFY(
            !parseOutboxLine(outboxLine(Transition{AliveMessage{ip, true, 5, {}}}).chopped(1), ip));
    }

    void readsToldOnlyWhenItIsOne()
    {
        QCOMPARE(parseTold("s:5"), (Told{u"s"_s, 5}));
        for (const char *text : {"", ":", "s", "s:", ":5", "s:-1", "s:5x",
                                 "s:99999999999999999999999", "s\n:5", "\xff:5"})
            QVERIFY2(!parseTold(text), text);
        QVERIFY(!parseTold(QByteArray(1000, 's') + ":5"));
    }
};

QTEST_GUILESS_MAIN(TestOutboxRecord)
#include "tst_outboxrecord.moc"
