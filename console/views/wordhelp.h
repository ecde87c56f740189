// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>

namespace Treewarden {

/// The words that a filter line understands, each with what it means; a click or Enter on one gives
/// it to the line. Esc or a click elsewhere closes it.
class WordHelp : public QFrame
{
    Q_OBJECT
public:
    struct Word
    {
        QString example, meaning;
    };

    /// Deletes itself when it is closed.
    WordHelp(const QString &title, const QList<Word> &words, QWidget *parent);

    void showBelow(QWidget *field);

Q_SIGNALS:
    void chosen(const QString &example);
};

} // namespace Treewarden
