// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/historyfeed.h"

#include "console/models/fleetsource.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

/// Runs beside the event loop: plain data in, plain data out.
WorkloadTracks readTracks(const HistoryQuery &query,
                          const QMap<HistoryTier, QList<QByteArray>> &chunks)
{
    HistoryReader reader(query);
    const HistorySlice slice = reader.read(chunks, {});
    WorkloadTracks tracks{query.from, query.to, query.step(), query.step(), {}};
    const qint64 half = slice.step / 2;
    for (const HistorySeries &series : slice.series) {
        Track track;
        track.reserve(series.points.size());
        for (const HistoryPoint &point : series.points)
            track << TrackPoint{point.time + half, point.average, point.minimum, point.maximum};
        tracks.tracks.insert(series.metric, std::move(track));
    }
    return tracks;
}

} // namespace

HistoryFeed::HistoryFeed(FleetSource &source, HistoryLink &link, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_loader(link)
{
    connect(&source, &FleetSource::workloadChanged, this, &HistoryFeed::takeLive);
    connect(&source, &FleetSource::reset, this, [this] {
        if (std::exchange(m_address, m_source.address()) != m_source.address()) {
            m_rows.clear();
            m_base = {};
        }
        takeNewest();
        compose();
    });
    connect(&m_loader, &HistoryLoader::samplesRead, this, &HistoryFeed::takeSamples);
    connect(&m_loader, &HistoryLoader::loadingChanged, this, &HistoryFeed::loadingChanged);
    connect(&m_loader, &HistoryLoader::changed, this, [this] {
        const Span span = wanted(); // what is kept may ask for longer steps
        if (span == m_asked)
            readLists();
        else
            askFor(span);
    });
    // A chunk is finished once a minute.
    m_refresh.setInterval(60s);
    connect(&m_refresh, &QTimer::timeout, this, [this] { m_loader.refresh(false); });
    m_refresh.start();
}

void HistoryFeed::follow(const QString &ip)
{
    if (ip == m_ip)
        return;
    m_ip = ip;
    m_address = m_source.address();
    ++m_round;
    m_isReading = m_mustRead = false;
    m_rows.clear();
    m_base = m_tracks = {};
    m_from = m_to = 0;
    m_asked = m_read = {};
    m_clockOffset = 0;
    m_loader.setServer(ip);
    takeNewest();
    compose();
}

void HistoryFeed::setActive(bool isActive)
{
    if (m_isActive == isActive)
        return;
    m_isActive = isActive;
    if (!isActive)
        return m_refresh.stop();
    m_refresh.start();
    takeNewest();
    m_loader.refresh(true);
}

qint64 HistoryFeed::serverTime() const
{
    return m_source.now() + m_clockOffset;
}

qint64 HistoryFeed::lastTime() const
{
    if (!m_rows.isEmpty())
        return m_rows.lastTime();
    return m_loader.lists().newest(HistoryTier::Samples).value_or(0);
}

qint64 HistoryFeed::firstTime() const
{
    return m_loader.begin() > 0 ? m_loader.begin() : m_rows.firstTime();
}

QSet<QByteArray> HistoryFeed::metrics() const
{
    QSet<QByteArray> metrics = m_loader.lists().metrics();
    for (size_t column = 0; column < m_rows.names().size(); ++column) {
        if (m_rows.knows(column))
            metrics.insert(m_rows.names()[column]);
    }
    return metrics;
}

/// The round length of time that a point stands for. Where finer tiers are not kept for so long
/// the whole span is shown in the steps of the coarser one.
qint64 HistoryFeed::stepFor(qint64 from, qint64 to) const
{
    const qint64 step = HistoryQuery{from, to, mostPoints, {}}.step();
    const ChunkLists &lists = m_loader.lists();
    const auto isMissing = [&](HistoryTier finer, HistoryTier coarser) {
        const auto oldest = lists.oldest(finer), before = lists.oldest(coarser);
        return lists.isWhole(finer) && before && *before < oldest.value_or(to)
            && from < oldest.value_or(to);
    };
    if (step < hourSpan && isMissing(HistoryTier::Minutes, HistoryTier::Hours)
        && from < lists.oldest(HistoryTier::Samples).value_or(to))
        return hourSpan;
    if (step < minuteSpan && isMissing(HistoryTier::Samples, HistoryTier::Minutes))
        return minuteSpan;
    return step;
}

HistoryFeed::Span HistoryFeed::wanted() const
{
    const qint64 step = stepFor(m_from, m_to);
    // Whole pages, so that a small move asks for nothing.
    const qint64 page = std::max<qint64>((m_to - m_from) / step / 2, 10) * step;
    return {std::max<qint64>(m_from / page * page - page, 0), (m_to / page + 2) * page, step};
}

void HistoryFeed::show(qint64 from, qint64 to)
{
    if (m_ip.isEmpty() || from >= to || from < 0)
        return;
    m_from = from;
    m_to = to;
    if (const Span span = wanted(); span != m_asked)
        askFor(span);
}

void HistoryFeed::askFor(const Span &span)
{
    m_asked = span;
    const HistoryTier tier = span.step >= hourSpan ? HistoryTier::Hours
        : span.step >= minuteSpan                  ? HistoryTier::Minutes
                                                   : HistoryTier::Samples;
    m_loader.want(tier, span.from, std::max(serverTime(), span.to));
}

void HistoryFeed::readLists()
{
    if (m_asked.step == 0)
        return compose();
    if (m_isReading) {
        m_mustRead = true;
        return;
    }
    m_isReading = true;
    const Span span = m_asked;
    const HistoryQuery query{span.from, span.to, int((span.to - span.from) / span.step) + 1, {}};
    const auto chunks = m_loader.lists().between(span.from, span.to);
    auto promise = std::make_shared<QPromise<WorkloadTracks>>();
    promise->start();
    // A watcher, not then(): that one may call into what is gone already.
    auto *watcher = new QFutureWatcher<WorkloadTracks>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, span, round = m_round] {
        watcher->deleteLater();
        if (round == m_round)
            takeRead(span, watcher->result());
    });
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, query, chunks] {
        promise->addResult(readTracks(query, chunks));
        promise->finish();
    });
}

void HistoryFeed::takeRead(const Span &span, const WorkloadTracks &tracks)
{
    m_isReading = false;
    m_read = span;
    m_base = tracks;
    compose();
    if (std::exchange(m_mustRead, false))
        readLists();
}

void HistoryFeed::takeLive(const QString &ip)
{
    if (ip != m_ip || !m_isActive || m_isPast)
        return;
    takeNewest();
    // It has just been measured: so late is it there.
    m_clockOffset = m_rows.lastTime() - m_source.now();
    compose();
}

void HistoryFeed::takeNewest()
{
    const auto server = m_source.state().servers.constFind(m_ip);
    if (m_isPast || server == m_source.state().servers.cend() || server->workload.timestamp == 0)
        return;
    m_rows.append(server->workload.sample());
}

void HistoryFeed::takeSamples(const QList<QByteArray> &elements)
{
    QList<WorkloadSample> samples;
    for (const QByteArray &element : elements) {
        // One broken sample is a gap of one sample, not a reason to show none.
        if (auto sample = parseWorkloadSample(element))
            samples << *std::move(sample);
    }
    m_rows.merge(samples);
    compose();
}

void HistoryFeed::compose()
{
    m_tracks = m_base;
    if (m_base.from == 0)
        m_tracks.step = 1000; // samples alone, until their history has come
    m_rows.extend(&m_tracks);
    m_tracks.measureSpacing();
    Q_EMIT changed();
}

} // namespace Treewarden
