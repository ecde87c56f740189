// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/chartwindow.h"

#include <QCoreApplication>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 chartMinute = 60'000, chartHour = 60 * chartMinute, chartDay = 24 * chartHour;
constexpr qsizetype mostViews = 50;

} // namespace

std::span<const ChartRange> chartRanges()
{
    static const ChartRange ranges[]{
        {u"live"_s, 5 * chartMinute}, {u"1h"_s, chartHour},      {u"6h"_s, 6 * chartHour},
        {u"24h"_s, chartDay},         {u"7d"_s, 7 * chartDay},   {u"30d"_s, 30 * chartDay},
        {u"90d"_s, 90 * chartDay},    {u"1y"_s, 365 * chartDay}, {u"2y"_s, 730 * chartDay},
    };
    return ranges;
}

QString chartRangeText(const ChartRange &range)
{
    const auto text = [](const char *source, qint64 count) {
        return QCoreApplication::translate("ChartRange", source).arg(count);
    };
    if (range.length == chartRanges().front().length)
        return QCoreApplication::translate("ChartRange", "Live");
    if (range.length < chartDay + 1)
        return text(QT_TRANSLATE_NOOP("ChartRange", "%1 h"), range.length / chartHour);
    if (range.length < 365 * chartDay)
        return text(QT_TRANSLATE_NOOP("ChartRange", "%1 d"), range.length / chartDay);
    return text(QT_TRANSLATE_NOOP("ChartRange", "%1 y"), range.length / (365 * chartDay));
}

ChartWindow::ChartWindow(qint64 length)
    : m_view{length > 0 ? std::clamp(length, shortest, longest) : chartRanges().front().length, {}}
    , m_range(m_view.length)
{
}

ChartWindow::View ChartWindow::bounded(View view) const
{
    view.length = std::clamp(view.length, shortest, longest);
    const qint64 begin = m_begin > 0 ? std::max(m_begin, m_end - longest) : m_end - longest;
    if (view.to)
        view.to = std::max(*view.to, std::min(begin + view.length, m_end));
    if (view.to && *view.to >= m_end)
        view.to.reset();
    return view;
}

void ChartWindow::look(View view, Move move)
{
    view = bounded(view);
    if (view == m_view)
        return;
    if (move == Move::Step || m_last == Move::Step) {
        m_back << m_view;
        if (m_back.size() > mostViews)
            m_back.removeFirst();
    }
    m_forward.clear();
    m_last = move;
    m_view = view;
}

void ChartWindow::setRange(qint64 length)
{
    m_range = std::clamp(length, shortest, longest);
    look({m_range, {}}, Move::Step);
}

void ChartWindow::pan(qint64 distance)
{
    look({m_view.length, to() + distance}, Move::Glide);
}

void ChartWindow::zoom(double factor, qint64 around)
{
    const double most = double(longest) / double(m_view.length);
    const auto length
        = std::clamp(qint64(double(m_view.length) * std::min(factor, most)), shortest, longest);
    const double right = double(to() - around) / double(m_view.length);
    look({length, around + qint64(right * double(length))}, Move::Glide);
}

void ChartWindow::select(qint64 from, qint64 to)
{
    if (from > to)
        std::swap(from, to);
    look({to - from, to}, Move::Step);
}

void ChartWindow::goToBegin()
{
    look({m_view.length, qint64{0}}, Move::Step);
}

void ChartWindow::goLive()
{
    look({m_view.length, {}}, Move::Step);
}

void ChartWindow::reset()
{
    look({m_range, {}}, Move::Step);
}

void ChartWindow::goBack()
{
    if (m_back.isEmpty())
        return;
    m_forward << m_view;
    m_view = bounded(m_back.takeLast());
    m_last = Move::Step;
}

void ChartWindow::goForward()
{
    if (m_forward.isEmpty())
        return;
    m_back << m_view;
    m_view = bounded(m_forward.takeLast());
    m_last = Move::Step;
}

} // namespace Treewarden
