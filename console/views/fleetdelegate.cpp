// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/fleetdelegate.h"

#include "console/models/fleetmodel.h"
#include "console/views/stateicon.h"

#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int meterWidth = 56, meterHeight = 6, curveWidth = 84, curveHeight = 18, cellGap = 8;

bool isHigh(std::optional<double> percent)
{
    return percent.value_or(0) >= FleetDelegate::highPercent;
}

void drawNumber(QPainter *painter, const QRect &rect, const QString &text, bool isMarked,
                bool isPale, const Theme &theme)
{
    painter->setFont(uiFont(TextSize::body, isMarked && !theme.isStale));
    painter->setPen(isMarked            ? theme.warn
                        : isPale        ? theme.text3
                        : theme.isStale ? theme.text2
                                        : theme.text);
    painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, text);
}

} // namespace

FleetDelegate::FleetDelegate(const FleetModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

int FleetDelegate::extraWidth(int column)
{
    switch (column) {
    case FleetModel::StateColumn:
        return 14 + 6;
    case FleetModel::CpuColumn:
        return curveWidth + cellGap;
    case FleetModel::MemoryColumn:
    case FleetModel::DiskColumn:
        return meterWidth + cellGap;
    default:
        return 0;
    }
}

QFont FleetDelegate::fontOf(int column)
{
    const bool isBold = column == FleetModel::StateColumn || column == FleetModel::NameColumn
        || extraWidth(column) > 0;
    return uiFont(column == FleetModel::StateColumn ? TextSize::small : TextSize::body, isBold);
}

QSize FleetDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, rowHeight};
}

void FleetDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.palette);
    const FleetRow &row = m_model.row(index.row());
    painter->save();
    painter->fillRect(option.rect,
                      option.state.testFlag(QStyle::State_Selected) ? theme.sel : theme.surface);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      theme.line);
    const QRect cell = option.rect.adjusted(padding, 0, -padding, -1);
    const int column = index.column();
    switch (column) {
    case FleetModel::StateColumn:
        paintHealth(painter, cell, row, theme);
        break;
    case FleetModel::CpuColumn:
        paintCurve(painter, cell, row, theme);
        break;
    case FleetModel::MemoryColumn:
        paintMeter(painter, cell, row.memory, theme);
        break;
    case FleetModel::DiskColumn:
        paintMeter(painter, cell, row.disk, theme);
        break;
    case FleetModel::ServicesColumn:
        paintServices(painter, cell, row, theme);
        break;
    case FleetModel::LoadColumn:
        drawNumber(painter, cell, index.data().toString(), false, !row.load, theme);
        break;
    default: {
        const bool isName = column == FleetModel::NameColumn;
        painter->setFont(fontOf(column));
        painter->setPen(isName && !theme.isStale ? theme.text : theme.text2);
        const Qt::Alignment side
            = column == FleetModel::SinceColumn ? Qt::AlignRight : Qt::AlignLeft;
        painter->drawText(cell, int(side | Qt::AlignVCenter),
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            cell.width()));
    }
    }
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(theme.accent, 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -2));
    }
    painter->restore();
}

void FleetDelegate::paintHealth(QPainter *painter, const QRect &rect, const FleetRow &row,
                                const Theme &theme) const
{
    paintState(painter, QRect(rect.left(), rect.center().y() - 6, 14, 14), row.health, theme);
    const bool isLoud = row.health != Health::Alive && !theme.isStale;
    painter->setFont(uiFont(TextSize::small, isLoud));
    painter->setPen(isLoud ? theme.state(row.health) : theme.text2);
    painter->drawText(rect.adjusted(20, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                      healthText(row.health));
}

void FleetDelegate::paintCurve(QPainter *painter, const QRect &rect, const FleetRow &row,
                               const Theme &theme) const
{
    const QRectF plot(rect.left(), rect.center().y() - curveHeight / 2 + 1, curveWidth,
                      curveHeight);
    const bool isWarning = isHigh(row.cpu);
    const bool isPale = !row.cpu || theme.isStale;
    const QColor line = isPale ? theme.line2 : isWarning ? theme.warn : theme.text3;
    const int count = row.cpuHistory.size();
    if (count >= 2) {
        painter->setRenderHint(QPainter::Antialiasing);
        QPolygonF curve;
        curve.reserve(count + 2);
        // The newest value stands at the right edge; a short history leaves the left side empty.
        const qreal step = plot.width() / (RecentValues::capacity - 1);
        for (int i = 0; i < count; ++i)
            curve << QPointF(plot.right() - 2 - step * (count - 1 - i),
                             plot.bottom() - 1
                                 - (plot.height() - 3) * qBound(0.f, row.cpuHistory.at(i), 100.f)
                                     / 100);
        QPolygonF area = curve;
        area << QPointF(curve.last().x(), plot.bottom())
             << QPointF(curve.first().x(), plot.bottom());
        QColor fill = line;
        fill.setAlphaF(isWarning ? 0.16f : 0.10f);
        painter->setPen(Qt::NoPen);
        painter->setBrush(fill);
        painter->drawPolygon(area);
        painter->setPen(QPen(line, 1.2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(curve);
        painter->setPen(Qt::NoPen);
        painter->setBrush(isPale || isWarning ? line : theme.text2);
        painter->drawEllipse(curve.last(), 1.8, 1.8);
    }
    drawNumber(painter, rect, row.cpu ? QLocale().toString(*row.cpu, 'f', 1) : u"–"_s, isWarning,
               !row.cpu, theme);
}

void FleetDelegate::paintMeter(QPainter *painter, const QRect &rect, std::optional<double> percent,
                               const Theme &theme) const
{
    const bool isWarning = isHigh(percent);
    const QRectF track(rect.left(), rect.center().y() - meterHeight / 2 + 1, meterWidth,
                       meterHeight);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme.line);
    painter->drawRoundedRect(track, meterHeight / 2, meterHeight / 2);
    if (percent) {
        // Clipped by the track's shape, so that 2 % is a sliver and not a dot.
        painter->setClipRect(QRectF(track.left(), track.top(),
                                    track.width() * qBound(0.0, *percent, 100.0) / 100,
                                    track.height()));
        painter->setBrush(theme.isStale ? theme.line2 : isWarning ? theme.warn : theme.text3);
        painter->drawRoundedRect(track, meterHeight / 2, meterHeight / 2);
        painter->setClipping(false);
    }
    drawNumber(painter, rect, percent ? QLocale().toString(*percent, 'f', 1) : u"–"_s, isWarning,
               !percent, theme);
}

void FleetDelegate::paintServices(QPainter *painter, const QRect &rect, const FleetRow &row,
                                  const Theme &theme) const
{
    if (row.services == 0) {
        drawNumber(painter, rect, u"–"_s, false, true, theme);
        return;
    }
    const QLocale locale;
    const QString total = u" / "_s + locale.toString(row.services);
    const QString alive = row.areServicesKnown ? locale.toString(row.servicesAlive) : u"?"_s;
    painter->setFont(uiFont());
    painter->setPen(theme.text3);
    painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, total);
    const bool isWrong = row.areServicesKnown && row.servicesAlive < row.services;
    painter->setPen(!row.areServicesKnown   ? theme.text3
                        : !isWrong          ? (theme.isStale ? theme.text2 : theme.text)
                        : row.servicesAlive ? theme.warn
                                            : theme.dead);
    painter->drawText(rect.adjusted(0, 0, -painter->fontMetrics().horizontalAdvance(total), 0),
                      Qt::AlignRight | Qt::AlignVCenter, alive);
}

} // namespace Treewarden
