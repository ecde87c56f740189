// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QHash>
#include <QStyledItemDelegate>

namespace Treewarden {

/// One event: when, the shape of the state it led to, the sentence. Reads the roles of
/// ServerEvents.
class EventDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    enum class Time { Clock, DateAndClock };

    explicit EventDelegate(Time time, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QString timeText(const QModelIndex &index) const;
    QRect sentenceRect(const QRect &row, const QString &time) const;

    Time m_time;
    /// Of the rows by time and sentence, for one width and font.
    mutable QHash<std::pair<qint64, QString>, int> m_heights;
    mutable QFont m_font;
    mutable int m_width = -1;
};

} // namespace Treewarden
