// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/discardedstates.h"
#include "console/models/pastfleet.h"
#include "console/models/pasttext.h"
#include "console/models/timestrip.h"
#include "shared/core/json.h"
#include "shared/fleet/fleetupdate.h"

#include <QDateTime>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 begin = 1'700'000'000'000;

QString ipOfNumber(int number)
{
    return u"10.0.%1.%2"_s.arg(number / 250).arg(number % 250 + 1);
}

ArchiveEntry entryOf(qint64 time, int number, const QString &type, const QString &ip,
                     const QByteArray &json)
{
    Event event{u"%1-%2"_s.arg(time).arg(number), type, ip, {}};
    if (const auto object = parseJsonObject(json, u"a test"_s))
        event.json = *object;
    return {event, json};
}

/// A fleet that lives: what happens is applied to its state as the watcher does, and remembered as
/// agents, sweeper and command line write it.
class LivingFleet
{
public:
    explicit LivingFleet(int servers, quint32 seed)
        : m_random(seed)
        , m_time(begin)
    {
        for (int i = 0; i < servers; ++i) {
            FleetServer server;
            server.ip = ipOfNumber(i);
            server.alive = server.wasSeen = true;
            server.since = begin - 1'000'000;
            server.info.hostname = u"node-%1"_s.arg(i);
            for (int j = 0; j < 5; ++j) {
                const ServiceId id{u"nginx"_s, QString::number(80 + j)};
                ServiceState service;
                service.alive = j != 4;
                service.since = begin - 500'000;
                server.services.insert(id, {id, service, {}});
            }
            state.servers.insert(server.ip, server);
        }
    }

    void step()
    {
        m_time += 1 + m_random.bounded(60'000);
        const int happenings = 1 + m_random.bounded(3);
        for (int i = 0; i < happenings; ++i)
            happen();
    }

    qint64 time() const { return m_time; }

    FleetState state;
    QList<ArchiveEntry> entries;

private:
    void happen()
    {
        const int what = m_random.bounded(100);
        const QString ip = ipOfNumber(m_random.bounded(20));
        const bool isThere = state.servers.contains(ip);
        if (what < 60 && isThere)
            changeService(ip);
        else if (what < 75 && isThere)
            changeServer(ip);
        else if (what < 80)
            isThere ? removeServer(ip) : enrol(ip);
        else if (what < 85 && isThere)
            removeService(ip);
        else if (what < 95)
            changeMaintenance(ip);
        else
            remember(u"slow"_s, ip, R"({"type":"slow","probe":"tcp","took":200})");
    }

    void remember(const QString &type, const QString &ip, const QByteArray &json)
    {
        entries << entryOf(m_time, m_number++, type, ip, json);
    }

    void apply(const QString &type, const QString &ip, const UpdateMessage &message)
    {
        remember(type, ip, toJson(message));
        applyMessage(message, state.servers[ip], m_last[ip]);
    }

    std::optional<Told> told(const QString &ip)
    {
        return Told{u"session-"_s + ip, ++m_told, false, false};
    }

    void changeService(const QString &ip)
    {
        const ServiceId id{u"nginx"_s, QString::number(80 + m_random.bounded(7))};
        ServiceMessage message{ip, id, {}, m_time - 20, m_time - 30, {}, {}, {}, told(ip), 0};
        const std::optional<bool> before = state.servers[ip].services.value(id).state.alive;
        const int wasFlapping = state.servers[ip].services.value(id).state.flapping;
        message.flapping = m_random.bounded(10) == 0 && before ? 17 + m_random.bounded(10) : 0;
        do // only what differs is told
            message.alive = m_random.bounded(10) == 0 ? std::nullopt
                                                      : std::optional(m_random.bounded(2) == 1);
        while (message.alive == before && (message.flapping > 0) == (wasFlapping > 0));
        if (message.alive != std::optional(true)) {
            message.reason = u"%1 processes found"_s.arg(m_random.bounded(5));
            message.code = u"process.count"_s;
            message.args = {{u"found"_s, m_random.bounded(5)}};
        }
        apply(u"service"_s, ip, message);
    }

    void removeService(const QString &ip)
    {
        const ServiceId id{u"nginx"_s, QString::number(80 + m_random.bounded(7))};
        apply(u"service-removed"_s, ip, ServiceRemovedMessage{ip, id, m_time, told(ip)});
    }

    void changeServer(const QString &ip)
    {
        const bool isAlive = state.servers[ip].alive.value_or(false);
        apply(u"alive"_s, ip, AliveMessage{ip, !isAlive, m_time, told(ip)});
        state.servers[ip].wasSeen = true;
    }

    void removeServer(const QString &ip)
    {
        state.servers.remove(ip);
        remember(u"config"_s, ip, R"({"type":"config","state":"removed"})");
    }

    void enrol(const QString &ip)
    {
        state.servers[ip].ip = ip;
        state.servers[ip].alive = false;
        remember(u"config"_s, ip, R"({"type":"config","state":"enrolled","version":1})");
    }

    void changeMaintenance(const QString &ip)
    {
        const QString key = m_random.bounded(2) ? ip : ip + u"/nginx/80"_s;
        QJsonObject json{{u"type"_s, u"maintenance"_s}};
        if (key != ip) {
            json.insert(u"role"_s, u"nginx"_s);
            json.insert(u"instance"_s, u"80"_s);
        }
        if (state.maintenance.remove(key)) {
            json.insert(u"state"_s, u"ended"_s);
        } else {
            const Maintenance declared{m_time + 10'000'000, u"chen"_s, u"disk"_s};
            state.maintenance.insert(key, declared);
            json.insert(u"state"_s, u"started"_s);
            json.insert(u"until"_s, declared.until);
            json.insert(u"by"_s, declared.by);
            json.insert(u"reason"_s, declared.reason);
        }
        remember(u"maintenance"_s, ip, compactJson(json));
    }

    QRandomGenerator m_random;
    qint64 m_time;
    int m_number = 0;
    qint64 m_told = 0;
    QHash<QString, LastTold> m_last;
};

struct Snapshot
{
    qint64 time;
    FleetState state;
};

/// How a state differs from what it really was, beyond what nobody remembers.
class Comparison
{
public:
    Comparison(const EventArchive &archive, qint64 time, const FleetState &was,
               const FleetState &rebuilt)
        : m_archive(archive)
        , m_end(archive.after(time))
    {
        QStringList is = rebuilt.servers.keys(), should = was.servers.keys();
        is.sort();
        should.sort();
        if (is != should)
            m_differences << u"other servers: %1 for %2"_s.arg(is.join(u' '), should.join(u' '));
        for (const FleetServer &server : was.servers) {
            if (rebuilt.servers.contains(server.ip))
                compare(server, *rebuilt.servers.constFind(server.ip));
        }
        if (was.maintenance != rebuilt.maintenance)
            m_differences << u"other maintenance"_s;
    }

    QString text() const { return m_differences.join(u'\n'); }

private:
    /// True when it is remembered how the subject stood.
    bool isKnown(const EventSubject &subject) const
    {
        const int membership
            = m_archive.subjectOf({EventSubject::Kind::Membership, subject.ip, {}});
        const auto [born, gone]
            = membership < 0 ? std::pair(noEvent, noEvent) : m_archive.around(membership, m_end);
        const int number = m_archive.subjectOf(subject);
        const auto [last, next]
            = number < 0 ? std::pair(noEvent, noEvent) : m_archive.around(number, m_end);
        if (last != noEvent && last > born)
            return true;
        return next == noEvent && gone == noEvent;
    }

    void compare(const FleetServer &was, const FleetServer &is)
    {
        if (isKnown({EventSubject::Kind::Server, was.ip, {}})
            && (was.alive != is.alive || was.since != is.since))
            m_differences << u"%1 is %2 for %3"_s.arg(was.ip)
                                 .arg(is.alive ? int(*is.alive) : 2)
                                 .arg(was.alive ? int(*was.alive) : 2);
        for (const FleetService &service : was.services) {
            const EventSubject subject{EventSubject::Kind::Service, was.ip, service.id};
            if (!is.services.contains(service.id) && !isKnown(subject))
                continue;
            if (!is.services.contains(service.id))
                m_differences << was.ip + u" has not "_s + service.id.text();
            else
                compare(was.ip, service, *is.services.constFind(service.id));
        }
        for (const FleetService &service : is.services) {
            const EventSubject subject{EventSubject::Kind::Service, was.ip, service.id};
            if (!was.services.contains(service.id) && isKnown(subject))
                m_differences << was.ip + u" has too "_s + service.id.text();
        }
    }

    void compare(const QString &ip, const FleetService &was, const FleetService &is)
    {
        const ServiceState &a = was.state, &b = is.state;
        if (isKnown({EventSubject::Kind::Service, ip, was.id})) {
            if (std::tie(a.alive, a.since, a.reason, a.code, a.args, a.flapping)
                != std::tie(b.alive, b.since, b.reason, b.code, b.args, b.flapping))
                m_differences << u"%1 %2 is %3 for %4"_s.arg(
                    ip, was.id.text(), QString::fromUtf8(toJson(b)), QString::fromUtf8(toJson(a)));
        } else if (a.alive && b.alive && a.alive != b.alive && a.flapping == 0) {
            m_differences << u"%1 %2 is guessed wrong"_s.arg(ip, was.id.text());
        }
    }

    const EventArchive &m_archive;
    EventPosition m_end;
    QStringList m_differences;
};

} // namespace

/// The past is rebuilt from the present and from events.
class TestPastFleet : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyMomentIsRebuilt_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 8; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void everyMomentIsRebuilt()
    {
        QFETCH(quint32, seed);
        LivingFleet fleet(20, seed);
        QList<Snapshot> snapshots;
        for (int i = 0; i < 300; ++i) {
            fleet.step();
            snapshots << Snapshot{fleet.time(), fleet.state};
        }
        EventArchive archive;
        archive.append(fleet.entries, fleet.time());
        QCOMPARE(archive.size(), fleet.entries.size());
        PastFleet past(archive);
        past.begin(fleet.state, fleet.time());
        QRandomGenerator random(seed);
        QList<qsizetype> order;
        for (qsizetype i = snapshots.size(); i-- > 0;)
            order << i; // back, step by step
        for (qsizetype i = 0; i < snapshots.size(); ++i)
            order << i; // and forward
        for (int i = 0; i < 300; ++i)
            order << random.bounded(int(snapshots.size())); // and all over
        for (const qsizetype i : std::as_const(order)) {
            past.moveTo(snapshots[i].time);
            const Comparison comparison(archive, snapshots[i].time, snapshots[i].state,
                                        past.state());
            QVERIFY2(comparison.text().isEmpty(), qPrintable(comparison.text()));
        }
    }

    void whatIsToldIsWhatDiffers()
    {
        LivingFleet fleet(20, 77);
        for (int i = 0; i < 100; ++i)
            fleet.step();
        EventArchive archive;
        archive.append(fleet.entries, fleet.time());
        PastFleet past(archive);
        past.begin(fleet.state, fleet.time());
        QRandomGenerator random(3);
        for (int i = 0; i < 200; ++i) {
            const FleetState before = past.state();
            const PastChange change
                = past.moveTo(begin + random.bounded(int(fleet.time() - begin)));
            const FleetState &after = past.state();
            for (const FleetServer &server : after.servers) {
                const auto other = before.servers.constFind(server.ip);
                const bool isNew = other == before.servers.cend();
                QCOMPARE(change.added.contains(server.ip), isNew);
                if (isNew || change.servers.contains(server.ip))
                    continue;
                QVERIFY(server.alive == other->alive && server.since == other->since);
                QVERIFY(server.services.keys() == other->services.keys());
            }
            for (const FleetServer &server : before.servers)
                QCOMPARE(change.removed.contains(server.ip), !after.servers.contains(server.ip));
            QVERIFY(change.isMaintenanceOther || before.maintenance == after.maintenance);
        }
    }

    void olderEventsReadLaterComeBefore()
    {
        LivingFleet fleet(20, 5);
        QList<Snapshot> snapshots;
        for (int i = 0; i < 200; ++i) {
            fleet.step();
            snapshots << Snapshot{fleet.time(), fleet.state};
        }
        EventArchive archive;
        const qsizetype half = fleet.entries.size() / 2;
        archive.append(fleet.entries.mid(half), fleet.time());
        PastFleet past(archive);
        past.begin(fleet.state, fleet.time());
        past.moveTo(snapshots[150].time);
        QList<ArchiveEntry> older = fleet.entries.mid(0, half);
        std::reverse(older.begin(), older.end());
        archive.prepend(older);
        QCOMPARE(archive.size(), fleet.entries.size());
        QVERIFY(archive.first() < 0);
        past.restart();
        for (const Snapshot &snapshot : std::as_const(snapshots)) {
            past.moveTo(snapshot.time);
            const Comparison comparison(archive, snapshot.time, snapshot.state, past.state());
            QVERIFY2(comparison.text().isEmpty(), qPrintable(comparison.text()));
        }
    }

    /// What comes while somebody looks at the past changes nothing of it.
    void whatHappensNowLeavesThePastAlone()
    {
        LivingFleet fleet(20, 11);
        QList<Snapshot> snapshots;
        for (int i = 0; i < 100; ++i) {
            fleet.step();
            snapshots << Snapshot{fleet.time(), fleet.state};
        }
        EventArchive archive;
        archive.append(fleet.entries, fleet.time());
        const qsizetype known = fleet.entries.size();
        PastFleet past(archive);
        past.begin(fleet.state, fleet.time());
        for (int i = 0; i < 100; ++i) {
            fleet.step();
            snapshots << Snapshot{fleet.time(), fleet.state};
        }
        archive.append(fleet.entries.mid(known), fleet.time());
        for (const qsizetype i : {50, 99, 20, 80, 0, 98, 60}) {
            past.moveTo(snapshots[i].time);
            const Comparison comparison(archive, snapshots[i].time, snapshots[i].state,
                                        past.state());
            QVERIFY2(comparison.text().isEmpty(), qPrintable(comparison.text()));
        }
    }

    void theEventsOfThatMomentAreTheNewest()
    {
        LivingFleet fleet(20, 9);
        for (int i = 0; i < 300; ++i)
            fleet.step();
        EventArchive archive;
        archive.append(fleet.entries, fleet.time());
        PastFleet past(archive);
        past.begin(fleet.state, fleet.time());
        past.moveTo(archive.at(archive.first() + 250).time);
        const EventPosition end = archive.after(past.moment());
        QCOMPARE(past.state().events.size(), 200);
        QCOMPARE(past.state().events.first().id, archive.event(end - 1).id);
        QCOMPARE(past.state().events.first().json, fleet.entries[end - 1].event.json);
        past.moveTo(begin);
        QVERIFY(past.state().events.isEmpty());
    }

    void whatChangedWithoutAnEventWasUnknownBefore()
    {
        FleetState state;
        FleetServer &server = state.servers[ipOfNumber(0)];
        server.ip = ipOfNumber(0);
        server.alive = server.wasSeen = true;
        const ServiceId id{u"redis"_s, u"6379"_s};
        ServiceState service;
        service.alive = true;
        service.since = begin + 50'000;
        server.services.insert(id, {id, service, {}});
        EventArchive archive;
        archive.append({entryOf(begin, 0, u"slow"_s, server.ip, "{}")}, begin + 100'000);
        PastFleet past(archive);
        past.begin(state, begin + 100'000);
        past.moveTo(begin + 60'000);
        QCOMPARE(past.state().servers[server.ip].services[id].state.alive, std::optional(true));
        past.moveTo(begin + 40'000);
        QCOMPARE(past.state().servers[server.ip].services[id].state.alive, std::nullopt);
        QVERIFY(!past.state().servers[server.ip].services[id].state.reason.isEmpty());
        past.moveTo(begin + 60'000);
        QCOMPARE(past.state().servers[server.ip].services[id].state.alive, std::optional(true));
    }

    /// The picture is the same whether a move is made at once or in slices.
    void aMoveInSlicesLeadsToTheSamePicture()
    {
        LivingFleet fleet(400, 21);
        for (int i = 0; i < 2'000; ++i)
            fleet.step();
        EventArchive archive;
        archive.append(fleet.entries, fleet.time());
        PastFleet once(archive), slices(archive);
        once.begin(fleet.state, fleet.time());
        slices.begin(fleet.state, fleet.time());
        QRandomGenerator random(4);
        int turns = 0;
        for (int i = 0; i < 40; ++i) {
            const qint64 moment
                = begin + qint64(random.generateDouble() * double(fleet.time() - begin));
            once.moveTo(moment);
            slices.beginMove(moment);
            while (!slices.moveOn(QDeadlineTimer(0)))
                ++turns;
            const FleetState &one = once.state(), &other = slices.state();
            QCOMPARE(QSet<QString>(one.servers.keyBegin(), one.servers.keyEnd()),
                     QSet<QString>(other.servers.keyBegin(), other.servers.keyEnd()));
            for (const FleetServer &server : one.servers) {
                const FleetServer &same = *other.servers.constFind(server.ip);
                QVERIFY(server.alive == same.alive && server.since == same.since);
                QCOMPARE(server.services.keys(), same.services.keys());
                for (const FleetService &service : server.services)
                    QCOMPARE(toJson(same.services[service.id].state), toJson(service.state));
            }
            QVERIFY(one.maintenance == other.maintenance);
            QCOMPARE(slices.servers().forgottenServers(), once.servers().forgottenServers());
            QCOMPARE(slices.servers().forgottenServices(), once.servers().forgottenServices());
        }
        QVERIFY(turns > 0);
    }

    /// What somebody else still shows stays whole.
    void discardedStatesAreFreedInSlices()
    {
        const LivingFleet fleet(400, 21);
        FleetState own = fleet.state;
        own.servers.detach();
        DiscardedStates discarded;
        discarded.add(std::move(own));
        discarded.add(FleetState(fleet.state));
        QVERIFY(!discarded.isEmpty());
        QTRY_VERIFY(discarded.isEmpty());
        QCOMPARE(fleet.state.servers.size(), 400);
        for (const FleetServer &server : fleet.state.servers)
            QVERIFY(!server.services.isEmpty());
    }

    /// Whatever way the picture went, what is counted as not known is what stands in it as such.
    void whatNobodyRemembersIsCounted()
    {
        LivingFleet fleet(20, 13);
        for (int i = 0; i < 300; ++i)
            fleet.step();
        EventArchive archive;
        archive.append(fleet.entries.mid(fleet.entries.size() / 2), fleet.time());
        PastFleet past(archive);
        past.begin(fleet.state, fleet.time());
        QCOMPARE(past.servers().forgottenServices(), 0);
        QRandomGenerator random(5);
        bool wasAny = false;
        for (int i = 0; i < 300; ++i) {
            past.moveTo(
                archive.firstTime()
                + qint64(random.generateDouble() * double(fleet.time() - archive.firstTime())));
            int services = 0;
            for (const FleetServer &server : past.state().servers) {
                for (const FleetService &service : server.services)
                    services += service.state.reason.contains(u"not remembered"_s);
            }
            QCOMPARE(past.servers().forgottenServices(), services);
            wasAny |= services > 0;
        }
        QVERIFY(wasAny);
        past.restart();
        QCOMPARE(past.servers().forgottenServices(), 0);
        QCOMPARE(past.servers().forgottenServers(), 0);
    }

    /// While somebody looks at the oldest moment, newer events push out what it is made from.
    void whatTheArchiveDropsIsNotLookedAt()
    {
        const QString ip = ipOfNumber(1);
        const auto entry = [&](int i) {
            return entryOf(begin + i, 0, u"alive"_s, ip,
                           compactJson({{u"alive"_s, i % 2}, {u"x"_s, QString(200'000, u'x')}}));
        };
        EventArchive archive;
        for (int i = 0; i < 300; ++i)
            archive.append({entry(i)}, begin + 5'000);
        FleetState state;
        state.servers[ip].ip = ip;
        state.servers[ip].alive = true;
        PastFleet past(archive);
        past.begin(state, begin + 299);
        past.moveTo(begin);
        for (int i = 300; i < 1'500; ++i)
            archive.append({entry(i)}, begin + 5'000);
        QVERIFY(archive.firstTime() > begin + 299);
        for (const qint64 moment : {begin + 10, begin + 299, begin, begin + 298}) {
            past.moveTo(moment);
            QVERIFY(past.state().servers.contains(ip));
        }
    }

    void hostileEventsDoNoHarm()
    {
        const QString ip = ipOfNumber(0), name(10'000, u'x');
        const qint64 now = begin + 10'000;
        QList<ArchiveEntry> entries{
            entryOf(begin, 0, u"service"_s, ip, R"({"role":"a b","instance":"1","alive":0})"),
            entryOf(begin, 1, u"service"_s, ip, R"({"role":"r","instance":"_","alive":0})"),
            entryOf(begin, 2, u"service"_s, ip, R"({"role":7,"instance":[],"alive":"x"})"),
            entryOf(begin, 3, u"service"_s, u"not an ip"_s, R"({"role":"r","instance":"i"})"),
            entryOf(begin, 4, u"alive"_s, ip, R"({"alive":0,"timestamp":-5})"),
            entryOf(begin, 5, u"alive"_s, ip, R"({"alive":0,"timestamp":9e15})"),
            entryOf(begin, 6, u"alive"_s, ip, R"({"alive":{},"timestamp":"now"})"),
            entryOf(begin, 7, name, name, "{}"),
            entryOf(begin, 8, u"maintenance"_s, ip, R"({"role":"../x","instance":"1"})"),
            entryOf(begin, 9, u"maintenance"_s, {}, R"({"paas":"a/b","state":"started"})"),
            entryOf(begin, 10, u"config"_s, ip, R"({"paas":"../..","state":"removed"})"),
            entryOf(begin, 11, u"service"_s, ip,
                    compactJson({{u"role"_s, u"r"_s},
                                 {u"instance"_s, u"i"_s},
                                 {u"alive"_s, 0},
                                 {u"flapping"_s, 1e300},
                                 {u"reason"_s, QString(10'000, u'y')}})),
            entryOf(begin, 12, u"service"_s, ip, "[1,2"),
            // Not in order, twice, and from a time that has not come.
            entryOf(begin, 12, u"alive"_s, ip, R"({"alive":1})"),
            entryOf(begin - 5, 0, u"alive"_s, ip, R"({"alive":1})"),
            entryOf(9'000'000'000'000'000, 1, u"alive"_s, ip, R"({"alive":0})"),
        };
        EventArchive archive;
        archive.append(entries, now);
        QCOMPARE(archive.size(), entries.size() - 2);
        QVERIFY(archive.lastTime() <= now);
        FleetState state;
        state.servers[ip].ip = ip;
        state.servers[ip].alive = true;
        PastFleet past(archive);
        past.begin(state, now);
        for (const qint64 moment : {now - 1, begin, begin - 1, qint64{0}, now, begin + 1}) {
            past.moveTo(moment);
            for (const FleetServer &server : past.state().servers) {
                for (const FleetService &service : server.services) {
                    QVERIFY(isValidName(service.id.role));
                    QVERIFY(service.state.reason.size() <= 500);
                }
            }
        }
        QVERIFY(past.state().maintenance.isEmpty());
    }

    void theArchiveKeepsTheNewest()
    {
        EventArchive archive;
        const QString ip = ipOfNumber(1);
        QList<ArchiveEntry> entries;
        for (int i = 0; i < 1000; ++i)
            entries << entryOf(begin + i, 0, u"alive"_s, ip,
                               compactJson({{u"alive"_s, 1}, {u"x"_s, QString(200'000, u'x')}}));
        archive.append(entries, begin + 2000);
        QVERIFY(archive.isFull());
        QVERIFY(archive.size() < 1000 && archive.size() > 400);
        QCOMPARE(archive.lastTime(), begin + 999);
        const auto [last, next] = archive.around(0, archive.first());
        QCOMPARE(last, noEvent);
        QCOMPARE(next, archive.first());
        archive.prepend({entryOf(begin - 1, 0, u"alive"_s, ip, "{}")});
        QVERIFY(archive.firstTime() > begin);
    }

    void treesAreThoseOfTheirTime()
    {
        const auto version = [](int number, qint64 time) {
            return QString::fromLatin1(
                       R"({"version":%1,"timestamp":%2,"by":"chen","tree":{"id":"dev","version":%1,
                "roles":[{"role":"nginx","instances":[]}]}})")
                .arg(number)
                .arg(time)
                .toUtf8();
        };
        PaasTree present;
        present.id = u"dev"_s;
        present.version = 4;
        TreeHistory history;
        history.take(u"dev"_s,
                     {version(2, begin + 2'000), "{broken", version(3, begin + 3'000),
                      version(4, begin + 4'000)});
        EventArchive archive;
        archive.append({entryOf(begin, 0, u"slow"_s, {}, "{}"),
                        entryOf(begin + 4'000, 0, u"config"_s, {},
                                R"({"paas":"dev","version":4,"state":"saved"})")},
                       begin + 10'000);
        FleetState state;
        state.trees.insert(u"dev"_s, present);
        PastFleet past(archive);
        past.begin(state, begin + 10'000);
        past.setTreeHistory(history);
        past.moveTo(begin + 5'000);
        QCOMPARE(past.state().trees[u"dev"_s].version, 4);
        QVERIFY(past.moveTo(begin + 3'500).areTreesOther);
        QCOMPARE(past.state().trees[u"dev"_s].version, 3);
        QVERIFY(past.trees().vague().isEmpty());
        past.moveTo(begin + 1'000);
        QCOMPARE(past.state().trees[u"dev"_s].version, 2);
        QCOMPARE(past.trees().vague(), QStringList{u"dev"_s});
    }

    void aMaintenanceThatRunsOutIsTold()
    {
        const QString ip = ipOfNumber(0);
        FleetState state;
        state.servers[ip].ip = ip;
        EventArchive archive;
        archive.append(
            {entryOf(begin, 0, u"maintenance"_s, ip,
                     u"{\"state\":\"started\",\"until\":%1}"_s.arg(begin + 5'000).toUtf8())},
            begin + 10'000);
        PastFleet past(archive);
        past.begin(state, begin + 10'000);
        past.moveTo(begin + 1'000);
        QVERIFY(isInMaintenance(past.state(), ip, begin + 1'000));
        QVERIFY(past.moveTo(begin + 6'000).isMaintenanceOther);
        QVERIFY(!isInMaintenance(past.state(), ip, begin + 6'000));
        QVERIFY(!past.moveTo(begin + 7'000).isMaintenanceOther);
    }

    void deathsStandInTheStrip()
    {
        EventArchive archive;
        archive.append({entryOf(begin + 1'000, 0, u"alive"_s, ipOfNumber(0), R"({"alive":0})"),
                        entryOf(begin + 1'500, 0, u"slow"_s, {}, "{}"),
                        entryOf(begin + 9'900, 0, u"alive"_s, ipOfNumber(0), R"({"alive":1})")},
                       begin + 10'000);
        const QList<StripBin> bins = eventStrip(archive, begin, begin + 10'000, 10);
        QCOMPARE(bins.size(), 10);
        QCOMPARE(bins[1].events, 2);
        QCOMPARE(bins[1].deaths, 1);
        QCOMPARE(bins[1].worst, std::optional(Health::Died));
        QCOMPARE(bins[9].events, 1);
        QVERIFY(!bins[9].worst);
        QCOMPARE(bins[5].events, 0);
    }

    void momentsAreUnderstood_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QDateTime>("moment");
        const QDateTime at(QDate(2023, 11, 22), QTime(3, 12));
        QTest::newRow("clock") << u"03:12"_s << at;
        QTest::newRow("seconds") << u" 3:12:40 "_s << at.addSecs(40);
        QTest::newRow("later today is yesterday")
            << u"18:00"_s << QDateTime(QDate(2023, 11, 21), QTime(18, 0));
        QTest::newRow("yesterday") << u"Yesterday 03:12"_s << at.addDays(-1);
        QTest::newRow("chinese") << u"昨天03:12"_s << at.addDays(-1);
        QTest::newRow("ago") << u"2h ago"_s << QDateTime(QDate(2023, 11, 22), QTime(15, 20));
        QTest::newRow("minus") << u"-90 min"_s << QDateTime(QDate(2023, 11, 22), QTime(15, 50));
        QTest::newRow("chinese ago")
            << u"2小时前"_s << QDateTime(QDate(2023, 11, 22), QTime(15, 20));
        QTest::newRow("date") << u"2023-11-20 03:12"_s << at.addDays(-2);
        QTest::newRow("iso") << u"2023-11-20T3:12"_s << at.addDays(-2);
        QTest::newRow("span") << u"30min"_s << QDateTime(QDate(2023, 11, 22), QTime(16, 50));
        QTest::newRow("dotted") << u"20.11. 03:12"_s << at.addDays(-2);
        QTest::newRow("last year")
            << u"12-24 03:12"_s << QDateTime(QDate(2022, 12, 24), QTime(3, 12));
        QTest::newRow("day") << u"2023-11-20"_s << QDateTime(QDate(2023, 11, 20), QTime(0, 0));
        QTest::newRow("nothing") << u""_s << QDateTime();
        QTest::newRow("no clock") << u"25:99"_s << QDateTime();
        QTest::newRow("words") << u"when it broke"_s << QDateTime();
        QTest::newRow("long") << QString(10'000, u'1') + u"h ago"_s << QDateTime();
    }

    void momentsAreUnderstood()
    {
        QFETCH(QString, words);
        QFETCH(QDateTime, moment);
        const QDateTime now(QDate(2023, 11, 22), QTime(17, 20));
        const auto understood = parseMoment(words, now.toMSecsSinceEpoch());
        QCOMPARE(understood.has_value(), moment.isValid());
        if (understood)
            QCOMPARE(QDateTime::fromMSecsSinceEpoch(*understood), moment);
    }
};

QTEST_GUILESS_MAIN(TestPastFleet)
#include "tst_pastfleet.moc"
