// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/workloadpanel.h"

#include "console/models/chartticks.h"
#include "console/models/fleetsource.h"
#include "console/models/servermarks.h"
#include "console/settings/preferences.h"
#include "console/views/chartsaver.h"
#include "console/views/chartstack.h"
#include "console/views/loadingline.h"
#include "console/views/timestrip.h"
#include "shared/core/textformat.h"

#include <QDateTime>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <cmath>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 liveSpan = 300'000; ///< ms
constexpr qint64 roomBehind = 6'000; ///< ms; so that the mark of a death stands inside the plot
constexpr qint64 oneDay = 86'400'000;
constexpr double pastShare = 0.45; ///< of the plot lies behind a moment of the past

QString clockText(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).toString(u"HH:mm:ss"_s);
}

} // namespace

WorkloadPanel::WorkloadPanel(FleetSource &source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_link(source)
    , m_feed(source, m_link)
    , m_other(source, m_link)
    , m_marks(source, m_link)
    , m_bar(new ChartBar)
    , m_loading(new LoadingLine)
    , m_charts(new ChartStack)
    , m_times(new TimeStrip(*m_charts))
    , m_saver(new ChartSaver(this))
{
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_charts->setAutoFillBackground(false);
    m_charts->layout()->setContentsMargins(20, 0, 20, 10);
    scroll->setWidget(m_charts);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(20, 10, 20, 4);
    head->setSpacing(4);
    head->addWidget(m_bar);
    head->addWidget(m_loading);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(scroll, 1);
    column->addWidget(m_times);
    m_times->hide();
    connect(scroll->verticalScrollBar(), &QScrollBar::rangeChanged, m_times,
            [this, scroll](int, int last) {
                m_times->setVisible(last > 0);
                // The bar stands in the margin, and charts end where the buttons above them do.
                const int bar = last > 0 ? scroll->verticalScrollBar()->sizeHint().width() : 0;
                m_charts->layout()->setContentsMargins(20, 0, qMax(0, 20 - bar), 10);
            });

    m_feed.setActive(false);
    m_other.setActive(false);
    m_bar->setRange(m_window.range());
    watchCharts();
    watchBar();
    connect(&m_feed, &HistoryFeed::changed, this, [this] {
        m_areTracksNew = true;
        draw();
    });
    connect(&m_other, &HistoryFeed::changed, this, &WorkloadPanel::draw);
    connect(&m_marks, &MarkFeed::changed, this, &WorkloadPanel::draw);
    for (const HistoryFeed *feed : {&m_feed, &m_other})
        connect(feed, &HistoryFeed::loadingChanged, this, &WorkloadPanel::showProgress);
    connect(&source, &FleetSource::momentChanged, this, [this] {
        setMoment(m_source.isPast() ? std::optional(m_source.moment()) : std::nullopt);
    });
    // Charts go on although no sample comes.
    connect(&m_scroll, &QTimer::timeout, this, &WorkloadPanel::draw);
    m_scroll.start(1s);
    m_toldFor.setSingleShot(true);
    connect(&m_toldFor, &QTimer::timeout, this, [this] { tell({}); });
}

void WorkloadPanel::watchCharts()
{
    connect(m_charts, &ChartStack::crosshairMoved, this, [this](std::optional<qint64> time) {
        if (!time)
            time = m_moment;
        const QString text = !time ? QString()
            : m_window.length() > oneDay / 2
            ? dayText(*time) + u' ' + QDateTime::fromMSecsSinceEpoch(*time).toString(u"HH:mm"_s)
            : clockText(*time);
        m_bar->setCrosshairText(text.isEmpty() ? text : tr("At %1").arg(text));
    });
    connect(m_charts, &ChartStack::panned, this,
            [this](qint64 distance) { move([=](ChartWindow &w) { w.pan(distance); }); });
    connect(m_charts, &ChartStack::zoomed, this, [this](double factor, qint64 around) {
        move([=](ChartWindow &w) { w.zoom(factor, around); });
    });
    connect(m_charts, &ChartStack::selected, this,
            [this](qint64 from, qint64 to) { move([=](ChartWindow &w) { w.select(from, to); }); });
    connect(m_charts, &ChartStack::beginRequested, this,
            [this] { move([](ChartWindow &w) { w.goToBegin(); }); });
    connect(m_charts, &ChartStack::endRequested, this,
            [this] { move([](ChartWindow &w) { w.goLive(); }); });
    connect(m_charts, &ChartStack::resetRequested, this,
            [this] { move([](ChartWindow &w) { w.reset(); }); });
    connect(m_charts, &ChartStack::backRequested, this,
            [this] { move([](ChartWindow &w) { w.goBack(); }); });
    connect(m_charts, &ChartStack::forwardRequested, this,
            [this] { move([](ChartWindow &w) { w.goForward(); }); });
}

void WorkloadPanel::watchBar()
{
    connect(m_bar, &ChartBar::rangeChosen, this, &WorkloadPanel::setRange);
    connect(m_bar, &ChartBar::liveRequested, this,
            [this] { move([](ChartWindow &w) { w.goLive(); }); });
    connect(m_bar, &ChartBar::compareChosen, this, [this](ChartCompare::Kind kind) {
        compareWith({kind, {}});
    });
    connect(m_bar, &ChartBar::serverChosen, this, &WorkloadPanel::compareWithNamed);
    connect(m_bar, &ChartBar::chartToggled, this, &WorkloadPanel::toggleChart);
    connect(m_bar->compareMenu(), &QMenu::aboutToShow, this,
            [this] { m_bar->setServers(serverNames()); });
    connect(m_bar, &ChartBar::pictureRequested, this, [this] { m_saver->ask(u".png"_s, saved()); });
    connect(m_bar, &ChartBar::numbersRequested, this, [this] { m_saver->ask(u".csv"_s, saved()); });
    connect(m_bar, &ChartBar::copyRequested, this, [this] { m_saver->copy(saved()); });
    connect(m_saver, &ChartSaver::fileChosen, this, &WorkloadPanel::saveAs);
    connect(m_saver, &ChartSaver::said, this, &WorkloadPanel::tell);
}

void WorkloadPanel::remember(Preferences &preferences)
{
    m_preferences = &preferences;
    m_hidden = preferences.text(Preference::HiddenCharts).split(u',', Qt::SkipEmptyParts);
    const QString id = preferences.text(Preference::ChartRange);
    for (const ChartRange &range : chartRanges()) {
        if (range.id == id)
            m_window = ChartWindow(range.length);
    }
    m_bar->setRange(m_window.range());
    draw();
}

void WorkloadPanel::open(const QString &ip)
{
    if (ip == m_ip)
        return draw();
    m_ip = ip;
    m_end = 0;
    m_window = ChartWindow(m_window.range());
    m_charts->setCrosshair({});
    compareWith({});
    m_feed.follow(ip);
    m_marks.follow(ip);
    m_areTracksNew = true;
    draw();
}

void WorkloadPanel::setMoment(std::optional<qint64> moment)
{
    if (m_moment == moment)
        return;
    m_moment = moment;
    m_feed.setPast(moment.has_value());
    m_other.setPast(moment.has_value());
    m_charts->setMoment(moment);
    m_bar->setCrosshairText(moment ? tr("At %1").arg(clockText(*moment)) : QString());
    draw();
}

void WorkloadPanel::refresh()
{
    draw();
}

void WorkloadPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_feed.setActive(true);
    m_other.setActive(true);
    draw();
}

void WorkloadPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_feed.setActive(false);
    m_other.setActive(false);
}

const FleetServer *WorkloadPanel::server(const QString &ip) const
{
    const auto found = m_source.state().servers.constFind(ip);
    return found == m_source.state().servers.cend() ? nullptr : &*found;
}

QString WorkloadPanel::serverName() const
{
    const FleetServer *shown = server(m_ip);
    return oneLine(shown ? shown->displayName() : m_ip, 64);
}

void WorkloadPanel::setRange(qint64 length)
{
    move([length](ChartWindow &window) { window.setRange(length); });
    for (const ChartRange &range : chartRanges()) {
        if (range.length == length && m_preferences)
            m_preferences->setValue(Preference::ChartRange, range.id);
    }
}

void WorkloadPanel::move(const std::function<void(ChartWindow &)> &how)
{
    m_window.setEnd(chartEnd());
    m_window.setBegin(m_feed.firstTime());
    how(m_window);
    m_bar->setRange(m_window.range());
    draw();
}

/// The right end of all that can be shown: now by the server's clock, or where it fell silent.
qint64 WorkloadPanel::chartEnd() const
{
    const qint64 length = m_window.length();
    if (m_moment)
        return std::min(*m_moment + qint64(pastShare * double(length)),
                        std::max(m_feed.lastTime(), *m_moment));
    const FleetServer *shown = server(m_ip);
    if (!shown || (!m_source.isLive() && m_end > 0))
        return m_end > 0 ? m_end : m_source.now();
    const qint64 last = m_feed.lastTime();
    if (shown->alive.value_or(false))
        return m_feed.serverTime();
    // A silent server's last minutes are what one looks for; a longer range shows its silence.
    if (length > liveSpan && last > 0)
        return m_source.now();
    if (shown->alive && shown->since > last && shown->since - last < liveSpan / 2)
        return shown->since + roomBehind;
    return last > 0 ? last + roomBehind : m_source.now();
}

void WorkloadPanel::draw()
{
    if (!isVisible() || m_ip.isEmpty())
        return;
    m_scroll.start();
    m_end = chartEnd();
    m_window.setEnd(m_end);
    m_from = m_window.from();
    m_to = m_window.to();
    // By whole pixels where a second is less than one: lines don't shimmer.
    const qint64 pixel = m_window.length() / qMax(100, m_charts->width());
    if (m_window.isFollowing() && pixel > 1000) {
        m_to = (m_to + pixel - 1) / pixel * pixel;
        m_from = m_to - m_window.length();
    }
    m_feed.show(m_from, m_to);
    m_marks.show(m_from);
    if (std::exchange(m_areTracksNew, false)) {
        showSpecs();
        m_charts->setTracks(m_feed.tracks());
    }
    drawComparison(m_from, m_to);
    m_charts->setMarks(marks());
    m_charts->showSpan(m_from, m_to);
    m_times->update();
    showWords();
}

void WorkloadPanel::showSpecs()
{
    QList<ChartSpec> specs = chartSpecs(m_feed.metrics());
    m_bar->setCharts(specs, m_hidden);
    specs.removeIf([this](const ChartSpec &spec) { return m_hidden.contains(spec.id); });
    m_charts->setSpecs(specs);
}

void WorkloadPanel::toggleChart(const QString &id, bool isShown)
{
    m_hidden.removeAll(id);
    if (!isShown)
        m_hidden << id;
    if (m_preferences)
        m_preferences->setValue(Preference::HiddenCharts, m_hidden.join(u','));
    showSpecs();
    draw();
}

void WorkloadPanel::drawComparison(qint64 from, qint64 to)
{
    if (m_compare.kind == ChartCompare::Kind::Nothing) {
        m_charts->setComparison({});
        return;
    }
    ChartComparison comparison{tr("the day before"), m_other.tracks(), oneDay};
    if (m_compare.kind == ChartCompare::Kind::WeekBefore) {
        comparison.name = tr("the week before");
        comparison.offset = 7 * oneDay;
    } else if (m_compare.kind == ChartCompare::Kind::Server) {
        const FleetServer *other = server(m_compare.ip);
        comparison.name = oneLine(other ? other->displayName() : m_compare.ip, 64);
        comparison.offset = 0;
    }
    m_other.show(from - comparison.offset, to - comparison.offset);
    m_charts->setComparison(comparison);
}

void WorkloadPanel::compareWith(const ChartCompare &compare)
{
    m_compare = compare;
    const bool isNothing = compare.kind == ChartCompare::Kind::Nothing;
    const bool isServer = compare.kind == ChartCompare::Kind::Server;
    m_other.follow(isNothing ? QString() : isServer ? compare.ip : m_ip);
    const FleetServer *other = isServer ? server(compare.ip) : nullptr;
    m_bar->setCompareText(isNothing      ? QString()
                              : isServer ? oneLine(other ? other->displayName() : compare.ip, 24)
                              : compare.kind == ChartCompare::Kind::DayBefore
                              ? tr("the day before")
                              : tr("the week before"));
    draw();
}

QStringList WorkloadPanel::serverNames() const
{
    QStringList names;
    for (const FleetServer &one : m_source.state().servers) {
        if (one.ip != m_ip)
            names << (one.info.hostname.isEmpty()
                          ? one.ip
                          : u"%1 (%2)"_s.arg(oneLine(one.info.hostname, 64), one.ip));
    }
    names.sort(Qt::CaseInsensitive);
    return names;
}

void WorkloadPanel::compareWithNamed(const QString &name)
{
    for (const FleetServer &one : m_source.state().servers) {
        const QString host = oneLine(one.info.hostname, 64);
        if (one.ip == name || host.compare(name, Qt::CaseInsensitive) == 0
            || name == u"%1 (%2)"_s.arg(host, one.ip))
            return compareWith({ChartCompare::Kind::Server, one.ip});
    }
    tell(tr("No server is called %1.").arg(oneLine(name, 64)));
}

QList<ChartMark> WorkloadPanel::marks() const
{
    const FleetServer *shown = server(m_ip);
    QList<ChartMark> marks = startMarks(m_feed.tracks(), shown, m_from, m_to);
    for (const ChartMark &mark : m_marks.marks()) {
        if (mark.time >= m_from && mark.time <= m_to)
            marks << mark;
    }
    if (shown && !m_moment) {
        if (const auto silence = silenceMark(*shown, m_feed.lastTime(), m_end, marks))
            marks << *silence;
    }
    std::stable_sort(marks.begin(), marks.end(),
                     [](const ChartMark &a, const ChartMark &b) { return a.time < b.time; });
    return marks;
}

QString WorkloadPanel::spanWords() const
{
    if (!m_told.isEmpty())
        return m_told;
    if (!m_feed.trouble().isEmpty())
        return tr("No history: %1").arg(m_feed.trouble());
    if (!m_window.isFollowing() || m_moment || m_window.length() != liveSpan)
        return spanText(m_window.from(), m_window.to());
    const FleetServer *shown = server(m_ip);
    if (m_source.isLive() && shown && shown->alive.value_or(false))
        return tr("Live, the last 5 minutes");
    return tr("The last 5 minutes that are known, %1 to %2")
        .arg(clockText(m_from), clockText(m_to));
}

void WorkloadPanel::showWords()
{
    const qint64 step = m_feed.tracks().step;
    const QString hint = step > 1000
        ? tr("A point is the average of %1; the band around it is the least and the most.")
              .arg(formatDuration(step))
        : QString();
    m_bar->setSpan(spanWords(), hint);
    m_bar->setLive(m_window.isFollowing());
}

void WorkloadPanel::showProgress()
{
    const bool isLoading = m_feed.isLoading() || m_other.isLoading();
    m_loading->setProgress(isLoading, m_feed.isLoading() ? m_feed.progress() : m_other.progress());
}

/// An outcome: a sentence in the place of the time for a while.
void WorkloadPanel::tell(const QString &sentence)
{
    m_told = sentence;
    if (!sentence.isEmpty())
        m_toldFor.start(8s);
    showWords();
}

SavedCharts WorkloadPanel::saved() const
{
    const QString name = serverName();
    return {m_charts, &m_feed.tracks(), name, name == m_ip ? QString() : oneLine(m_ip, 64), m_from,
            m_to};
}

void WorkloadPanel::saveAs(const QString &path)
{
    m_saver->save(path, saved());
}

} // namespace Treewarden
