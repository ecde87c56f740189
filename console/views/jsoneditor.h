// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configdocument.h"
#include "console/views/scintilla.h"

namespace Treewarden {

/// JSON text with line numbers, folding, matching braces, and what is wrong said under its line.
/// Undo is the owner's: it knows more than this text. Esc leaves, for Tab indents.
class JsonEditor : public QsciScintilla
{
    Q_OBJECT
public:
    explicit JsonEditor(QWidget *parent = nullptr);

    QByteArray document() const;
    /// Changes only what differs, so cursor and folds stay.
    void setDocument(const QByteArray &document);
    void setIssues(const QList<PlacedIssue> &issues);
    /// Puts the cursor on a line, from 1, and shows it.
    void goToLine(int line);

    /// The lines, from 1, that are marked as wrong.
    QList<int> markedLines() const;

Q_SIGNALS:
    /// Somebody changed the text here.
    void typed(const QByteArray &document);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setUp();
    void showSigns();
    void applyTheme();
    void fitNumbers();

    QsciLexerJSON *m_lexer;
    QList<PlacedIssue> m_issues;
    bool m_isSetting = false;
};

} // namespace Treewarden
