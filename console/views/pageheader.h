// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace Treewarden {

class SteadyLabel;
class TonedLabel;

/// The line on top of every page: its title, a note beside it, and at the right at most three
/// verbs.
class PageHeader : public QWidget
{
    Q_OBJECT
public:
    explicit PageHeader(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setNote(const QString &note);
    /// Directly behind title and note.
    void addBeside(QWidget *widget);
    /// At the right end.
    void addAction(QWidget *widget);

private:
    QHBoxLayout *m_row;
    TonedLabel *m_title;
    SteadyLabel *m_note;
    int m_besideCount = 0;
};

} // namespace Treewarden
