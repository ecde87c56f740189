// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/heartbeat.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

using Type = RedisValue::Type;

RedisValue bulk(const QByteArray &text)
{
    return {text.isNull() ? Type::Nil : Type::Bulk, text, 0, {}};
}

RedisValue answer(const QByteArray &alive, const QByteArray &session)
{
    return {Type::Array, {}, 0, {{Type::Status, "OK", 0, {}}, bulk(alive), bulk(session)}};
}

} // namespace

class TestHeartbeat : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void judgesItsStanding_data()
    {
        QTest::addColumn<RedisValue>("reply");
        QTest::addColumn<Standing>("standing");
        QTest::newRow("good") << answer("1", "mine") << Standing::Good;
        QTest::newRow("swept") << answer("0", "mine") << Standing::TakenForDead;
        QTest::newRow("not in the index") << answer({}, "mine") << Standing::TakenForDead;
        QTest::newRow("flushed") << answer({}, {}) << Standing::StateLost;
        QTest::newRow("restored") << answer("1", "earlier") << Standing::StateLost;
        QTest::newRow("taken over") << answer("1", "stranger") << Standing::TakenOver;
        QTest::newRow("nothing ran") << RedisValue{} << Standing::Unreadable;
        QTest::newRow("too short")
            << RedisValue{Type::Array, {}, 0, {bulk("1")}} << Standing::Unreadable;
        QTest::newRow("wrong type")
            << RedisValue{Type::Array,
                          {},
                          0,
                          {bulk("OK"), bulk("1"), {Type::Error, "WRONGTYPE", 0, {}}}}
            << Standing::Unreadable;
    }

    void judgesItsStanding()
    {
        QFETCH(RedisValue, reply);
        QFETCH(Standing, standing);
        QCOMPARE(judgeHeartbeat(reply, u"mine"_s, {u"earlier"_s}), standing);
    }

    void knowsItsOwnTombstone()
    {
        const QByteArray tombstone = "{\"machine_id\":\"feedface\",\"timestamp\":1}";
        QVERIFY(isTombstoneOf(tombstone, u"feedface"_s));
        QVERIFY(!isTombstoneOf(tombstone, u"0badcafe"_s));
        QVERIFY(!isTombstoneOf(tombstone, {}));
        QVERIFY(!isTombstoneOf({}, u"feedface"_s));
    }

    void renewsTheLeaseInMilliseconds()
    {
        const auto commands = heartbeatCommands(u"10.0.0.7"_s, std::chrono::seconds(15));
        QCOMPARE(commands.first(),
                 (QList<QByteArray>{"SET", "server:alive:10.0.0.7", "1", "PX", "15000"}));
    }
};

QTEST_GUILESS_MAIN(TestHeartbeat)
#include "tst_heartbeat.moc"
