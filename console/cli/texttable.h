// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/terminal.h"

#include <QList>
#include <QString>

namespace Treewarden {

/// How many columns a terminal needs for `text`: Chinese, Japanese and Korean characters take two,
/// combining marks none (Unicode Standard Annex 11).
int displayWidth(QStringView text);

/// One cell: what stands in it and what it means.
struct TableCell
{
    QString text;
    Tone tone = Tone::Plain;
};

/// Columns that line up. Cells are made one line each; texts from outside need no other care.
class TextTable
{
public:
    enum class Align { Left, Right };

    struct Column
    {
        QString title;
        Align align = Align::Left;
    };

    explicit TextTable(QList<Column> columns)
        : m_columns(std::move(columns))
    {
    }

    void addRow(QList<TableCell> cells);

    bool isEmpty() const { return m_rows.isEmpty(); }

    /// The titles, then the rows; each line starts with `indent`.
    void print(Terminal &terminal, const QString &indent = {}) const;

private:
    QString line(const Terminal &terminal, const QList<TableCell> &cells,
                 const QList<int> &widths) const;

    QList<Column> m_columns;
    QList<QList<TableCell>> m_rows;
};

} // namespace Treewarden
