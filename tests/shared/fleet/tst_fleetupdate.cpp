// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetupdate.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestFleetUpdate : public QObject
{
    Q_OBJECT

    const ServiceId m_nginx{u"nginx"_s, u"80"_s};
    FleetServer m_server;
    LastTold m_last;

    Effect apply(const UpdateMessage &message) { return applyMessage(message, m_server, m_last); }

    const ServiceState &state() { return m_server.services[m_nginx].state; }

    ServiceMessage died(qint64 n) const
    {
        ServiceMessage message{u"10.0.0.7"_s,       m_nginx, false, 5, 5, u"refused"_s,
                               u"socket.refused"_s, {},      {}};
        message.told = Told{u"s"_s, n};
        return message;
    }

private Q_SLOTS:

    void init()
    {
        m_server = {};
        m_last = {};
    }

    void anotherReasonKeepsTheRest()
    {
        QCOMPARE(apply(died(1)), Effect::Changed);
        const ServiceReasonMessage slow{u"10.0.0.7"_s,       m_nginx, false, 9, u"no answer"_s,
                                        u"socket.timeout"_s, {}};
        QCOMPARE(apply(slow), Effect::Changed);
        QCOMPARE(state().code, u"socket.timeout"_s);
        QCOMPARE(state().since, 5);
        QCOMPARE(state().alive, std::optional(false));
        QCOMPARE(apply(slow), Effect::None);
    }

    void aReasonForAnotherStateAsksTheKeys()
    {
        const ServiceReasonMessage reason{u"10.0.0.7"_s, m_nginx, true, 9, u"x"_s, u"y"_s, {}};
        QCOMPARE(apply(reason), Effect::Doubtful);
        (void)apply(died(1));
        QCOMPARE(apply(reason), Effect::Doubtful);
        QCOMPARE(state().code, u"socket.refused"_s);
    }

    void keepsTheCountOfAFlappingService()
    {
        ServiceMessage flapping = died(1);
        flapping.flapping = 17;
        QCOMPARE(apply(flapping), Effect::Changed);
        QCOMPARE(state().flapping, 17);
        flapping.told->n = 2;
        flapping.flapping = 40;
        QCOMPARE(apply(flapping), Effect::Changed);
        QCOMPARE(apply(died(3)), Effect::Changed);
        QCOMPARE(state().flapping, 0);
    }

    void seesAtAGlanceThatStatesAreAsKnown_data()
    {
        QTest::addColumn<QByteArray>("states");
        QTest::addColumn<bool>("areAsTold");
        QTest::newRow("as known") << QByteArray(R"({"mysql:3306":1,"nginx:80":0,"php:a":null})")
                                  << true;
        QTest::newRow("other state")
            << QByteArray(R"({"mysql:3306":0,"nginx:80":0,"php:a":null})") << false;
        QTest::newRow("known now")
            << QByteArray(R"({"mysql:3306":1,"nginx:80":0,"php:a":0})") << false;
        QTest::newRow("one less") << QByteArray(R"({"mysql:3306":1,"nginx:80":0})") << false;
        QTest::newRow("one more") << QByteArray(
            R"({"mysql:3306":1,"nginx:80":0,"php:a":null,"x:y":1})")
                                  << false;
        QTest::newRow("another") << QByteArray(R"({"mysql:3307":1,"nginx:80":0,"php:a":null})")
                                 << false;
        QTest::newRow("another role")
            << QByteArray(R"({"mysqd:3306":1,"nginx:80":0,"php:a":null})") << false;
        QTest::newRow("other order")
            << QByteArray(R"({"nginx:80":0,"mysql:3306":1,"php:a":null})") << false;
        QTest::newRow("no object") << QByteArray("[]") << false;
    }

    void seesAtAGlanceThatStatesAreAsKnown()
    {
        QFETCH(QByteArray, states);
        FleetServer server;
        const auto add = [&server](const ServiceId &id, std::optional<bool> alive) {
            server.services[id].id = id;
            server.services[id].state.alive = alive;
        };
        add({u"mysql"_s, u"3306"_s}, true);
        add({u"nginx"_s, u"80"_s}, false);
        add({u"php"_s, u"a"_s}, std::nullopt);
        QTEST(areAsTold(server, states), "areAsTold");
    }
};

QTEST_GUILESS_MAIN(TestFleetUpdate)
#include "tst_fleetupdate.moc"
