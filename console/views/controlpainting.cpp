// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/controlpainting.h"

#include "console/views/stateicon.h"
#include "console/views/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

QColor mix(const QColor &a, const QColor &b, qreal share)
{
    return QColor::fromRgbF(float(a.redF() * (1 - share) + b.redF() * share),
                            float(a.greenF() * (1 - share) + b.greenF() * share),
                            float(a.blueF() * (1 - share) + b.blueF() * share));
}

void drawChevron(QPainter *painter, const QRect &place, const QString &name, const QColor &colour)
{
    QRect arrow(0, 0, 10, 10);
    arrow.moveCenter(place.center());
    paintTool(painter, arrow, name, colour);
}

} // namespace

void drawFrame(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &edge,
               qreal radius, qreal width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill);
    painter->setPen(edge.isValid() ? QPen(edge, width) : QPen(Qt::NoPen));
    const qreal inset = edge.isValid() ? width / 2 : 0;
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

void drawButton(const QStyleOption &option, QPainter *painter, Emphasis emphasis)
{
    const Theme &theme = themeOf(option.palette);
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    const bool isFlat = button && button->features.testFlag(QStyleOptionButton::Flat);
    const bool isFilled = emphasis != Emphasis::Plain && isEnabled;
    const QColor strong = emphasis == Emphasis::Danger ? theme.dead : theme.accent;
    QColor fill = isFilled ? strong : theme.surface;
    QColor edge = isFilled ? strong : theme.line2;
    if (isEnabled && option.state.testFlag(QStyle::State_Sunken))
        fill = mix(fill, theme.text, 0.12);
    else if (isEnabled && option.state.testFlag(QStyle::State_MouseOver))
        fill = mix(fill, theme.text, 0.05);
    if (isFlat && !option.state.testFlag(QStyle::State_Sunken)
        && !option.state.testFlag(QStyle::State_MouseOver))
        fill = Qt::transparent;
    if (isFlat)
        edge = QColor();
    drawFrame(painter, option.rect, fill, edge, controlRadius);
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange))
        drawFrame(painter, option.rect.adjusted(2, 2, -2, -2), Qt::transparent,
                  isFilled ? theme.onAccent : theme.accent, controlRadius - 1, 1.5);
}

void drawRadioButton(const QStyleOption &option, QPainter *painter)
{
    const Theme &theme = themeOf(option.palette);
    const bool isOn = option.state.testFlag(QStyle::State_On);
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    QRectF ring(0, 0, 14, 14);
    ring.moveCenter(QRectF(option.rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor colour = isOn && isEnabled ? theme.accent : theme.ctl;
    painter->setPen(QPen(colour, isOn ? 4 : 1));
    painter->setBrush(theme.surface);
    const double inset = isOn ? 2 : 0.5;
    painter->drawEllipse(ring.adjusted(inset, inset, -inset, -inset));
    painter->restore();
}

void drawCheckBox(const QStyleOption &option, QPainter *painter)
{
    const Theme &theme = themeOf(option.palette);
    const bool isOn = option.state.testFlag(QStyle::State_On);
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    QRect box(0, 0, 14, 14);
    box.moveCenter(option.rect.center());
    drawFrame(painter, box, isOn && isEnabled ? theme.accent : theme.surface,
              isOn && isEnabled ? theme.accent : theme.ctl, 3);
    if (!isOn)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(isEnabled ? theme.onAccent : theme.text3, 1.6, Qt::SolidLine, Qt::RoundCap,
                         Qt::RoundJoin));
    const QPointF at = QRectF(box).topLeft();
    painter->drawPolyline(
        QPolygonF{at + QPointF(3.2, 7.4), at + QPointF(5.8, 10), at + QPointF(10.8, 4.4)});
    painter->restore();
}

void drawSpinBox(const QStyleOptionSpinBox &box, QPainter *painter, const QRect &up,
                 const QRect &down)
{
    const Theme &theme = themeOf(box.palette);
    const bool hasFocus = box.state.testFlag(QStyle::State_HasFocus);
    drawFrame(painter, box.rect, theme.surface, hasFocus ? theme.accent : theme.ctl, controlRadius,
              hasFocus ? 2 : 1);
    drawChevron(painter, up, u"chevron-up"_s,
                box.stepEnabled.testFlag(QAbstractSpinBox::StepUpEnabled) ? theme.text2
                                                                          : theme.line2);
    drawChevron(painter, down, u"chevron-down"_s,
                box.stepEnabled.testFlag(QAbstractSpinBox::StepDownEnabled) ? theme.text2
                                                                            : theme.line2);
}

void drawComboBox(const QStyleOptionComboBox &box, QPainter *painter, const QRect &arrow)
{
    const Theme &theme = themeOf(box.palette);
    const bool isEnabled = box.state.testFlag(QStyle::State_Enabled);
    // One that only chooses looks like a button, one that can be written in like a field.
    const bool hasFocus = box.state.testFlag(QStyle::State_HasFocus)
        && (box.editable || box.state.testFlag(QStyle::State_KeyboardFocusChange));
    const bool isHot = isEnabled && !box.editable && box.state.testFlag(QStyle::State_MouseOver);
    drawFrame(painter, box.rect, isHot ? mix(theme.surface, theme.text, 0.05) : theme.surface,
              hasFocus           ? theme.accent
                  : box.editable ? theme.ctl
                                 : theme.line2,
              controlRadius, hasFocus ? 2 : 1);
    drawChevron(painter, arrow, u"chevron-down"_s, isEnabled ? theme.text2 : theme.line2);
}

} // namespace Treewarden
