// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/liverows.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Treewarden;

namespace {

constexpr qint64 start = 1'700'000'000'000;
const QByteArray user = QByteArrayLiteral("cpu.user");

WorkloadSample sampleAt(qint64 time, std::optional<double> value)
{
    WorkloadSample sample;
    sample.timestamp = time;
    sample.info.cpu.user = value;
    return sample;
}

LiveRows everySecond(int count)
{
    LiveRows rows;
    for (int i = 0; i < count; ++i)
        rows.append(sampleAt(start + i * 1000, i % 100));
    return rows;
}

WorkloadTracks tracksOf(const LiveRows &rows, qint64 step = 1000)
{
    WorkloadTracks tracks;
    tracks.step = step;
    rows.extend(&tracks);
    tracks.measureSpacing();
    return tracks;
}

} // namespace

class TestLiveRows : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void keepsTheNewestSamplesOnly()
    {
        const LiveRows rows = everySecond(1000);
        QCOMPARE(rows.size(), int(LiveRows::capacity));
        QCOMPARE(rows.lastTime(), start + 999'000);
        QCOMPARE(rows.firstTime(), start + 700'000);
    }

    void sortsWhatComesInAnyOrder()
    {
        QList<WorkloadSample> samples;
        for (int i = 0; i < 200; ++i)
            samples << sampleAt(start + i * 1000, i);
        std::shuffle(samples.begin(), samples.end(), *QRandomGenerator::global());
        LiveRows rows;
        rows.merge(samples);
        rows.merge(samples.mid(0, 50));
        const Track track = tracksOf(rows).track(user);
        QCOMPARE(track.size(), 200);
        QVERIFY(std::is_sorted(track.begin(), track.end(),
                               [](const auto &a, const auto &b) { return a.time < b.time; }));
    }

    void startsAgainWhenTheClockWasSetBack()
    {
        LiveRows rows = everySecond(100);
        rows.append(sampleAt(start - 86'400'000, 7));
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.lastTime(), start - 86'400'000);
    }

    void forgetsASampleFromTheFuture()
    {
        LiveRows rows = everySecond(10);
        rows.append(sampleAt(9'007'199'254'740'991, 7));
        rows.append(sampleAt(start + 10'000, 7));
        QCOMPARE(rows.size(), 11);
        QCOMPARE(rows.lastTime(), start + 10'000);
    }

    void refusesTimesThatAreNone()
    {
        LiveRows rows;
        rows.append(sampleAt(0, 1));
        rows.append(sampleAt(-5, 1));
        QVERIFY(rows.isEmpty());
        QVERIFY(tracksOf(rows).track(user).isEmpty());
    }

    void whatWasNotToldHasNoPoint()
    {
        LiveRows rows;
        for (int i = 0; i < 60; ++i)
            rows.append(
                sampleAt(start + i * 1000, i >= 20 && i < 30 ? std::nullopt : std::optional(1.0)));
        const WorkloadTracks tracks = tracksOf(rows);
        QCOMPARE(tracks.track(user).size(), 50);
        QCOMPARE(tracks.longestStep(), 2500);
        QVERIFY(!pointAt(tracks.track(user), start + 25'000, tracks.longestStep()));
        QVERIFY(pointAt(tracks.track(user), start + 19'400, tracks.longestStep()));
        QVERIFY(tracks.track("memory.used").isEmpty());
    }

    void joinsWholeStepsToWhatHistoryTells()
    {
        const LiveRows rows = everySecond(300);
        WorkloadTracks tracks;
        tracks.step = 60'000;
        const qint64 first = start / 60'000 * 60'000 - 600'000;
        Track known;
        for (int i = 0; i < 12; ++i)
            known << TrackPoint{first + i * 60'000 + 30'000, 500, 500, 500};
        tracks.tracks.insert(user, known);
        rows.extend(&tracks);
        const Track track = tracks.track(user);
        const qint64 whole = (start + 59'999) / 60'000 * 60'000;
        for (qsizetype i = 0; i < track.size(); ++i) {
            QCOMPARE(track[i].time, first + i * 60'000 + 30'000);
            // What lies wholly within the rows is theirs, the rest is history's.
            QCOMPARE(track[i].average == 500, track[i].time < whole);
            QVERIFY(track[i].least <= track[i].average && track[i].average <= track[i].most);
        }
        QVERIFY(track.last().time > start + 270'000 - 30'000);
    }

    void twoSamplesOfOneStepAreAveraged()
    {
        LiveRows rows;
        rows.append(sampleAt(120'000, 1));
        rows.append(sampleAt(121'000, 2));
        rows.append(sampleAt(122'000, 6));
        const Track track = tracksOf(rows, 60'000).track(user);
        QCOMPARE(track, Track({{150'000, 3, 1, 6}}));
    }

    /// Whatever samples come: in order, one point for each value that was told.
    void showsOnlyWhatWasTold()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 50; ++round) {
            LiveRows rows;
            QMap<qint64, double> told;
            qint64 time = start;
            for (int i = 0; i < 250; ++i) {
                time += 500 + random.bounded(random.bounded(20) == 0 ? 60'000 : 1500);
                const bool isTold = random.bounded(10) != 0;
                const double value = random.generateDouble() * 100;
                rows.append(sampleAt(time, isTold ? std::optional(value) : std::nullopt));
                if (isTold)
                    told.insert(time, value);
            }
            const Track track = tracksOf(rows).track(user);
            QCOMPARE(track.size(), told.size());
            for (const TrackPoint &point : track)
                QCOMPARE(point.average, told.value(point.time, -1));
        }
    }
};

QTEST_GUILESS_MAIN(TestLiveRows)
#include "tst_liverows.moc"
