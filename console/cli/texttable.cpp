// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/texttable.h"

#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

struct CodeRange
{
    char32_t first, last;
};

// East Asian Width W and F of EastAsianWidth.txt, neighbours joined.
constexpr CodeRange wideRanges[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},
    {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0x9fff},
    {0xa000, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
    {0xfe10, 0xfe19},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
    {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd},
};

bool isWide(char32_t c)
{
    return std::any_of(std::begin(wideRanges), std::end(wideRanges),
                       [c](const CodeRange &range) { return c >= range.first && c <= range.last; });
}

bool isWidthless(char32_t c)
{
    const auto category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing
        || category == QChar::Other_Format;
}

constexpr qsizetype longestCell = 200;

} // namespace

int displayWidth(QStringView text)
{
    int width = 0;
    for (const char32_t c : text.toUcs4())
        width += isWidthless(c) ? 0 : isWide(c) ? 2 : 1;
    return width;
}

void TextTable::addRow(QList<TableCell> cells)
{
    for (TableCell &cell : cells)
        cell.text = oneLine(cell.text, longestCell);
    cells.resize(m_columns.size());
    m_rows << std::move(cells);
}

void TextTable::print(Terminal &terminal, const QString &indent) const
{
    QList<TableCell> titles;
    QList<int> widths;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        titles << TableCell{m_columns[i].title, Tone::Heading};
        int width = displayWidth(m_columns[i].title);
        for (const auto &row : m_rows)
            width = std::max(width, displayWidth(row[i].text));
        widths << width;
    }
    terminal.printLine(indent + line(terminal, titles, widths));
    for (const auto &row : m_rows)
        terminal.printLine(indent + line(terminal, row, widths));
}

QString TextTable::line(const Terminal &terminal, const QList<TableCell> &cells,
                        const QList<int> &widths) const
{
    QString line;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const QString filling(widths[i] - displayWidth(cells[i].text), u' ');
        const QString text = terminal.toned(cells[i].text, cells[i].tone);
        line += m_columns[i].align == Align::Right ? filling + text : text + filling;
        line += u"  "_s;
    }
    while (line.endsWith(u' '))
        line.chop(1);
    return line;
}

} // namespace Treewarden
