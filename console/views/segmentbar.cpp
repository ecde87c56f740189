// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/segmentbar.h"

#include "console/views/theme.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>

namespace Treewarden {

namespace {

class Segment : public QAbstractButton
{
public:
    Segment(const QString &text, bool isFirst, bool isLast)
        : m_isFirst(isFirst)
        , m_isLast(isLast)
    {
        setText(text);
        setCheckable(true);
        setFont(uiFont());
        setFocusPolicy(Qt::StrongFocus);
    }

    QSize sizeHint() const override
    {
        return {QFontMetrics(uiFont(TextSize::body, true)).horizontalAdvance(text()) + 20, 28};
    }

    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        // The frame of all of them, of which this one shows its part.
        const QRectF frame
            = QRectF(rect()).adjusted(m_isFirst ? 0.5 : -8, 0.5, m_isLast ? -0.5 : 8, -0.5);
        const bool isLit = isChecked() || underMouse();
        painter.setBrush(isChecked() ? theme.sel : isLit ? theme.alt : theme.surface);
        painter.setPen(theme.line2);
        painter.drawRoundedRect(frame, 4, 4);
        if (!m_isFirst)
            painter.drawLine(QPointF(0.5, 1), QPointF(0.5, height() - 1));
        painter.setFont(uiFont(TextSize::body, isChecked()));
        painter.setPen(theme.text);
        painter.drawText(rect(), Qt::AlignCenter, text());
        if (!hasFocus())
            return;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(2.5, 2.5, -2.5, -2.5), 3, 3);
    }

private:
    const bool m_isFirst, m_isLast;
};

} // namespace

SegmentBar::SegmentBar(const QStringList &texts, QWidget *parent)
    : QWidget(parent)
    , m_buttons(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (qsizetype i = 0; i < texts.size(); ++i) {
        auto *segment = new Segment(texts[i], i == 0, i + 1 == texts.size());
        m_buttons->addButton(segment, int(i));
        row->addWidget(segment);
    }
    connect(m_buttons, &QButtonGroup::idClicked, this, &SegmentBar::chosen);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SegmentBar::setCurrent(int index)
{
    if (QAbstractButton *button = m_buttons->button(index)) {
        button->setChecked(true);
        return;
    }
    m_buttons->setExclusive(false);
    for (QAbstractButton *button : m_buttons->buttons())
        button->setChecked(false);
    m_buttons->setExclusive(true);
}

int SegmentBar::current() const
{
    return m_buttons->checkedId();
}

} // namespace Treewarden
