// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/eventdelegate.h"

#include "console/models/serverevents.h"
#include "console/views/stateicon.h"

#include <QAbstractItemView>
#include <QDateTime>
#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int sideMargin = 16, lineMargin = 6, iconSize = 14;
constexpr qsizetype mostHeights = 1000;
constexpr int wrapping = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;

} // namespace

EventDelegate::EventDelegate(Time time, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_time(time)
{
}

QString EventDelegate::timeText(const QModelIndex &index) const
{
    const QString format = m_time == Time::Clock ? u"HH:mm:ss"_s : u"yyyy-MM-dd HH:mm:ss"_s;
    return QDateTime::fromMSecsSinceEpoch(index.data(ServerEvents::TimeRole).toLongLong())
        .toString(format);
}

QRect EventDelegate::sentenceRect(const QRect &row, const QString &time) const
{
    const int left = row.left() + sideMargin + QFontMetrics(uiFont()).horizontalAdvance(time) + 9
        + iconSize + 9;
    return QRect(left, row.top() + lineMargin, qMax(40, row.right() + 1 - sideMargin - left),
                 row.height() - 2 * lineMargin);
}

/// A long sentence takes as many lines as it needs.
QSize EventDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const QRect row(0, 0, view ? view->viewport()->width() : option.rect.width(), 0);
    const QFont font = uiFont();
    if (m_width != row.width() || m_font != font || m_heights.size() > mostHeights) {
        m_heights.clear(); // each new event asks for those of all others again
        m_width = row.width();
        m_font = font;
    }
    const QString sentence = index.data().toString();
    int &height = m_heights[{index.data(ServerEvents::TimeRole).toLongLong(), sentence}];
    if (height == 0) {
        const QRect words = sentenceRect(row, timeText(index));
        height = QFontMetrics(font)
                     .boundingRect(QRect(0, 0, words.width(), 1000), wrapping, sentence)
                     .height()
            + 2 * lineMargin;
    }
    return {0, height};
}

void EventDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.palette);
    painter->save();
    painter->fillRect(option.rect,
                      option.state.testFlag(QStyle::State_Selected) ? theme.sel : theme.surface);
    painter->setFont(uiFont());
    const QString time = timeText(index);
    const QRect words = sentenceRect(option.rect, time);
    painter->setPen(theme.text3);
    painter->drawText(
        QRect(option.rect.left() + sideMargin, words.top(), words.left(), words.height()),
        Qt::AlignLeft | Qt::AlignTop, time);
    const QRect place(words.left() - 9 - iconSize,
                      words.top() + (painter->fontMetrics().height() - iconSize + 1) / 2, iconSize,
                      iconSize);
    if (const QVariant health = index.data(ServerEvents::HealthRole); health.isValid())
        paintState(painter, place, Health(health.toInt()), theme);
    else
        paintTool(painter, place, u"settings"_s, theme.text3);
    painter->setPen(theme.isStale ? theme.text2 : theme.text);
    painter->drawText(words, wrapping, index.data().toString());
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(theme.accent, 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

} // namespace Treewarden
