// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/jsoneditor.h"

#include "console/views/stateicon.h"
#include "shared/config/jsonedit.h"
#include "shared/core/textformat.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QScreen>
#include <QSet>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int numberMargin = 0, signMargin = 1, foldMargin = 2;
constexpr int errorMarker = 1, warningMarker = 2, signSize = 12;
constexpr int errorStyle = 40, warningStyle = 41; ///< the first that Scintilla leaves free
constexpr qsizetype longestNote = 300, mostNotes = 200;

/// Scintilla asks fonts for points only.
QFont inPoints(QFont font)
{
    const QScreen *screen = QGuiApplication::primaryScreen();
    const qreal dots = screen ? screen->logicalDotsPerInchY() : 96;
    font.setPointSizeF(font.pixelSize() * 72 / dots);
    return font;
}

/// Keys that belong to the owner: its undo and its search.
bool isForOwner(const QKeyEvent &key)
{
    return key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo)
        || key.matches(QKeySequence::Find) || key.matches(QKeySequence::FindNext);
}

} // namespace

JsonEditor::JsonEditor(QWidget *parent)
    : QsciScintilla(parent)
    , m_lexer(new QsciLexerJSON(this))
{
    setUp();
    showSigns();
    applyTheme();
    connect(this, &QsciScintilla::textChanged, this, [this] {
        fitNumbers();
        if (!m_isSetting)
            Q_EMIT typed(document());
    });
}

void JsonEditor::setUp()
{
    setUtf8(true);
    setEolMode(EolUnix);
    setLexer(m_lexer);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Configuration as JSON"));
    setMarginType(numberMargin, NumberMargin);
    setMarginType(signMargin, SymbolMargin);
    setMarginWidth(signMargin, signSize + 6);
    setMarginMarkerMask(signMargin, (1 << errorMarker) | (1 << warningMarker));
    setMarginSensitivity(signMargin, false);
    setFolding(PlainFoldStyle, foldMargin);
    setBraceMatching(SloppyBraceMatch);
    setIndentationsUseTabs(false);
    setIndentationWidth(4);
    setTabWidth(4);
    setAutoIndent(true);
    setBackspaceUnindents(true);
    setCaretLineVisible(true);
    setAnnotationDisplay(AnnotationIndented);
    setWrapMode(WrapNone);
    setScrollWidthTracking(true);
    setScrollWidth(1);
    SendScintilla(SCI_SETUNDOCOLLECTION, 0UL);
    SendScintilla(SCI_EMPTYUNDOBUFFER);
}

/// What would turn the text around or be invisible stands there as its number.
void JsonEditor::showSigns()
{
    const std::pair<char16_t, char16_t> ranges[] = {
        {0x80, 0xA0},     {0x200B, 0x200F}, {0x2028, 0x202E},
        {0x2060, 0x2069}, {0xFEFF, 0xFEFF}, {0x61C, 0x61C},
    };
    for (const auto &[first, last] : ranges) {
        for (char16_t sign = first; sign <= last; ++sign) {
            const QByteArray bytes = QString(QChar(sign)).toUtf8();
            const QByteArray shown = "U+" + QByteArray::number(sign, 16).toUpper();
            SendScintilla(SCI_SETREPRESENTATION, bytes.constData(), shown.constData());
        }
    }
}

void JsonEditor::applyTheme()
{
    const Theme &theme = themeOf(this);
    const QFont font = inPoints(monoFont(TextSize::body));
    m_lexer->setDefaultFont(font);
    m_lexer->setDefaultPaper(theme.surface);
    m_lexer->setDefaultColor(theme.text);
    m_lexer->setFont(font, -1);
    m_lexer->setPaper(theme.surface, -1);
    m_lexer->setColor(theme.text, -1);
    m_lexer->setColor(theme.accent, QsciLexerJSON::Property);
    m_lexer->setColor(theme.text2, QsciLexerJSON::Operator);
    for (const int style : {QsciLexerJSON::Error, QsciLexerJSON::UnclosedString})
        m_lexer->setColor(theme.dead, style);
    setPaper(theme.surface);
    setColor(theme.text);
    setMarginsFont(inPoints(monoFont(TextSize::small)));
    setMarginsBackgroundColor(theme.alt);
    setMarginsForegroundColor(theme.text3);
    setFoldMarginColors(theme.alt, theme.alt);
    for (int marker = SC_MARKNUM_FOLDEREND; marker <= int(SC_MARKNUM_FOLDEROPEN); ++marker) {
        const int shape = marker == int(SC_MARKNUM_FOLDEROPEN) ? SC_MARK_ARROWDOWN
            : marker == int(SC_MARKNUM_FOLDER)                 ? SC_MARK_ARROW
                                                               : SC_MARK_EMPTY;
        SendScintilla(SCI_MARKERDEFINE, static_cast<unsigned long>(marker), shape);
        // QScintilla's own functions do not know these markers.
        for (const unsigned int message : {SCI_MARKERSETFORE, SCI_MARKERSETBACK})
            SendScintilla(message, static_cast<unsigned long>(marker), theme.text3);
    }
    setCaretForegroundColor(theme.text);
    setCaretLineBackgroundColor(theme.alt);
    setSelectionBackgroundColor(theme.sel);
    setSelectionForegroundColor(theme.text);
    setMatchedBraceBackgroundColor(theme.sel);
    setMatchedBraceForegroundColor(theme.text);
    setUnmatchedBraceBackgroundColor(theme.deadTint);
    setUnmatchedBraceForegroundColor(theme.dead);
    const qreal ratio = devicePixelRatioF();
    markerDefine(statePixmap(Health::Died, signSize, ratio, theme), errorMarker);
    markerDefine(statePixmap(Health::Degraded, signSize, ratio, theme), warningMarker);
    setExtraAscent(2);
    setExtraDescent(2);
    fitNumbers();
    setIssues(m_issues);
}

void JsonEditor::fitNumbers()
{
    setMarginWidth(numberMargin, QString(qMax(3, QString::number(lines()).size()) + 1, u'0'));
}

QByteArray JsonEditor::document() const
{
    return text().toUtf8();
}

void JsonEditor::setDocument(const QByteArray &document)
{
    const TextSplice splice = spliceBetween(this->document(), document);
    if (splice.isEmpty())
        return;
    m_isSetting = true;
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(splice.at),
                  static_cast<long>(splice.at + splice.removed.size()));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(splice.inserted.size()),
                  splice.inserted.constData());
    m_isSetting = false;
}

void JsonEditor::setIssues(const QList<PlacedIssue> &issues)
{
    m_issues = issues;
    markerDeleteAll(errorMarker);
    markerDeleteAll(warningMarker);
    clearAnnotations();
    QMap<int, QStringList> notes;
    QSet<int> wrong;
    for (const PlacedIssue &issue : issues.mid(0, mostNotes)) {
        const int line = qMax(0, issue.line - 1);
        markerAdd(line, issue.isError() ? errorMarker : warningMarker);
        notes[line] << oneLine(issue.issue.text, longestNote);
        if (issue.isError())
            wrong << line;
    }
    const Theme &theme = themeOf(this);
    const QFont font = inPoints(uiFont(TextSize::small));
    const QsciStyle error(errorStyle, u"error"_s, theme.dead, theme.deadTint, font),
        warning(warningStyle, u"warning"_s, theme.warn, theme.warnTint, font);
    for (auto note = notes.cbegin(); note != notes.cend(); ++note)
        annotate(note.key(), note->join(u'\n'), wrong.contains(note.key()) ? error : warning);
}

QList<int> JsonEditor::markedLines() const
{
    QList<int> lines;
    for (int line = markerFindNext(0, 1 << errorMarker); line >= 0;
         line = markerFindNext(line + 1, 1 << errorMarker))
        lines << line + 1;
    return lines;
}

void JsonEditor::goToLine(int line)
{
    const int index = qBound(0, line - 1, qMax(0, lines() - 1));
    ensureLineVisible(index);
    setCursorPosition(index, 0);
    // Some lines of what comes before it.
    setFirstVisibleLine(int(SendScintilla(SCI_VISIBLEFROMDOCLINE, qMax(0, index - 4))));
}

bool JsonEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && isForOwner(*static_cast<QKeyEvent *>(event))) {
        event->ignore();
        return true;
    }
    return QsciScintilla::event(event);
}

void JsonEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        QAbstractScrollArea::focusNextPrevChild(true); // Scintilla's own stays for the sake of Tab
        return;
    }
    if (isForOwner(*event)) {
        event->ignore();
        return;
    }
    QsciScintilla::keyPressEvent(event);
}

void JsonEditor::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

} // namespace Treewarden
