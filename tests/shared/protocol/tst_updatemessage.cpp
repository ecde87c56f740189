// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/updatemessage.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestUpdateMessage : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void writesTheTypeFirst()
    {
        QCOMPARE(
            toJson(AliveMessage{u"10.0.0.7"_s, true, 1700000000000, {}}),
            QByteArray(R"({"type":"alive","ip":"10.0.0.7","alive":1,"timestamp":1700000000000})"));
        QVERIFY(
            toJson(ServiceMessage{
                       u"::1"_s, {u"mysql"_s, u"3306"_s}, {}, 5, 4, u"why"_s, u"c"_s, {}, {}})
                .startsWith(
                    R"({"type":"service","ip":"::1","role":"mysql","instance":"3306","alive":null)"));
    }

    void readsWhatItWrote_data()
    {
        QTest::addColumn<QByteArray>("json");
        const Told told{u"session"_s, 7, false, false};
        const auto row = [](const UpdateMessage &message) {
            const QByteArray json = toJson(message);
            QTest::newRow(json.left(24).constData()) << json;
        };
        row(AliveMessage{u"10.0.0.7"_s, false, 5, Told{{}, 0, true, true}});
        row(WorkloadMessage{u"10.0.0.7"_s, Workload{.uptime = 7}, 5});
        row(ServiceMessage{
            u"10.0.0.7"_s, {u"r"_s, u"i"_s}, false, 5, 3, u"x"_s, u"y"_s, {{u"n"_s, 1}}, told});
        row(ServiceMessage{
            u"10.0.0.7"_s, {u"r"_s, u"i"_s}, true, 5, 3, u"x"_s, u"y"_s, {}, told, 17});
        row(ServiceReasonMessage{
            u"10.0.0.7"_s, {u"r"_s, u"i"_s}, false, 5, u"x"_s, u"y"_s, {{u"n"_s, 1}}});
        row(ServicesMessage{u"10.0.0.7"_s, {{u"a:b"_s, true}, {u"c:d"_s, {}}}, 5});
        row(ServiceRemovedMessage{u"10.0.0.7"_s, {u"r"_s, u"i"_s}, 5, told});
        row(ServiceWorkloadMessage{u"10.0.0.7"_s, {u"r"_s, u"i"_s}, {{u"k"_s, u"v"_s}}, 5});
        row(InfoMessage{u"10.0.0.7"_s, 5});
        row(ConfigMessage{u"10.0.0.7"_s, {}, 4});
        row(ConfigMessage{{}, u"dev"_s, 4});
        row(AddressMessage{u"10.0.0.7"_s, {u"10.0.0.8"_s}, 5, told, {}, {}});
        row(AddressMessage{u"10.0.0.7"_s, {u"10.0.0.8"_s}, 5, told, false, u"it left"_s});
        row(EventMessage{u"10.0.0.7"_s});
    }

    void readsWhatItWrote()
    {
        QFETCH(QByteArray, json);
        const auto message = parseUpdateMessage(json);
        QVERIFY2(message.isOk(), message.isOk() ? "" : qPrintable(message.error().text));
        QVERIFY(message->has_value());
        QCOMPARE(toJson(**message), json);
    }

    void ignoresUnknownTypes()
    {
        const auto message = parseUpdateMessage(R"({"type":"tomorrow","ip":"10.0.0.7"})");
        QVERIFY(message.isOk());
        QVERIFY(!message->has_value());
    }

    void refusesRubbish_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("binary") << QByteArray("\0\xff\xfe\x01", 4);
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("no ip") << QByteArray(R"({"type":"alive","alive":1})");
        QTest::newRow("ip that is none") << QByteArray(R"({"type":"alive","ip":"x","alive":1})");
        QTest::newRow("alive as text")
            << QByteArray(R"({"type":"alive","ip":"10.0.0.7","alive":"1"})");
        QTest::newRow("role with a blank")
            << QByteArray(R"({"type":"service","ip":"10.0.0.7","role":"a b","instance":"x"})");
        QTest::newRow("instance with a newline") << QByteArray(
            "{\"type\":\"service\",\"ip\":\"10.0.0.7\",\"role\":\"a\",\"instance\":\"x\\n\"}");
        QTest::newRow("too large") << QByteArray(1 << 20, ' ');
        QTest::newRow("too deep") << QByteArray(100'000, '[');
    }

    void refusesRubbish()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!parseUpdateMessage(json).isOk());
    }
};

QTEST_GUILESS_MAIN(TestUpdateMessage)
#include "tst_updatemessage.moc"
