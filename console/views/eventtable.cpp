// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/eventtable.h"

#include "console/models/eventlog.h"
#include "console/views/stateicon.h"
#include "console/views/tableheader.h"

#include <QPainter>
#include <QScrollBar>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int measuredEvents = 200, widestName = 200;

/// The drawing for what led to no state.
QString toolOf(const QModelIndex &index)
{
    switch (EventGroup(index.data(EventLog::GroupRole).toInt())) {
    case EventGroup::Command:
        return u"command"_s;
    case EventGroup::Config:
        return u"settings"_s;
    default:
        return u"events"_s;
    }
}

} // namespace

EventTable::EventTable(EventLog &log, QWidget *parent)
    : RecordTable(tr("Events"), EventRowDelegate::rowHeight, parent)
    , m_log(log)
{
    setModel(&log);
    setItemDelegate(new EventRowDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &EventTable::atTopChanged);
    connect(&log, &QAbstractItemModel::modelReset, this, &EventTable::fitColumns);
    connect(&log, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                if (first < 2)
                    widenFor(first, qMin(last, first + measuredEvents));
            });
}

QString EventTable::stickingDay() const
{
    return m_log.index(qMax(0, rowAt(0)), 0).data(EventLog::DayRole).toString();
}

void EventTable::paintEvent(QPaintEvent *event)
{
    RecordTable::paintEvent(event);
    const int first = rowAt(0);
    if (first < 0)
        return;
    QPainter painter(viewport());
    const int height = verticalHeader()->defaultSectionSize();
    int sticky = 0;
    for (int row = first; row < m_log.rowCount(); ++row) {
        const int top = rowViewportPosition(row);
        if (top > viewport()->height())
            break;
        if (!m_log.index(row, 0).data(EventLog::IsDayRole).toBool())
            continue;
        if (top > 0 && top < height) // the next day pushes this one out
            sticky = top - height;
        if (top > 0)
            paintDay(painter, top, m_log.index(row, 0).data(EventLog::DayRole).toString());
    }
    paintDay(painter, sticky, stickingDay());
}

void EventTable::paintDay(QPainter &painter, int top, const QString &day) const
{
    const Theme &theme = themeOf(this);
    const QRect band(0, top, viewport()->width(), verticalHeader()->defaultSectionSize());
    painter.fillRect(band, theme.alt);
    painter.fillRect(QRect(band.left(), band.bottom(), band.width(), 1), theme.line);
    painter.setPen(theme.text2);
    painter.setFont(uiFont(TextSize::small, true));
    painter.drawText(band.adjusted(EventRowDelegate::padding, 0, -EventRowDelegate::padding, -1),
                     Qt::AlignVCenter | Qt::AlignLeft, day);
}

/// What was moved along with the rows is drawn anew: the heading that sticks stays.
void EventTable::scrollContentsBy(int dx, int dy)
{
    RecordTable::scrollContentsBy(dx, dy);
    viewport()->update();
}

/// As wide as these rows need, at least.
int EventTable::naturalWidth(int column, int first, int last) const
{
    const QFontMetrics head(uiFont(TextSize::small, true)), cell(uiFont());
    int widest = head.horizontalAdvance(m_log.headerData(column, Qt::Horizontal).toString()) + 16;
    for (int row = first; row <= qMin(last, m_log.rowCount() - 1); ++row) {
        if (m_log.record(row))
            widest
                = qMax(widest, cell.horizontalAdvance(m_log.index(row, column).data().toString()));
    }
    return qMin(widest, widestName) + 2 * EventRowDelegate::padding + 2;
}

void EventTable::fitColumns()
{
    int used = 0;
    for (const int column : {EventLog::TimeColumn, EventLog::WhereColumn, EventLog::WhoColumn}) {
        header().resizeSection(column, naturalWidth(column, 0, measuredEvents - 1));
        used += header().sectionSize(column);
    }
    header().resizeSection(EventLog::EventColumn, qMax(160, viewport()->width() - used));
}

/// New rows are measured alone, so that the others need not be measured again.
void EventTable::widenFor(int first, int last)
{
    int used = 0;
    bool isWider = false;
    for (const int column : {EventLog::TimeColumn, EventLog::WhereColumn, EventLog::WhoColumn}) {
        const int needed = naturalWidth(column, first, last);
        if (needed > header().sectionSize(column)) {
            header().resizeSection(column, needed);
            isWider = true;
        }
        used += header().sectionSize(column);
    }
    if (isWider)
        header().resizeSection(EventLog::EventColumn, qMax(160, viewport()->width() - used));
}

void EventRowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.palette);
    painter->save();
    painter->fillRect(option.rect,
                      option.state.testFlag(QStyle::State_Selected) ? theme.sel : theme.surface);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      theme.line);
    QRect cell = option.rect.adjusted(padding, 0, -padding, -1);
    const QString words = index.data().toString();
    painter->setFont(uiFont());
    const auto draw = [&](const QString &text, const QColor &colour) {
        painter->setPen(colour);
        const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, cell.width());
        painter->drawText(cell, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
        cell.setLeft(cell.left() + painter->fontMetrics().horizontalAdvance(shown) + 12);
    };
    if (index.column() != EventLog::EventColumn) {
        draw(words.isEmpty() ? u"–"_s : words,
             index.column() == EventLog::TimeColumn ? theme.text3 : theme.text2);
        painter->restore();
        return;
    }
    const QRect place(cell.left(), cell.top() + (cell.height() - 13) / 2, 14, 14);
    if (const QVariant health = index.data(EventLog::HealthRole); health.isValid())
        paintState(painter, place, Health(health.toInt()), theme);
    else
        paintTool(painter, place, toolOf(index), theme.text3);
    cell.setLeft(cell.left() + iconWidth);
    draw(words, theme.isStale ? theme.text2 : theme.text);
    if (const QString detail = index.data(EventLog::DetailRole).toString();
        !detail.isEmpty() && cell.width() > 40)
        draw(detail, theme.text3);
    painter->restore();
}

} // namespace Treewarden
