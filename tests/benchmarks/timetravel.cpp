// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What time travel costs, in CPU time: a fleet, as many events as the stream keeps, and moves as a
// hand on the slider makes them; of the picture alone, and of the whole window with a page in
// front.
//     QT_QPA_PLATFORM=offscreen timetravel [SERVERS [EVENTS [PAGE...]]]     (10,000 and 100,000)
#include "console/models/timesource.h"
#include "console/settings/preferences.h"
#include "console/views/mainwindow.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "shared/core/json.h"
#include "tests/benchmarks/console/loopwatch.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QApplication>
#include <QFile>
#include <QRandomGenerator>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <utility>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'700'000'000'000, spacing = 6'000; ///< ms between two events

QList<ArchiveEntry> makeEvents(const FleetState &state, int count)
{
    QRandomGenerator random(1);
    const QStringList ips = state.servers.keys();
    QList<ArchiveEntry> entries;
    for (int i = 0; i < count; ++i) {
        const qint64 time = now - qint64(count - i) * spacing;
        const QString ip = ips[random.bounded(int(ips.size()))];
        const bool isAlive = random.bounded(2);
        QJsonObject json{{u"ip"_s, ip}, {u"alive"_s, int(isAlive)}, {u"timestamp"_s, time}};
        const bool isService = random.bounded(10) > 0;
        if (isService) {
            const auto &services = state.servers[ip].services;
            const ServiceId id = services.keys()[random.bounded(int(services.size()))];
            json.insert(u"role"_s, id.role);
            json.insert(u"instance"_s, id.instance);
            json.insert(u"since"_s, time);
            json.insert(u"session"_s, u"0190163d-8694-739b-aea5-966c26f8ad91"_s);
            json.insert(u"n"_s, i);
        }
        if (isService && !isAlive) {
            json.insert(u"reason"_s, u"%1 processes match"_s.arg(random.bounded(9)));
            json.insert(u"code"_s, u"process.count"_s);
            json.insert(u"args"_s, QJsonObject{{u"found"_s, random.bounded(9)}});
        }
        const Event event{u"%1-0"_s.arg(time), isService ? u"service"_s : u"alive"_s, ip, json};
        entries << ArchiveEntry{event, compactJson(json)};
    }
    return entries;
}

double megabytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return double(file.readAll().split(' ').value(1).toLongLong()) * 4096 / (1 << 20);
}

class Times
{
public:
    void add(double milliseconds) { m_times << milliseconds; }

    void print(const char *what, double most)
    {
        std::sort(m_times.begin(), m_times.end());
        std::printf("%-72s median %7.2f ms, most %7.2f ms  %s\n", what, m_times[m_times.size() / 2],
                    m_times.last(), m_times.last() <= most ? "good" : "TOO MUCH");
    }

private:
    QList<double> m_times;
};

void measurePicture(const FleetState &state, const QList<ArchiveEntry> &entries)
{
    const double before = megabytes();
    double start = threadCpu();
    EventArchive archive;
    archive.append(entries, now);
    std::printf("%lld servers, %lld events: packed within %.0f ms, %.0f MB\n",
                static_cast<long long>(state.servers.size()),
                static_cast<long long>(archive.size()), threadCpu() - start, megabytes() - before);
    PastFleet past(archive);
    start = threadCpu();
    past.begin(state, now);
    std::printf("begun within %.0f ms, %.0f MB with both states\n", threadCpu() - start,
                megabytes() - before);
    const qint64 span = qint64(entries.size()) * spacing;
    QRandomGenerator random(2);
    const auto measure = [&](const char *what, int count, auto momentOf) {
        Times times;
        for (int i = 0; i < count; ++i) {
            start = threadCpu();
            past.moveTo(momentOf(i));
            times.add(threadCpu() - start);
        }
        times.print(what, 1e9);
    };
    measure("picture: one event back", 2000, [](int i) { return now - (i + 1) * spacing; });
    measure("picture: a pixel of 1,400 on", 600,
            [&](int i) { return now - span / 2 + i * span / 1400; });
    measure("picture: anywhere", 100,
            [&](int) { return now - qint64(random.generateDouble() * double(span)); });
    measure("picture: from one end to the other", 20,
            [&](int i) { return i % 2 ? now - span : now; });
}

/// The window over a source that travels, and what it costs until it has settled.
class Travel
{
public:
    Travel(TimeSource &source, const char *page)
        : m_source(source)
        , m_page(page)
    {
    }

    /// Goes there and waits until it is shown and nothing is left to do.
    void go(qint64 moment)
    {
        measure([this, moment] { m_source.goTo(moment); });
    }

    void goLive()
    {
        measure([this] { m_source.goLive(); });
    }

    /// Time goes on by itself for two seconds: one figure of all that is done meanwhile.
    void play(int speed)
    {
        measure([this, speed] {
            m_source.play(speed);
            QTimer::singleShot(2000, &m_watch, [this] { m_source.pause(); });
        });
    }

    void print(const char *what, double mostStretch, double mostUntil)
    {
        const auto title
            = [&](const char *part) { return QByteArray(m_page) + ", " + what + ": " + part; };
        m_until.print(title("until shown").constData(), mostUntil);
        m_all.print(title("with all that follows").constData(), 1e9);
        m_stretches.print(title("at a stretch").constData(), mostStretch);
        m_until = m_all = m_stretches = {};
    }

private:
    template<typename Move>
    void measure(Move move)
    {
        settle();
        m_watch.reset();
        const double before = threadCpu();
        const auto arrived = QObject::connect(&m_source, &FleetSource::momentChanged, &m_watch,
                                              [&] { m_shown = threadCpu() - before; });
        QTimer::singleShot(0, &m_watch, move);
        do
            settle();
        while (m_source.isPlaying() || m_source.moment() != m_source.wantedMoment());
        QObject::disconnect(arrived);
        m_until.add(m_shown);
        m_all.add(threadCpu() - before);
        m_stretches.add(m_watch.worst());
    }

    static void settle()
    {
        QEventLoop loop;
        QTimer::singleShot(300, &loop, &QEventLoop::quit);
        loop.exec();
    }

    TimeSource &m_source;
    const char *m_page;
    LoopWatch m_watch;
    double m_shown = 0;
    Times m_until, m_all, m_stretches;
};

void measureWindow(TimeSource &source, const QString &page, qint64 span, MainWindow &window)
{
    window.showPage(page, page == u"server" ? source.state().servers.keys().first() : QString());
    const QByteArray name = page.toLatin1();
    Travel opening(source, name.constData()), travel(source, name.constData());
    for (int i = 1; i <= 5; ++i) {
        travel.goLive();
        opening.go(now - span / 2 - i * spacing);
    }
    travel.print("back to live", 50, 1e9);
    opening.print("opened", 50, 300);
    for (int i = 0; i < 20; ++i)
        travel.go(now - span / 2 + i * span / 1400);
    travel.print("a pixel on", 50, 50);
    const qint64 from = source.moment();
    for (int i = 1; i <= 20; ++i)
        travel.go(from + i * 60'000);
    travel.print("a step of playing 600 times as fast", 16, 16);
    for (int i = 0; i < 3; ++i)
        travel.play(600);
    travel.print("two seconds of playing 600 times as fast", 50, 1e9);
    QRandomGenerator random(2);
    for (int i = 0; i < 12; ++i)
        travel.go(now - qint64(random.generateDouble() * double(span)));
    travel.print("anywhere", 50, 1e9);
    for (int i = 0; i < 6; ++i)
        travel.go(i % 2 ? now - span + 1 : now - 1);
    travel.print("from one end to the other", 50, 1e9);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new ThemeStyle);
    QApplication::setPalette(lightTheme().palette());
    QApplication::setFont(uiFont());
    const QStringList arguments = QCoreApplication::arguments();
    const int servers = arguments.value(1, u"10000"_s).toInt(),
              count = arguments.value(2, u"100000"_s).toInt();
    const FleetState state = hugeFleet(servers, now);
    const QList<ArchiveEntry> entries = makeEvents(state, count);
    measurePicture(state, entries);

    FixedSource live(state, now);
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry)
        live.edit().events << entry->event;
    TimeSource source(live);
    live.edit().events.resize(200); // as many as a live source has
    QTemporaryDir folder;
    QSettings settings(folder.filePath(u"console.ini"_s), QSettings::IniFormat);
    Preferences preferences(settings);
    std::printf("%.0f MB without the window\n", megabytes());
    MainWindow window(source, preferences);
    window.resize(1440, 900);
    window.show();
    QCoreApplication::processEvents();
    std::printf("%.0f MB with it, live\n", megabytes());
    QStringList pages = arguments.mid(3);
    if (pages.isEmpty())
        pages = {u"fleet"_s, u"overview"_s, u"tree"_s, u"events"_s, u"server"_s};
    for (const QString &page : std::as_const(pages))
        measureWindow(source, page, qint64(count) * spacing, window);
    std::printf("%.0f MB in the past, ", megabytes());
    source.goLive();
    QCoreApplication::processEvents();
    std::printf("%.0f MB live again\n", megabytes());
    return 0;
}
