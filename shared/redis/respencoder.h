// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <charconv>

namespace Treewarden {

/// Appends one command to `out` as Redis reads it: an array of bulk texts.
inline void appendCommand(QByteArray &out, const QList<QByteArray> &words)
{
    char number[24];
    const auto appendNumber = [&](char sign, qsizetype value) {
        number[0] = sign;
        char *end = std::to_chars(number + 1, number + sizeof number - 2, value).ptr;
        *end++ = '\r';
        *end++ = '\n';
        out.append(number, end - number);
    };
    appendNumber('*', words.size());
    for (const QByteArray &word : words) {
        appendNumber('$', word.size());
        out.append(word);
        out.append("\r\n", 2);
    }
}

} // namespace Treewarden
