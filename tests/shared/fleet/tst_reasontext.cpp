// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/reasontext.h"
#include "tests/support/demofleet.h"

#include <QJsonArray>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'700'000'000'000;

} // namespace

class TestReasonText : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void fillsTheSentenceOfACode()
    {
        QCOMPARE(reasonText(u"process.count"_s, {{u"found"_s, 0}, {u"least"_s, 4}}, u"english"_s),
                 u"0 of 4 expected processes found"_s);
        QCOMPARE(reasonText(u"http.status"_s, {{u"target"_s, u"a %2"_s}, {u"status"_s, 503}}, {}),
                 u"a %2 answered with status 503"_s);
    }

    void tellsAllThatIsKnownOfACheck()
    {
        const QJsonObject text{{u"text"_s, u"df | awk"_s}};
        QVERIFY(reasonText(u"check.text"_s, text, {}).contains(u"use a native probe"_s));
        QJsonObject withWhy = text;
        withWhy.insert(u"why"_s, u"no port"_s);
        QCOMPARE(reasonText(u"check.text"_s, withWhy, {}),
                 u"the text check \"df | awk\" cannot be evaluated: no port"_s);
        QCOMPARE(reasonText(u"pidfile.gone"_s, {{u"pid"_s, 7}, {u"path"_s, u"/run/a"_s}}, {}),
                 u"the process 7 of the pid file /run/a is not running"_s);
    }

    void fallsBackToTheEnglishSentence()
    {
        QCOMPARE(reasonText(u"from.the.future"_s, {}, u"it is so"_s), u"it is so"_s);
        QCOMPARE(reasonText(u"http.status"_s, {{u"target"_s, u"a"_s}}, u"it is so"_s),
                 u"it is so"_s);
        QCOMPARE(reasonText(u"http.status"_s, {{u"target"_s, u"a"_s}, {u"status"_s, QJsonObject()}},
                            u"it is so"_s),
                 u"it is so"_s);
    }

    void staysOneHarmlessLine()
    {
        QVERIFY(!reasonText({}, {}, u"a\nb\u202ec"_s).contains(u'\n'));
        const QString text = reasonText(
            u"redis.error"_s, {{u"target"_s, u"x"_s}, {u"said"_s, u"\u001b[31m\n"_s}}, {});
        QVERIFY(!text.contains(u'\n') && !text.contains(u'\u001b'));
        Event event{u"1-0"_s, u"service\n"_s, u"10.0.0.7"_s, {{u"detail"_s, u"\u001b"_s}}};
        QVERIFY(!eventText(event, {}).contains(u'\u001b'));
        event.type = u"service"_s;
        event.json = {{u"role"_s, u"%2%1\n"_s}, {u"instance"_s, u"<b>"_s}, {u"alive"_s, 0}};
        QVERIFY(!eventText(event, {}).contains(u'\n'));
    }

    void tellsTheEventsOfThePictures()
    {
        const FleetState state = demoFleet(now);
        QStringList texts;
        for (const Event &event : state.events)
            texts << eventText(event, state);
        for (const QString &text :
             {u"Server db-02 died; 9 services with it"_s, u"nginx on web-03 died"_s,
              u"varnish on lb-01 alive after 12 s"_s,
              u"memcached 11212 on cache-02 alive after 3 s"_s,
              u"redis 6380 on db-01 alive after 1 s"_s, u"mysql 3304 on db-01 died"_s,
              u"deploy-01 has the address 10.207.26.228"_s, u"db-01 has configuration 12"_s}) {
            QVERIFY2(texts.contains(text), qPrintable(text + u" in "_s + texts.join(u'\n')));
        }
    }

    void knowsHowLongSomethingWasAway()
    {
        FleetState state;
        const auto told = [](const QString &id, int alive, qint64 when) {
            return Event{id,
                         u"service"_s,
                         u"10.0.0.7"_s,
                         {{u"role"_s, u"nginx"_s},
                          {u"instance"_s, u"80"_s},
                          {u"alive"_s, alive},
                          {u"timestamp"_s, when}}};
        };
        Event other = told(u"2-0"_s, 0, now - 5'000);
        other.ip = u"10.0.0.8"_s;
        state.events = {told(u"3-0"_s, 1, now), other, told(u"1-0"_s, 0, now - 90'000)};
        QCOMPARE(eventText(state.events.first(), state), u"nginx on 10.0.0.7 alive after 1 min"_s);
        state.events.removeLast();
        QCOMPARE(eventText(state.events.first(), state), u"nginx on 10.0.0.7 alive"_s);
    }

    void tellsAFlappingServiceAndAnAddressThatLeft()
    {
        Event event{u"1-0"_s,
                    u"service"_s,
                    u"10.0.0.7"_s,
                    {{u"role"_s, u"nginx"_s},
                     {u"instance"_s, u"80"_s},
                     {u"alive"_s, 1},
                     {u"flapping"_s, 17}}};
        QCOMPARE(eventText(event, {}), u"nginx on 10.0.0.7 flaps: 17 changes within a minute"_s);
        QCOMPARE(eventHealth(event), std::optional(Health::Degraded));
        event.type = u"address"_s;
        event.json = {{u"addresses"_s, QJsonArray()}, {u"enrolled"_s, 0}};
        QCOMPARE(eventText(event, {}),
                 u"10.0.0.7 lost its enrolled address 10.0.0.7 and reports on"_s);
        event.json.insert(u"enrolled"_s, 1);
        QCOMPARE(eventText(event, {}), u"10.0.0.7 has its enrolled address 10.0.0.7 again"_s);
    }

    void saysWhatAnAlertIsAbout()
    {
        Event event{u"1-0"_s,
                    u"alert"_s,
                    u"10.0.0.7"_s,
                    {{u"state"_s, u"raised"_s},
                     {u"code"_s, u"alert.raised"_s},
                     {u"metric"_s, u"disk"_s},
                     {u"filesystem"_s, u"/var"_s},
                     {u"above"_s, 95},
                     {u"value"_s, 97.24}}};
        QCOMPARE(eventText(event, {}), u"10.0.0.7: Disk space of /var above 95 %, it is 97.2 %"_s);
        QCOMPARE(eventHealth(event), std::optional(Health::Degraded));
        event.json.insert(u"state"_s, u"ended"_s);
        event.json.insert(u"code"_s, u"alert.over"_s);
        event.json.insert(u"value"_s, 50);
        QCOMPARE(eventText(event, {}),
                 u"10.0.0.7: alert over: Disk space of /var above 95 %, it is 50 %"_s);
        QCOMPARE(eventHealth(event), std::optional(Health::Alive));
        event.json.insert(u"code"_s, u"alert.died"_s);
        event.json.remove(u"value"_s);
        QCOMPARE(eventText(event, {}),
                 u"10.0.0.7: no alert any more, it died: Disk space of /var above 95 %"_s);
        QVERIFY(!eventHealth(event));
        event.json = {{u"state"_s, u"raised"_s},
                      {u"metric"_s, u"\u001bof\ntomorrow"_s},
                      {u"below"_s, u"x"_s},
                      {u"value"_s, 1e300}};
        const QString text = eventText(event, {});
        QVERIFY(text.contains(u"tomorrow") && !text.contains(u'\n') && !text.contains(u'\u001b'));
    }

    void namesTheProbeThatMakesAnAgentSlow()
    {
        Event event{
            u"1-0"_s, u"slow"_s, u"10.0.0.7"_s, {{u"probe"_s, u"mysql:3306"_s}, {u"took"_s, 812}}};
        QCOMPARE(eventText(event, {}), u"The agent on 10.0.0.7 is slow: mysql:3306 took 812 ms"_s);
        event.json = {{u"detail"_s, u"of another version"_s}};
        QCOMPARE(eventText(event, {}), u"The agent on 10.0.0.7 is slow"_s);
    }

    void tellsAStopFromADeath()
    {
        Event event{u"1-0"_s, u"alive"_s, u"10.0.0.7"_s, {{u"alive"_s, 0}, {u"session"_s, u"s"_s}}};
        QCOMPARE(eventText(event, {}), u"The agent on 10.0.0.7 was stopped"_s);
        event.json = {{u"alive"_s, 0}, {u"by"_s, u"sweeper"_s}};
        QCOMPARE(eventText(event, {}), u"Server 10.0.0.7 died"_s);
        event.json.insert(u"mass"_s, true);
        QVERIFY(eventText(event, {}).contains(u"Redis"));
    }
};

QTEST_GUILESS_MAIN(TestReasonText)
#include "tst_reasontext.moc"
