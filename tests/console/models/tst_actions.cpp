// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/models/actionquestion.h"
#include "console/models/actiontext.h"
#include "console/models/maintenancetext.h"
#include "shared/redis/redisvalue.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 evening = 1'700'000'000'000;
const QString webThree = u"10.207.26.233"_s, databaseOne = u"10.207.26.250"_s,
              databaseTwo = u"10.207.26.251"_s;
const ServiceId nginx{u"nginx"_s, u"80"_s}, ssh{u"ssh"_s, u"default"_s};

QHash<QByteArray, QByteArray> webConfig(bool isSigned = true)
{
    QHash<QByteArray, QByteArray> fields{
        {"services",
         R"({"nginx":{"80":{"alive":{"probe":"tcp","port":80}}},
             "ssh":{"_":{"protected":true},"default":{"alive":{"probe":"tcp","port":22}}}})"},
        {"controlled",
         R"({"nginx":{"default":{"restart":{"unit":"nginx.service"},"flush-cache":"/bin/true"},
             "80":{"stop":{"unit":"nginx.service"}}},
             "ssh":{"default":{"restart":{"unit":"ssh.service"},"start":{"unit":"ssh.service"}}}})"},
        {"version", "3"}};
    if (isSigned)
        fields.insert("signature", "c2lnbmVk");
    return fields;
}

CommandMessage message(const QString &id, CommandState state, qint64 when = evening)
{
    CommandMessage m;
    m.ip = databaseOne;
    m.id = id;
    m.service = {u"mysql"_s, u"3306"_s};
    m.action = u"restart"_s;
    m.state = state;
    m.timestamp = when;
    m.by = u"chen"_s;
    return m;
}

RedisValue bulk(const QByteArray &text)
{
    RedisValue value;
    value.type = RedisValue::Type::Bulk;
    value.text = text;
    return value;
}

RedisValue array(const QList<RedisValue> &elements)
{
    RedisValue value;
    value.type = RedisValue::Type::Array;
    value.elements = elements;
    return value;
}

RedisValue entry(const QByteArray &id, const QByteArray &json)
{
    return array({bulk(id), array({bulk("ip"), bulk("10.0.0.1"), bulk("json"), bulk(json)})});
}

} // namespace

class TestActions : public QObject
{
    Q_OBJECT

    struct Fixture
    {
        FixedSource source{demoFleet(evening), evening};
        FixedDesk desk;
        ActionCentre centre{source, desk};

        QString whyNot(const ServiceId &service, const QString &action,
                       const QString &ip = webThree)
        {
            return centre.choice({{{ip, service}}, {}, {}}, action).whyNot;
        }

        void unlock()
        {
            const auto key = SigningKey::generate(u"chen"_s);
            const QString path = folder.filePath(u"key"_s);
            QVERIFY(key && key->write(path, {}));
            QSignalSpy changed(&centre.keys(), &KeyRing::changed);
            centre.keys().unlock(path, {});
            QVERIFY(changed.wait());
        }

        QTemporaryDir folder;
    };

private Q_SLOTS:

    void nothingCanBeDoneInThePast()
    {
        Fixture f;
        f.centre.configs().take(webThree, webConfig());
        QSignalSpy told(&f.centre, &ActionCentre::choicesChanged);
        f.source.setMoment(evening - 60'000);
        QTRY_VERIFY(!told.isEmpty());
        for (const ActionChoice &choice : f.centre.choices({{{webThree, nginx}}, {}, {}}))
            QCOMPARE(choice.whyNot, FleetSource::pastSentence());
        f.source.setMoment(0);
        QCOMPARE(f.whyNot(nginx, u"restart"_s), QString());
    }

    void whatTheConfigurationNamesCanBeDone()
    {
        Fixture f;
        f.centre.configs().take(webThree, webConfig());
        QCOMPARE(f.whyNot(nginx, u"restart"_s), QString());
        QCOMPARE(f.whyNot(nginx, u"stop"_s), QString());
        QVERIFY(f.whyNot(nginx, u"reload"_s).contains(u"does not say how"_s));
        QStringList names;
        for (const ActionChoice &choice : f.centre.choices({{{webThree, nginx}}, {}, {}}))
            names << choice.action;
        QCOMPARE(names,
                 QStringList({u"start"_s, u"stop"_s, u"restart"_s, u"reload"_s, u"refresh"_s,
                              u"flush-cache"_s}));
    }

    void whatCannotBeDoneSaysWhy()
    {
        Fixture f;
        QVERIFY(f.whyNot(nginx, u"restart"_s).contains(u"not been read yet"_s));
        QCOMPARE(f.whyNot(nginx, u"refresh"_s), QString());
        f.centre.configs().take(webThree, webConfig(false));
        QVERIFY(f.whyNot(nginx, u"restart"_s).contains(u"not signed"_s));
        f.centre.configs().take(webThree, webConfig());
        QVERIFY(f.whyNot(ssh, u"restart"_s).contains(u"protected"_s));
        QVERIFY(f.whyNot({u"ssh"_s, u"2222"_s}, u"restart"_s).contains(u"protected"_s));
        QCOMPARE(f.whyNot(ssh, u"start"_s), QString());
        QVERIFY(f.whyNot(nginx, u"restart"_s, databaseTwo).contains(u"not alive"_s));
        QVERIFY(f.whyNot(nginx, u"restart"_s, u"10.9.9.9"_s).contains(u"not enrolled"_s));
        f.centre.configs().take(webThree, {{"services", "{"}});
        QVERIFY(f.whyNot(nginx, u"restart"_s).contains(u"cannot be used"_s));
        f.source.goStale(evening, u"Redis is away."_s, 1000);
        QVERIFY(f.whyNot(nginx, u"refresh"_s).contains(u"nothing can be sent"_s));
    }

    void tooMuchAtOnceIsNotOffered()
    {
        Fixture f;
        ActionScope many;
        for (qsizetype i = 0; i <= ActionCentre::mostPlaces; ++i)
            many.places.append({webThree, nginx});
        for (const ActionChoice &choice : f.centre.choices(many))
            QVERIFY(choice.whyNot.contains(u"too much"_s));
    }

    void manyChangesAreToldOnce()
    {
        Fixture f;
        QSignalSpy told(&f.centre, &ActionCentre::choicesChanged);
        for (int i = 0; i < 1000; ++i)
            Q_EMIT f.source.serverChanged(webThree);
        QCOMPARE(told.count(), 1);
        QTRY_COMPARE(told.count(), 2);
    }

    void nothingIsSentWithALockedKey()
    {
        Fixture f;
        f.centre.send({webThree, nginx, u"restart"_s, {}});
        f.centre.send({{webThree, nginx, u"restart"_s, {}}}, true);
        QCOMPARE(f.desk.orders.size(), 0);
        QCOMPARE(f.centre.sent().size(), 0);
    }

    void aKeyIsForgottenWhenItIsNotUsed()
    {
        Fixture f;
        f.unlock();
        QCOMPARE(f.centre.keys().name(), u"chen"_s);
        QVERIFY(f.centre.keys().trustedLine().startsWith(u"ed25519 "_s));
        f.centre.keys().setIdleTime(20ms);
        QTRY_VERIFY(!f.centre.keys().isUnlocked());
        QVERIFY(!f.centre.keys().use());
    }

    void aWrongKeyFileIsASentence()
    {
        Fixture f;
        QSignalSpy failed(&f.centre.keys(), &KeyRing::failed);
        f.centre.keys().unlock(f.folder.filePath(u"none"_s), {});
        QVERIFY(failed.wait());
        QVERIFY(failed.first().first().toString().contains(u"cannot use the key"_s));
        QVERIFY(!f.centre.keys().isUnlocked());
    }

    void aRowOfOrdersEndsAtTheFirstFailure()
    {
        Fixture f;
        f.unlock();
        QSignalSpy ended(&f.centre, &ActionCentre::rowEnded);
        QList<CommandOrder> row;
        for (const QString &instance : {u"1"_s, u"2"_s, u"3"_s})
            row << CommandOrder{webThree, {u"nginx"_s, instance}, u"restart"_s, {}};
        f.centre.send(row, true);
        QCOMPARE(f.desk.orders.size(), 1);
        f.desk.tell(0, CommandState::Done, {}, 500, true);
        QCOMPARE(f.desk.orders.size(), 1); // not before its check says alive
        f.desk.tell(0, CommandState::Verified, {}, 900);
        QCOMPARE(f.desk.orders.size(), 2);
        f.desk.tell(1, CommandState::Unverified);
        QCOMPARE(f.desk.orders.size(), 2);
        QCOMPARE(ended.count(), 1);
        QCOMPARE(f.centre.waitingCount(), 0);
    }

    void allAtOnceDoesNotWait()
    {
        Fixture f;
        f.unlock();
        f.centre.send({{webThree, nginx, u"stop"_s, {}}, {webThree, ssh, u"stop"_s, {}}}, false);
        QCOMPARE(f.desk.orders.size(), 2);
        f.desk.tell(0, CommandState::Refused, u"the key chen is not trusted here"_s);
        f.centre.dismissOver();
        QCOMPARE(f.centre.sent().size(), 1);
    }

    void stopAndServersAndManyNeedATypedWord()
    {
        Fixture f;
        const auto ask = [&](const QString &action, int count, const ServiceId &service) {
            QList<CommandOrder> orders;
            for (int i = 0; i < count; ++i)
                orders << CommandOrder{webThree, service, action, {}};
            return questionOf(f.centre, orders);
        };
        QCOMPARE(ask(u"restart"_s, 1, nginx).typedWord, QString());
        QVERIFY(!ask(u"restart"_s, 3, nginx).isDangerous);
        QCOMPARE(ask(u"restart"_s, 4, nginx).typedWord, u"web-03"_s);
        QCOMPARE(ask(u"stop"_s, 1, nginx).typedWord, u"web-03"_s);
        QVERIFY(ask(u"stop"_s, 1, nginx).isDangerous);
        QVERIFY(ask(u"restart"_s, 1, systemService).isTwoSteps);
        QCOMPARE(ask(u"shutdown"_s, 1, systemService).typedWord, u"web-03"_s);
        f.source.edit().servers[webThree].info.hostname = u"<b>\u202Eevil"_s;
        QCOMPARE(ask(u"stop"_s, 1, nginx).typedWord, webThree);
    }

    void aQuestionNamesWhatItHits()
    {
        Fixture f;
        f.desk.impact.lines = {{u"dev"_s, u"nginx"_s, Health::Degraded, Health::Died, u"x"_s}};
        const ActionQuestion question
            = questionOf(f.centre,
                         {{databaseOne, {u"mysql"_s, u"3301"_s}, u"stop"_s, {}},
                          {databaseOne, {u"mysql"_s, u"3302"_s}, u"stop"_s, {}},
                          {databaseOne, {u"redis"_s, u"6379"_s}, u"stop"_s, {}}});
        QCOMPARE(question.title, u"Stop 3 services on db-01?"_s);
        QCOMPARE(question.verb, u"Stop 3 services"_s);
        QCOMPARE(question.hits.size(), 1);
        QCOMPARE(question.hits[0].what, u"mysql 3301, 3302, redis 6379"_s);
        QCOMPARE(question.hits[0].where, u"db-01, "_s + databaseOne);
        QCOMPARE(question.impactNames, QStringList{u"dev / Nginx"_s});
    }

    void outcomesAreSentences_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("words");
        QTest::newRow("accepted") << int(CommandState::Accepted) << u"waits"_s;
        QTest::newRow("done") << int(CommandState::Done) << u"waiting for its check"_s;
        QTest::newRow("verified") << int(CommandState::Verified) << u"alive again after 3.1 s"_s;
        QTest::newRow("refused") << int(CommandState::Refused) << u"refused: because"_s;
        QTest::newRow("unverified") << int(CommandState::Unverified) << u"not alive: because"_s;
        QTest::newRow("expired") << int(CommandState::Expired) << u"too late"_s;
    }

    void outcomesAreSentences()
    {
        QFETCH(int, state);
        QFETCH(QString, words);
        CommandProgress progress;
        progress.stage = CommandProgress::Stage::Told;
        progress.state = CommandState(state);
        progress.detail = u"because"_s;
        progress.took = 3100;
        progress.isAwaited = progress.state == CommandState::Done;
        QVERIFY2(progressText(progress).contains(words), qPrintable(progressText(progress)));
    }

    void theLogHasOneRowForACommand()
    {
        Fixture f;
        CommandLog &log = f.centre.log();
        QAbstractItemModelTester tester(&log,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy running(&log, &CommandLog::runningChanged);
        Q_EMIT f.source.commandChanged(message(u"a"_s, CommandState::Accepted));
        Q_EMIT f.source.commandChanged(message(u"a"_s, CommandState::Running, evening + 5));
        QCOMPARE(log.rowCount(), 1);
        QCOMPARE(log.running().size(), 1);
        QCOMPARE(log.running(webThree).size(), 0);
        QCOMPARE(actingText(f.source.state(), log.running().first().order(), u"chen"_s),
                 u"chen restarts mysql 3306 on db-01"_s);
        CommandMessage done = message(u"a"_s, CommandState::Done, evening + 900);
        done.took = 800;
        done.by.clear();
        log.take(done);
        log.take(message(u"a"_s, CommandState::Running)); // told late
        QCOMPARE(log.running().size(), 0);
        QCOMPARE(log.index(0, CommandLog::StateColumn).data().toString(), u"done"_s);
        QCOMPARE(log.index(0, CommandLog::TookColumn).data().toString(), u"800 ms"_s);
        QCOMPARE(log.index(0, CommandLog::WhoColumn).data().toString(), u"chen"_s);
        log.take(message(u"b"_s, CommandState::Accepted));
        QCOMPARE(log.rowCount(), 2);
        QCOMPARE(log.record(0).newest.id, u"b"_s);
        QVERIFY(running.count() >= 4);
    }

    void theLogReadsTheStreamAndKeepsWhatRuns()
    {
        Fixture f;
        CommandLog &log = f.centre.log();
        QAbstractItemModelTester tester(&log,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        log.take(message(u"live"_s, CommandState::Running));
        log.take(message(u"old"_s, CommandState::Done));
        CommandMessage verified = message(u"one"_s, CommandState::Verified);
        CommandMessage done = message(u"one"_s, CommandState::Done);
        log.takeStream(
            array({entry("3-0", toJson(UpdateMessage(verified))), entry("2-0", "no json"),
                   bulk("no entry"), entry("1-0", toJson(UpdateMessage(done)))}));
        QCOMPARE(log.rowCount(), 2);
        QCOMPARE(log.record(0).newest.id, u"live"_s);
        QCOMPARE(log.record(1).newest.state, CommandState::Verified);
    }

    void theLogIsBounded()
    {
        Fixture f;
        CommandLog &log = f.centre.log();
        for (int i = 0; i < CommandLog::mostRecords + 20; ++i)
            log.take(message(QString::number(i), CommandState::Done));
        QCOMPARE(log.rowCount(), CommandLog::mostRecords);
    }

    void hostileTextsStayOneLine()
    {
        Fixture f;
        CommandMessage nasty = message(u"x"_s, CommandState::Failed);
        nasty.detail = u"<b>\u202E\n"_s + QString(10'000, u'w');
        nasty.by = u"\u0007<script>"_s;
        f.centre.log().take(nasty);
        for (int column = 0; column < CommandLog::ColumnCount; ++column) {
            const QModelIndex index = f.centre.log().index(0, column);
            QVERIFY(!index.data().toString().contains(u'\n'));
            QVERIFY(!index.data().toString().contains(QChar(0x202E)));
            QVERIFY(!index.data(Qt::ToolTipRole).toString().contains(u'<'));
            QVERIFY(index.data().toString().size() <= 500);
        }
    }

    void maintenanceIsNamedByItsKeys()
    {
        Fixture f;
        const ActionScope service{{{webThree, nginx}}, {}, {}};
        const ActionScope role{{{webThree, nginx}}, u"dev"_s, u"nginx"_s};
        const ActionScope server{{{webThree, systemService}}, {}, {}};
        QCOMPARE(service.maintenanceKeys(), QStringList{webThree + u"/nginx/80"_s});
        QCOMPARE(role.maintenanceKeys(), QStringList{u"paas/dev/nginx"_s});
        QCOMPARE(server.maintenanceKeys(), QStringList{webThree});
        QCOMPARE(targetText(f.source.state(), service), u"nginx on web-03"_s);
        QCOMPARE(targetText(f.source.state(), role), u"nginx in dev"_s);
        QCOMPARE(targetText(f.source.state(), server), u"web-03"_s);
    }
};

QTEST_MAIN(TestActions)
#include "tst_actions.moc"
