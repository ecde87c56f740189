// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/popupframe.h"

#include <QList>

namespace Treewarden {

/// The words that a filter line understands, each with what it means. A click on one, or Tab or the
/// arrows and Enter, gives it to the line.
class WordHelp : public PopupFrame
{
    Q_OBJECT
public:
    struct Word
    {
        QString example, meaning;
    };

    WordHelp(const QString &title, const QList<Word> &words, QWidget *parent);

    /// Those of the fleet's filter.
    static WordHelp *ofFleet(QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &example);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace Treewarden
