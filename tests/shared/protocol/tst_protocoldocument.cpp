// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/controlledparser.h"
#include "shared/config/paastree.h"
#include "shared/config/serverconfig.h"
#include "shared/protocol/commandrequest.h"
#include "shared/protocol/event.h"
#include "shared/protocol/servicestate.h"
#include "shared/protocol/updatemessage.h"
#include "shared/protocol/workload.h"

#include <QFile>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestProtocolDocument : public QObject
{
    Q_OBJECT

    // The lines of all blocks ```json KIND of docs/protocol.md.
    static QList<QByteArray> examples(const QByteArray &kind)
    {
        QFile file(QStringLiteral(SOURCE_ROOT "/docs/protocol.md"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QList<QByteArray> found;
        bool isInside = false;
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (line.startsWith("```"))
                isInside = line == "```json " + kind;
            else if (isInside)
                found << line;
        }
        return found;
    }

private Q_SLOTS:

    void messagesAreReadAndWrittenAsTheyStand()
    {
        QVERIFY(examples("message").size() >= 12);
        for (const QByteArray &json : examples("message")) {
            const auto message = parseUpdateMessage(json);
            QVERIFY2(message.isOk() && message->has_value(), json.constData());
            QCOMPARE(toJson(**message), json);
        }
    }

    /// Who judges writes them with console/alerts; whoever keeps a picture of the fleet reads them
    /// as events.
    void messagesOfAlertsDisturbNoReader()
    {
        QCOMPARE(examples("alert").size(), 2);
        for (const QByteArray &json : examples("alert")) {
            const auto message = parseUpdateMessage(json);
            QVERIFY2(message.isOk() && !message->has_value(), json.constData());
            QVERIFY2(parseEvent("1-0", {"type", "alert", "ip", "10.0.0.7", "json", json}).isOk(),
                     json.constData());
        }
    }

    void samplesAreReadAndWrittenAsTheyStand()
    {
        QCOMPARE(examples("sample").size(), 1);
        for (const QByteArray &json : examples("sample")) {
            const auto sample = parseWorkloadSample(json);
            QVERIFY2(sample.isOk(), json.constData());
            QCOMPARE(toJson(*sample), json);
        }
    }

    void statesAreReadAndWrittenAsTheyStand()
    {
        QCOMPARE(examples("state").size(), 1);
        for (const QByteArray &json : examples("state")) {
            const auto state = parseServiceState(json);
            QVERIFY2(state.isOk(), json.constData());
            QCOMPARE(toJson(*state), json);
        }
    }

    void ordersAreReadAndWrittenAsTheyStand()
    {
        QCOMPARE(examples("order").size(), 1);
        for (const QByteArray &json : examples("order")) {
            const auto request = parseCommandRequest(json);
            QVERIFY2(request.isOk(), json.constData());
            QCOMPARE(toJson(*request), json);
        }
    }

    void configurationsLoadWithoutAnIssue()
    {
        QCOMPARE(examples("services").size(), 1);
        for (const QByteArray &json : examples("services")) {
            const ParsedConfig parsed = parseServerConfig(u"10.0.0.7"_s, {{"services", json}});
            QVERIFY2(parsed.config && parsed.issues.isEmpty(), qPrintable(parsed.errorText()));
            QCOMPARE(parsed.config->services.size(), 3);
        }
    }

    void controlledActionsLoadWithoutAnIssue()
    {
        QCOMPARE(examples("controlled").size(), 1);
        for (const QByteArray &json : examples("controlled")) {
            const ParsedConfig parsed = parseServerConfig(u"10.0.0.7"_s, {{"controlled", json}});
            QVERIFY2(parsed.config && parsed.issues.isEmpty(), qPrintable(parsed.errorText()));
            QCOMPARE(controlledActions(parsed.config->controlled, {u"redis"_s, u"6380"_s}),
                     QStringList{u"restart"_s});
        }
    }

    void schedulesLoadWithoutAnIssue()
    {
        QCOMPARE(examples("schedule").size(), 1);
        for (const QByteArray &json : examples("schedule")) {
            const ParsedConfig parsed = parseServerConfig(
                u"10.0.0.7"_s,
                {{"controlled",
                  R"({"nginx":{"80":{"restart":"nginx -s quit","reload":"nginx -s reload"}}})"},
                 {"schedule", json}});
            QVERIFY2(parsed.config && parsed.issues.isEmpty(), qPrintable(parsed.errorText()));
            QCOMPARE(parsed.config->schedule.size(), 2);
        }
    }

    void alertsLoadWithoutAnIssue()
    {
        QCOMPARE(examples("rules").size(), 1);
        for (const QByteArray &json : examples("rules")) {
            const ParsedConfig parsed = parseServerConfig(u"10.0.0.7"_s, {{"alerts", json}});
            QVERIFY2(parsed.config && parsed.issues.isEmpty(), qPrintable(parsed.errorText()));
            QCOMPARE(parsed.config->alerts.size(), 2);
        }
    }

    void treesLoadWithoutAnIssue()
    {
        QCOMPARE(examples("paas").size(), 1);
        for (const QByteArray &json : examples("paas")) {
            const ParsedPaasTree parsed = parsePaasTree(json);
            QVERIFY2(parsed.tree && parsed.issues.isEmpty(), json.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestProtocolDocument)
#include "tst_protocoldocument.moc"
