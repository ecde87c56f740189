// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/servicebook.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using Finding = ServiceBook::Finding;

namespace {

const ServiceId redis{u"redis"_s, u"6379"_s};

ServiceState at(qint64 timestamp, std::optional<bool> alive, const QString &code = {})
{
    ServiceState state;
    state.alive = alive;
    state.code = code;
    state.timestamp = timestamp;
    return state;
}

} // namespace

class TestServiceBook : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void aServiceNobodyKnewIsAChange()
    {
        ServiceBook book;
        QCOMPARE(book.take(redis, at(5, true)), Finding::Changed);
        QCOMPARE(book.state(redis).since, 5);
        QCOMPARE(book.take(redis, at(6, true)), Finding::Nothing);
    }

    void aFirstStateEqualToTheWrittenOneKeepsItsSince()
    {
        ServiceBook book;
        ServiceState written = at(2, true);
        written.since = 1;
        book.restore({{redis, written}});
        QCOMPARE(book.take(redis, at(5, true)), Finding::Confirmed);
        QCOMPARE(book.state(redis).since, 1);
        QVERIFY(book.unconfirmed().isEmpty());
        QCOMPARE(book.take(redis, at(6, false)), Finding::Changed);
        QCOMPARE(book.state(redis).since, 6);
    }

    void aFirstStateThatDiffersIsAChange()
    {
        ServiceBook book;
        book.restore({{redis, at(2, true)}});
        QCOMPARE(book.take(redis, at(5, false)), Finding::Changed);
    }

    void anotherReasonIsNoChangeOfState()
    {
        ServiceBook book;
        book.take(redis, at(1, false, u"tcp.refused"_s));
        QCOMPARE(book.take(redis, at(2, false, u"tcp.timeout"_s)), Finding::Explained);
        QCOMPARE(book.state(redis).since, 1);
        QCOMPARE(book.take(redis, at(3, false, u"tcp.timeout"_s)), Finding::Nothing);
    }

    void flappingIsATransitionItsNewCountIsNone()
    {
        ServiceBook book;
        const auto flapping = [](qint64 timestamp, bool alive, int count) {
            ServiceState state = at(timestamp, alive, u"service.flapping"_s);
            state.flapping = count;
            return state;
        };
        book.take(redis, at(1, true));
        QCOMPARE(book.take(redis, flapping(2, true, 17)), Finding::Changed);
        QCOMPARE(book.take(redis, flapping(3, false, 40)), Finding::Recounted);
        QCOMPARE(book.state(redis).since, 2);
        QCOMPARE(book.state(redis).flapping, 40);
        ServiceState settled = at(50, false);
        settled.since = 20;
        QCOMPARE(book.take(redis, settled), Finding::Changed);
        QCOMPARE(book.state(redis).since, 20);
    }

    void aStartEndsWhatAnEarlierAgentCalledFlapping()
    {
        ServiceBook book;
        ServiceState written = at(2, true);
        written.flapping = 17;
        book.restore({{redis, written}});
        QCOMPARE(book.take(redis, at(5, true)), Finding::Changed);
    }

    void unknownIsAStateOfItsOwn()
    {
        ServiceBook book;
        book.take(redis, at(1, true));
        QCOMPARE(book.take(redis, at(2, std::nullopt)), Finding::Changed);
        QCOMPARE(book.take(redis, at(3, false)), Finding::Changed);
    }

    void forgetsOnlyWhatWasWritten()
    {
        ServiceBook book;
        QVERIFY(!book.remove(redis));
        book.restore({{redis, at(2, true)}});
        QVERIFY(book.remove(redis));
        QVERIFY(!book.remove(redis));
    }
};

QTEST_GUILESS_MAIN(TestServiceBook)
#include "tst_servicebook.moc"
