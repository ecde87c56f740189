// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/chartpanel.h"

#include "console/models/chartticks.h"

#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int headHeight = 26, leastHeight = 104, legendGap = 14, swatch = 18;
constexpr double gibibyte = 1024. * 1024 * 1024;

/// What every sample tells: where it stands and another metric does not, that one had no value.
const QByteArray askedMetric = QByteArrayLiteral("memory.used");

} // namespace

ChartPanel::ChartPanel(const ChartSpec &spec, QWidget *parent)
    : QWidget(parent)
    , m_spec(spec)
    , m_view(new ChartView)
    , m_lines(spec.lines.size())
    , m_unitText(spec.unit)
    , m_values(spec.lines.size())
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, headHeight, 1, 5);
    column->addWidget(m_view);
    setAccessibleName(spec.title);
    setMinimumHeight(leastHeight);
}

void ChartPanel::setTimesVisible(bool isVisible)
{
    m_view->setTimesVisible(isVisible);
    setMinimumHeight(leastHeight + (isVisible ? ChartView::timesHeight : 0));
}

void ChartPanel::setTracks(const WorkloadTracks &tracks)
{
    m_lines.clear();
    for (const ChartLine &line : m_spec.lines)
        m_lines << lineTrack(line, tracks);
    m_silence = m_spec.tellsSilence ? tracks.track(askedMetric) : Track();
    m_longestStep = tracks.longestStep();
    m_areSamples = tracks.step <= 1000;
    const Track total = tracks.track("memory.total");
    if (!total.isEmpty())
        m_total = total.last().average;
}

void ChartPanel::setComparison(const ChartComparison &comparison)
{
    m_comparedName = comparison.name;
    m_compared = comparison.name.isEmpty() || m_spec.lines.isEmpty()
        ? Track()
        : shiftedTrack(lineTrack(m_spec.lines.first(), comparison.tracks), comparison.offset);
}

QList<ChartCurve> ChartPanel::curves() const
{
    QList<ChartCurve> curves;
    for (qsizetype i = 0; i < m_lines.size(); ++i)
        curves << ChartCurve{m_lines[i], m_spec.lines[i].colour, false, !m_areSamples};
    if (!m_comparedName.isEmpty())
        curves << ChartCurve{m_compared, ChartLine::otherColour, true, false};
    return curves;
}

void ChartPanel::showSpan(qint64 from, qint64 to)
{
    m_from = from;
    m_to = to;
    scale();
    m_view->draw({curves(), m_silence, from, to, m_longestStep, m_top, m_unit});
}

/// Fits the axis to what is shown.
void ChartPanel::scale()
{
    double highest = 0;
    for (const ChartCurve &curve : curves()) {
        const auto [first, end] = trackPart(curve.track, m_from, m_to);
        for (qsizetype i = first; i < end; ++i)
            highest = qMax(highest, curve.hasBand ? curve.track[i].most : curve.track[i].average);
    }
    const QLocale locale;
    switch (m_spec.scale) {
    case ChartScale::Percent:
        m_top = 100;
        break;
    case ChartScale::Number:
        m_top = roundCeiling(highest, 0.1);
        break;
    case ChartScale::Memory: {
        m_unit = gibibyte;
        const double total = m_total / m_unit;
        m_top = total > 0 ? qMax(total, highest / m_unit) : roundCeiling(highest / m_unit);
        //: %1 is the server's memory
        m_unitText = total > 0
            ? tr("GiB of %1").arg(locale.toString(total, 'f', total < 100 ? 1 : 0))
            : tr("GiB");
        break;
    }
    case ChartScale::Rate:
        static const QString units[]{u"B/s"_s, u"KiB/s"_s, u"MiB/s"_s, u"GiB/s"_s, u"TiB/s"_s};
        m_unit = 1;
        qsizetype unit = 0;
        for (; highest / m_unit >= 1024 && unit + 1 < qsizetype(std::size(units)); ++unit)
            m_unit *= 1024;
        m_top = roundCeiling(highest / m_unit, unit == 0 ? 100 : 1);
        m_unitText = units[unit];
        break;
    }
}

std::optional<double> ChartPanel::valueAt(const Track &track, qint64 time) const
{
    const TrackPoint *point = pointAt(track, time, m_longestStep);
    return point ? std::optional(point->average / m_unit) : std::nullopt;
}

void ChartPanel::setMoment(std::optional<qint64> moment)
{
    m_moment = moment;
    m_view->setMoment(moment);
}

void ChartPanel::setCrosshair(std::optional<qint64> time)
{
    m_crosshair = time;
    const qint64 at = time ? *time : m_moment.value_or(m_to);
    QList<std::optional<double>> values;
    for (const Track &line : std::as_const(m_lines))
        values << valueAt(line, at);
    if (!m_comparedName.isEmpty())
        values << valueAt(m_compared, at);
    m_values = values;
    m_view->setCrosshair(time, values);
    QStringList said;
    const QStringList names = legendNames();
    for (qsizetype i = 0; i < names.size(); ++i)
        said << names[i] + u' ' + valueText(i);
    setAccessibleDescription(said.join(u", "_s) + u' ' + m_unitText);
    update(0, 0, width(), headHeight);
}

QString ChartPanel::valueText(qsizetype line) const
{
    if (line >= m_values.size() || !m_values[line])
        return u"–"_s;
    const double value = *m_values[line];
    const bool isSmall = m_spec.scale == ChartScale::Number && value < 10;
    return QLocale().toString(value, 'f', isSmall ? 2 : value >= 1000 ? 0 : 1);
}

QStringList ChartPanel::legendNames() const
{
    QStringList names;
    for (const ChartLine &line : m_spec.lines)
        names << line.name;
    if (!m_comparedName.isEmpty())
        names << m_comparedName;
    return names;
}

QStringList ChartPanel::legendValues() const
{
    QStringList values;
    for (qsizetype i = 0; i < legendNames().size(); ++i)
        values << valueText(i);
    return values;
}

void ChartPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // The stack takes the keyboard for all of its charts.
    const bool hasKeyboard = parentWidget() && parentWidget()->hasFocus();
    painter.setPen(hasKeyboard ? theme.accent : theme.line);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);

    constexpr int baseline = 20;
    painter.setFont(uiFont(TextSize::body, true));
    painter.setPen(theme.text);
    painter.drawText(legendGap, baseline, m_spec.title);
    const int unitAt
        = legendGap + painter.fontMetrics().horizontalAdvance(m_spec.title) + legendGap;
    painter.setFont(uiFont());
    painter.setPen(theme.text3);
    painter.drawText(unitAt, baseline, m_unitText);
    const int end = unitAt + painter.fontMetrics().horizontalAdvance(m_unitText);
    paintLegend(&painter, end + legendGap, width() - legendGap, baseline);
}

QList<ChartPanel::LegendEntry> ChartPanel::legend() const
{
    const Theme &theme = themeOf(this);
    const QStringList names = legendNames();
    QList<LegendEntry> entries;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const bool isCompared = i >= m_spec.lines.size();
        const int colour = isCompared ? ChartLine::otherColour : m_spec.lines[i].colour;
        entries << LegendEntry{names[i], valueText(i),
                               colour < 0 ? theme.text3 : theme.series[size_t(colour)], isCompared};
    }
    return entries;
}

/// At the right, names shortened to what has room.
void ChartPanel::paintLegend(QPainter *painter, int left, int right, int baseline) const
{
    const Theme &theme = themeOf(this);
    const QList<LegendEntry> entries = legend();
    const QFont bold = uiFont(TextSize::small, true), regular = uiFont(TextSize::small);
    const QFontMetrics boldMetrics(bold), metrics(regular);
    // As wide as the widest value, so that nothing moves while figures change.
    const int valueWidth = qMax(34, boldMetrics.horizontalAdvance(u"8888.8"_s));
    const int fixed = swatch + 2 + valueWidth + legendGap;
    const int room = (right - left) / qMax(1, int(entries.size())) - fixed;
    int wanted = 0;
    for (const LegendEntry &entry : entries)
        wanted += fixed + metrics.horizontalAdvance(entry.name);
    for (qsizetype i = entries.size() - 1; i >= 0; --i) {
        const LegendEntry &entry = entries[i];
        const QString name = wanted <= right - left
            ? entry.name
            : metrics.elidedText(entry.name, Qt::ElideMiddle, qMax(room, 0));
        painter->setFont(bold);
        painter->setPen(theme.text);
        painter->drawText(QRect(right - valueWidth, baseline - boldMetrics.ascent(), valueWidth,
                                boldMetrics.height()),
                          Qt::AlignRight, entry.value);
        const int nameAt = right - valueWidth - 2 - metrics.horizontalAdvance(name);
        painter->setFont(regular);
        painter->setPen(theme.text2);
        painter->drawText(nameAt, baseline, name);
        painter->setPen(Qt::NoPen);
        painter->setBrush(entry.colour);
        for (const int at : entry.isDashed ? QList<int>{0, 7} : QList<int>{0})
            painter->drawRoundedRect(
                QRectF(nameAt - swatch + at, baseline - 5.5, entry.isDashed ? 5 : 12, 3), 1, 1);
        right = nameAt - swatch - legendGap;
    }
}

} // namespace Treewarden
