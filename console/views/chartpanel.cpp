// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/chartpanel.h"

#include "console/models/chartticks.h"
#include "console/views/theme.h"

#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int headHeight = 26;
constexpr double gibibyte = 1024. * 1024 * 1024;

} // namespace

ChartPanel::ChartPanel(const ChartSpec &spec, QWidget *parent)
    : QWidget(parent)
    , m_spec(spec)
    , m_view(new ChartView(spec.lines))
    , m_unitText(spec.unit)
    , m_values(spec.lines.size())
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, headHeight, 1, 5);
    column->addWidget(m_view);
    setAccessibleName(spec.title);
    setMinimumHeight(92);
}

void ChartPanel::setTimesVisible(bool isVisible)
{
    m_view->setTimesVisible(isVisible);
    setMinimumHeight(isVisible ? 92 + ChartView::timesHeight : 92);
}

void ChartPanel::draw(const WorkloadSeries &series, qint64 from, qint64 to)
{
    m_now = to;
    scale(series, from, to);
    m_view->draw(series, from, to, m_top, m_unit);
}

void ChartPanel::scale(const WorkloadSeries &series, qint64 from, qint64 to)
{
    double highest = 0;
    for (const ChartLine &line : m_spec.lines)
        highest = qMax(highest, series.maximum(line.metric, from, to).value_or(0));
    const QLocale locale;
    switch (m_spec.scale) {
    case ChartScale::Percent:
        m_top = 100;
        break;
    case ChartScale::Number:
        m_top = roundCeiling(highest);
        break;
    case ChartScale::Memory: {
        m_unit = gibibyte;
        const double total = double(series.memoryTotal().value_or(0)) / m_unit;
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

void ChartPanel::setCrosshair(const WorkloadSeries &series, std::optional<qint64> time)
{
    QList<std::optional<double>> values;
    for (const ChartLine &line : m_spec.lines) {
        auto value = series.valueAt(line.metric, time.value_or(m_now));
        if (value)
            *value /= m_unit;
        values << value;
    }
    m_values = values;
    m_view->setCrosshair(time, values);
    QStringList said;
    for (qsizetype i = 0; i < m_spec.lines.size(); ++i)
        said << m_spec.lines[i].name + u' ' + valueText(i);
    setAccessibleDescription(said.join(u", "_s) + u' ' + m_unitText);
    update(0, 0, width(), headHeight);
}

QString ChartPanel::valueText(qsizetype line) const
{
    if (!m_values[line])
        return u"–"_s;
    const double value = *m_values[line];
    const bool isSmallLoad = m_spec.lines[line].metric == Metric::Load && value < 10;
    return QLocale().toString(value, 'f', isSmallLoad ? 2 : value >= 1000 ? 0 : 1);
}

QStringList ChartPanel::legendValues() const
{
    QStringList values;
    for (qsizetype i = 0; i < m_values.size(); ++i)
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
    painter.drawText(14, baseline, m_spec.title);
    const int unitAt = 14 + painter.fontMetrics().horizontalAdvance(m_spec.title) + 14;
    painter.setFont(uiFont());
    painter.setPen(theme.text3);
    painter.drawText(unitAt, baseline, m_unitText);
    paintLegend(&painter, width() - 14, baseline);
}

void ChartPanel::paintLegend(QPainter *painter, int right, int baseline)
{
    const Theme &theme = themeOf(this);
    const QFont bold = uiFont(TextSize::small, true), regular = uiFont(TextSize::small);
    const QFontMetrics boldMetrics(bold), metrics(regular);
    // As wide as the widest value, so that nothing moves while figures change.
    const int valueWidth = qMax(34, boldMetrics.horizontalAdvance(u"8888.8"_s));
    for (qsizetype i = m_spec.lines.size() - 1; i >= 0; --i) {
        const ChartLine &line = m_spec.lines[i];
        painter->setFont(bold);
        painter->setPen(theme.text);
        painter->drawText(QRect(right - valueWidth, baseline - boldMetrics.ascent(), valueWidth,
                                boldMetrics.height()),
                          Qt::AlignRight, valueText(i));
        const int nameAt = right - valueWidth - 2 - metrics.horizontalAdvance(line.name);
        painter->setFont(regular);
        painter->setPen(theme.text2);
        painter->drawText(nameAt, baseline, line.name);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.series[size_t(line.colour)]);
        painter->drawRoundedRect(QRectF(nameAt - 18, baseline - 5.5, 12, 3), 1, 1);
        right = nameAt - 18 - 14;
    }
}

} // namespace Treewarden
