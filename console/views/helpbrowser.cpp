// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/helpbrowser.h"

#include "console/views/theme.h"

#include <QTextBlock>
#include <QTextTable>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int helpEdge = 24, helpLineHeight = 140; ///< px; per cent

int headingSize(int level)
{
    return level == 1 ? TextSize::title : TextSize::problem;
}

} // namespace

HelpBrowser::HelpBrowser(QWidget *parent)
    : QTextBrowser(parent)
{
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setAccessibleName(tr("Help page"));
    document()->setDefaultFont(uiFont());
    document()->setDocumentMargin(helpEdge);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl &link) {
        if (link.scheme() == u"http" || link.scheme() == u"https")
            Q_EMIT webLinked(link);
        else if (link.isRelative())
            Q_EMIT pageLinked(link.path().section(u'.', 0, 0));
    });
}

QVariant HelpBrowser::loadResource(int, const QUrl &)
{
    return {};
}

void HelpBrowser::showPage(const QString &markdown)
{
    m_markdown = markdown;
    document()->setMarkdown(markdown, QTextDocument::MarkdownDialectGitHub);
    styleDocument();
    setExtraSelections({});
    moveCursor(QTextCursor::Start);
}

void HelpBrowser::styleDocument()
{
    styleTables();
    styleBlocks();
}

void HelpBrowser::styleBlocks()
{
    const Theme &theme = themeOf(this);
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        cursor.setPosition(block.position());
        QTextBlockFormat format = block.blockFormat();
        const int level = format.headingLevel();
        const bool isInTable = cursor.currentTable() != nullptr;
        format.setLineHeight(isInTable ? 100 : helpLineHeight,
                             QTextBlockFormat::ProportionalHeight);
        format.setTopMargin(level > 1 ? 18 : isInTable ? 0 : 4);
        format.setBottomMargin(level > 0 ? 6 : isInTable ? 0 : 6);
        cursor.setBlockFormat(format);
        for (auto piece = block.begin(); !piece.atEnd(); ++piece) {
            const QTextFragment fragment = piece.fragment();
            QTextCharFormat look;
            if (level > 0)
                look.setFont(uiFont(headingSize(level), true));
            else if (fragment.charFormat().fontFixedPitch())
                look.setFont(monoFont(TextSize::small));
            if (fragment.charFormat().fontFixedPitch())
                look.setBackground(theme.alt);
            if (fragment.charFormat().isAnchor())
                look.setForeground(theme.accent);
            cursor.setPosition(fragment.position());
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
            cursor.mergeCharFormat(look);
        }
    }
    cursor.endEditBlock();
}

void HelpBrowser::styleTables()
{
    const Theme &theme = themeOf(this);
    const QList<QTextFrame *> frames = document()->rootFrame()->childFrames();
    for (QTextFrame *frame : frames) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorderCollapse(true);
        format.setBorder(1);
        format.setBorderBrush(theme.line);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setCellPadding(6);
        format.setCellSpacing(0);
        format.setTopMargin(6);
        format.setBottomMargin(8);
        format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
        table->setFormat(format);
    }
}

void HelpBrowser::mark(const QStringList &words)
{
    QList<QTextEdit::ExtraSelection> selections;
    int first = -1;
    for (const QString &word : words) {
        for (QTextCursor found = document()->find(word); !found.isNull();
             found = document()->find(word, found)) {
            QTextEdit::ExtraSelection selection;
            selection.cursor = found;
            selection.format.setBackground(themeOf(this).warnTint);
            selections << selection;
            if (first < 0 || found.selectionStart() < first)
                first = found.selectionStart();
        }
    }
    setExtraSelections(selections);
    if (first < 0)
        return;
    QTextCursor cursor(document());
    cursor.setPosition(first);
    setTextCursor(cursor);
    ensureCursorVisible();
}

void HelpBrowser::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_markdown.isEmpty())
        showPage(m_markdown);
}

} // namespace Treewarden
