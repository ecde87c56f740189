// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/startstate.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

using Type = RedisValue::Type;

RedisValue bulk(const QByteArray &text)
{
    return {Type::Bulk, text, 0, {}};
}

RedisReply answered(const RedisValue &value)
{
    return {RedisReply::Outcome::Answered, value,
            value.isError() ? QString::fromUtf8(value.text) : QString()};
}

} // namespace

class TestStartState : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void readsWhatWasWritten()
    {
        const auto state = readStartState(
            {answered(bulk("1")), answered(bulk("1")),
             answered(
                 {Type::Array, {}, 0, {bulk("s"), bulk("machine"), bulk("host"), bulk("s:7")}}),
             answered(
                 {Type::Array, {}, 0, {bulk("redis:6379"), bulk(R"({"alive":1,"since":7})")}})});
        QVERIFY(state);
        QVERIFY(state->isAlive && state->countsAsAlive);
        QCOMPARE(state->session, u"s"_s);
        QCOMPARE(state->told, "s:7");
        QCOMPARE(state->services.value({u"redis"_s, u"6379"_s}).since, 7);
        QVERIFY(state->isOtherMachine(u"another"_s));
        QVERIFY(!state->isOtherMachine(u"machine"_s));
    }

    void takesRubbishForAbsent()
    {
        const RedisValue wrongType{Type::Error, "WRONGTYPE Operation against a key", 0, {}};
        const auto state = readStartState(
            {answered(wrongType), answered({}), answered(wrongType),
             answered({Type::Array,
                       {},
                       0,
                       {bulk("../x:y"), bulk("{}"), bulk("redis:1"), bulk("no json")}})});
        QVERIFY(state);
        QVERIFY(!state->isAlive && state->session.isEmpty() && state->services.isEmpty());
        QVERIFY(!state->isOtherMachine(u"machine"_s));
    }

    void saysWhyRedisRefused()
    {
        const RedisReply refused = answered({Type::Error, "NOPERM no", 0, {}});
        const auto state = readStartState({refused, refused, refused, refused});
        QVERIFY(!state);
        QVERIFY(state.error().text.contains(u"NOPERM"));
    }
};

QTEST_GUILESS_MAIN(TestStartState)
#include "tst_startstate.moc"
