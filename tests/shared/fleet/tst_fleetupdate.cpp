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
};

QTEST_GUILESS_MAIN(TestFleetUpdate)
#include "tst_fleetupdate.moc"
