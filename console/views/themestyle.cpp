// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/themestyle.h"

#include "console/views/controlpainting.h"
#include "console/views/theme.h"

#include <QDialogButtonBox>
#include <QPainter>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>

namespace Treewarden {
namespace {

constexpr int scrollBarWidth = 12; ///< the bar itself is 6, the rest is room to hit it
constexpr int fieldIndent = 4; ///< before the words of a combo box or spin box

constexpr const char *emphasisProperty = "emphasis";

/// What was set, else Primary for the button that Enter presses.
Emphasis emphasisOf(const QStyleOption *option, const QWidget *widget)
{
    const QVariant set = widget ? widget->property(emphasisProperty) : QVariant();
    if (set.isValid())
        return Emphasis(set.toInt());
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return button && button->features.testFlag(QStyleOptionButton::DefaultButton)
        ? Emphasis::Primary
        : Emphasis::Plain;
}

} // namespace

void setEmphasis(QPushButton *button, Emphasis emphasis)
{
    if (button->property(emphasisProperty) == QVariant(int(emphasis)))
        return;
    button->setProperty(emphasisProperty, int(emphasis));
    button->update();
}

ThemeStyle::ThemeStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    const Theme &theme = themeOf(option->palette);
    const bool hasFocus = option->state.testFlag(State_HasFocus);
    switch (element) {
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
        drawButton(*option, painter, emphasisOf(option, widget));
        return;
    case PE_FrameDefaultButton:
        return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            drawFrame(painter, option->rect, theme.surface, hasFocus ? theme.accent : theme.ctl,
                      controlRadius, hasFocus ? 2 : 1);
        return;
    case PE_FrameLineEdit:
        return;
    case PE_Frame:
    case PE_FrameMenu:
        drawFrame(painter, option->rect, Qt::transparent, theme.line2, 0);
        return;
    case PE_IndicatorCheckBox:
        drawCheckBox(*option, painter);
        return;
    case PE_IndicatorRadioButton:
        drawRadioButton(*option, painter);
        return;
    case PE_FrameFocusRect:
        drawFrame(painter, option->rect, Qt::transparent, theme.accent, 3, 2);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ThemeStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    if (element == CE_PushButtonLabel && emphasisOf(option, widget) != Emphasis::Plain
        && option->state.testFlag(State_Enabled)) {
        QStyleOptionButton label = *qstyleoption_cast<const QStyleOptionButton *>(option);
        label.palette.setColor(QPalette::ButtonText, themeOf(option->palette).onAccent);
        QProxyStyle::drawControl(element, &label, painter, widget);
        return;
    }
    if (element == CE_MenuBarEmptyArea || element == CE_MenuBarItem) {
        const Theme &theme = themeOf(option->palette);
        const bool isOpen
            = option->state.testFlag(State_Selected) && option->state.testFlag(State_Enabled);
        painter->fillRect(option->rect,
                          element == CE_MenuBarItem && isOpen ? theme.sel : theme.window);
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item && element == CE_MenuBarItem)
            drawItemText(painter, item->rect,
                         Qt::AlignCenter | Qt::TextHideMnemonic | Qt::TextDontClip
                             | Qt::TextSingleLine,
                         item->palette, true, item->text, QPalette::WindowText);
        return;
    }
    if (element == CE_Splitter) {
        const bool isHorizontal = option->state.testFlag(State_Horizontal);
        const QPoint middle = option->rect.center();
        painter->fillRect(isHorizontal
                              ? QRect(middle.x(), option->rect.top(), 1, option->rect.height())
                              : QRect(option->rect.left(), middle.y(), option->rect.width(), 1),
                          themeOf(option->palette).line);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                    QPainter *painter, const QWidget *widget) const
{
    if (const auto *box = qstyleoption_cast<const QStyleOptionSpinBox *>(option)) {
        drawSpinBox(*box, painter, subControlRect(control, box, SC_SpinBoxUp, widget),
                    subControlRect(control, box, SC_SpinBoxDown, widget));
        return;
    }
    if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
        drawComboBox(*box, painter, subControlRect(control, box, SC_ComboBoxArrow, widget));
        return;
    }
    if (control != CC_ScrollBar) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    const Theme &theme = themeOf(option->palette);
    const QRect slider = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    const bool isHorizontal = option->state.testFlag(State_Horizontal);
    const bool isHot = option->activeSubControls.testFlag(SC_ScrollBarSlider);
    const QRect bar = isHorizontal ? slider.adjusted(2, 3, -2, -3) : slider.adjusted(3, 2, -3, -2);
    drawFrame(painter, bar, isHot ? theme.ctl : theme.line2, QColor(), 3);
}

int ThemeStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                            const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return scrollBarWidth;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_SplitterWidth:
        return 5;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_MenuBarPanelWidth:
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_MenuBarItemSpacing:
        return 0;
    case PM_FocusFrameHMargin: // left and right of the words of lists, less one
        return 6;
    case PM_MenuBarHMargin:
        return 8;
    case PM_MenuBarVMargin:
        return 2;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 14;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ThemeStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *result) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_Widget_Animation_Duration:
        return 0;
    case SH_DialogButtonLayout: // the way out first, the verb at the edge: as our own rows have it
        return QDialogButtonBox::GnomeLayout;
    case SH_ScrollView_FrameOnlyAroundContents:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, result);
    }
}

QSize ThemeStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                   const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton)
        result = QSize(qMax(result.width(), size.width() + 26), qMax(28, size.height() + 8));
    else if (type == CT_LineEdit || type == CT_ComboBox || type == CT_SpinBox)
        result.setHeight(qMax(28, result.height()));
    if (type == CT_ItemViewItem)
        result.setHeight(qMax(26, result.height()));
    if (type == CT_ComboBox || type == CT_SpinBox)
        result.rwidth() += fieldIndent;
    return result;
}

QRect ThemeStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                 SubControl sub, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar) {
        const QRect rect = QProxyStyle::subControlRect(control, option, sub, widget);
        const bool isText = (control == CC_ComboBox && sub == SC_ComboBoxEditField)
            || (control == CC_SpinBox && sub == SC_SpinBoxEditField);
        // Words begin where those of a line edit do.
        return isText && option->direction == Qt::LeftToRight ? rect.adjusted(fieldIndent, 0, 0, 0)
                                                              : rect;
    }
    // No arrow buttons: the groove is the whole bar.
    if (sub == SC_ScrollBarAddLine || sub == SC_ScrollBarSubLine)
        return {};
    const bool isHorizontal = bar->orientation == Qt::Horizontal;
    const int length = isHorizontal ? bar->rect.width() : bar->rect.height();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    const int slider = range <= 0
        ? length
        : qBound(qMin(32, length), int(qint64(length) * bar->pageStep / (range + bar->pageStep)),
                 length);
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                              length - slider, bar->upsideDown);
    int from = 0, size = length;
    if (sub == SC_ScrollBarSlider)
        from = start, size = slider;
    else if (sub == SC_ScrollBarSubPage)
        size = start;
    else if (sub == SC_ScrollBarAddPage)
        from = start + slider, size = length - from;
    else if (sub != SC_ScrollBarGroove)
        return QProxyStyle::subControlRect(control, option, sub, widget);
    return visualRect(
        bar->direction, bar->rect,
        isHorizontal ? QRect(bar->rect.left() + from, bar->rect.top(), size, bar->rect.height())
                     : QRect(bar->rect.left(), bar->rect.top() + from, bar->rect.width(), size));
}

} // namespace Treewarden
