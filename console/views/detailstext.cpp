// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/detailstext.h"

#include "console/views/theme.h"

#include <QEvent>
#include <QScrollBar>
#include <QTextCursor>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int longestName = 120; ///< px; beyond it the value begins further right

QTextCharFormat textFormat(const QColor &colour, int pixelSize = TextSize::body,
                           bool isBold = false)
{
    QTextCharFormat format;
    format.setFont(uiFont(pixelSize, isBold));
    format.setForeground(colour);
    return format;
}

int factNameWidth(const QList<DetailsText::Line> &lines)
{
    const QFontMetrics metrics(uiFont());
    int widest = 40;
    for (const DetailsText::Line &line : lines) {
        if (line.kind == DetailsText::Line::Kind::Fact)
            widest = qMax(widest, qMin(longestName, metrics.horizontalAdvance(line.name)));
    }
    return widest + 14;
}

} // namespace

DetailsText::DetailsText(QWidget *parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    setMinimumWidth(120);
}

void DetailsText::setLines(const QList<Line> &lines)
{
    if (lines == m_lines)
        return;
    m_lines = lines;
    fill();
}

void DetailsText::fill()
{
    const Theme &theme = themeOf(this);
    const int names = factNameWidth(m_lines);
    m_isFilling = true;
    clear();
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    bool isFirst = true;
    for (const Line &line : std::as_const(m_lines)) {
        QTextBlockFormat block;
        block.setBottomMargin(4);
        if (line.kind == Line::Kind::Section)
            block.setTopMargin(12);
        if (line.kind == Line::Kind::Fact) {
            block.setLeftMargin(names);
            block.setTextIndent(-names);
            block.setTabPositions({QTextOption::Tab(names, QTextOption::LeftTab)});
        }
        if (isFirst)
            cursor.setBlockFormat(block);
        else
            cursor.insertBlock(block);
        isFirst = false;
        const QColor colour = line.health ? theme.state(*line.health) : theme.text;
        switch (line.kind) {
        case Line::Kind::Title:
            cursor.insertText(line.value, textFormat(theme.text, TextSize::problem, true));
            break;
        case Line::Kind::Text:
            cursor.insertText(line.value, textFormat(line.health ? colour : theme.text2));
            break;
        case Line::Kind::Section:
            cursor.insertText(line.value, textFormat(theme.text2, TextSize::small, true));
            break;
        case Line::Kind::Fact:
            cursor.insertText(line.name + u'\t', textFormat(theme.text3));
            cursor.insertText(line.value.isEmpty() ? u"–"_s : line.value,
                              textFormat(colour, TextSize::body, line.health.has_value()));
            break;
        case Line::Kind::Removed:
            cursor.insertText(u"− "_s + line.value, textFormat(theme.text3, TextSize::small));
            break;
        case Line::Kind::Added:
            cursor.insertText(u"+ "_s + line.value, textFormat(theme.text, TextSize::small));
            break;
        }
    }
    cursor.endEditBlock();
    moveCursor(QTextCursor::Start);
    verticalScrollBar()->setValue(0);
    m_isFilling = false;
}

void DetailsText::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_isFilling)
        fill();
}

} // namespace Treewarden
