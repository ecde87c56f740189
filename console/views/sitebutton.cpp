// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/sitebutton.h"

#include "console/models/site.h"
#include "console/views/stateicon.h"

#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int narrowSite = 32;
constexpr int wideSite = 180, widestSite = 260;
constexpr int wordsLeft = 36, wordsRight = 28; ///< room for the shape and the arrow

} // namespace

SiteButton::SiteButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void SiteButton::setSite(const QString &name, const QString &detail)
{
    if (text() == name && m_detail == detail)
        return;
    setText(name);
    m_detail = detail;
    setAccessibleName(tr("Site %1, %2").arg(name, detail));
    setToolTip(name + u'\n' + detail);
    update();
}

void SiteButton::showSite(const Site &site, bool isOnly)
{
    m_tally = site.tally();
    m_hasShape = !isOnly;
    setSite(site.name(), tallyText(m_tally));
    SiteTally longest = m_tally;
    longest.isLive = longest.isKnown = true;
    longest.problems = qMax(longest.problems, 99);
    setWordsWidth(qMax(QFontMetrics(uiFont(TextSize::body, true)).horizontalAdvance(text()),
                       QFontMetrics(uiFont(TextSize::axis)).horizontalAdvance(tallyText(longest))));
    update();
}

/// It grows for what it says and does not shrink again: nothing jumps while counts change.
void SiteButton::setWordsWidth(int width)
{
    if (width <= m_wordsWidth)
        return;
    m_wordsWidth = width;
    updateGeometry();
}

void SiteButton::setIsCurrent(bool isCurrent)
{
    m_isCurrent = isCurrent;
    setAccessibleDescription(isCurrent ? tr("in front") : QString());
    update();
}

void SiteButton::setIsNarrow(bool isNarrow)
{
    m_isNarrow = isNarrow;
    updateGeometry();
}

QSize SiteButton::sizeHint() const
{
    const int lines = QFontMetrics(uiFont(TextSize::body, true)).height()
        + QFontMetrics(uiFont(TextSize::axis)).height();
    const int wide = qBound(wideSite, wordsLeft + m_wordsWidth + wordsRight, widestSite);
    return {m_isNarrow ? narrowSite : wide, m_isNarrow ? narrowSite : qMax(46, lines + 14)};
}

void SiteButton::drawIcon(QPainter &painter) const
{
    const Theme &theme = themeOf(this);
    if (!m_hasShape) {
        const QPixmap picture = m_programIcon.pixmap(QSize(20, 20), devicePixelRatioF());
        painter.drawPixmap(m_isNarrow ? 6 : 8, (height() - 20) / 2, picture);
        return;
    }
    const QRect place((m_isNarrow ? width() - 16 : 20) / 2, (height() - 16) / 2, 16, 16);
    if (m_tally.isLive)
        paintState(&painter, place, m_tally.worst, theme);
    else
        painter.drawPixmap(place.topLeft(), stalePixmap(16, devicePixelRatioF(), theme));
}

void SiteButton::drawWords(QPainter &painter) const
{
    const Theme &theme = themeOf(this);
    const QRect words = rect().adjusted(wordsLeft, 7, m_isCurrent ? -wordsRight : -8, -7);
    painter.setFont(uiFont(TextSize::body, m_isCurrent));
    painter.setPen(m_isCurrent ? theme.text : theme.text2);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignTop,
                     painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, words.width()));
    painter.setFont(uiFont(TextSize::axis));
    const bool isTroubled = m_hasShape && m_tally.isLive && m_tally.problems > 0;
    painter.setPen(isTroubled ? theme.state(m_tally.worst) : theme.text3);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignBottom,
                     painter.fontMetrics().elidedText(m_detail, Qt::ElideRight, words.width()));
    if (m_isCurrent)
        paintTool(&painter, QRect(width() - 22, (height() - 14) / 2, 14, 14), u"chevron-down"_s,
                  theme.text3);
}

void SiteButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    const QRectF edge = QRectF(rect()).adjusted(.5, .5, -.5, -.5);
    if (m_isCurrent || underMouse()) {
        painter.setPen(!m_isCurrent       ? QPen(Qt::NoPen)
                           : underMouse() ? QPen(theme.line2)
                                          : QPen(theme.line));
        painter.setBrush(m_isCurrent ? theme.surface : theme.alt);
        painter.drawRoundedRect(edge, 4, 4);
    }
    drawIcon(painter);
    if (!m_isNarrow)
        drawWords(painter);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

} // namespace Treewarden
