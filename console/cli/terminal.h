// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QString>

#include <cstdio>

namespace Treewarden {

/// What a piece of text means; a terminal shows it as a colour, a file does not.
enum class Tone { Plain, Heading, Pale, Alive, Degraded, Died, Unknown, Maintenance };

/// Standard output: coloured when it is a terminal that wants it (NO_COLOR, TERM=dumb), plain UTF-8
/// otherwise.
class Terminal
{
public:
    /// `file` stays its owner's.
    explicit Terminal(std::FILE *file = stdout);

    bool isColoured() const { return m_isColoured; }

    /// For tests.
    void setColoured(bool isColoured) { m_isColoured = isColoured; }

    QString toned(const QString &text, Tone tone) const;
    void print(const QString &text);

    void printLine(const QString &line = {}) { print(line + QChar(u'\n')); }

    /// JSON as it stands and a line feed.
    void printJson(const QByteArray &json);

    /// Sends what is buffered. False when nobody reads any more.
    bool flush();

    /// True once a write failed; a reader who left is no error, see result().
    bool isBroken() const { return m_brokenBy != 0; }

    /// An error when text was lost for another reason than a reader who left.
    Result<void> result() const;

private:
    void write(const QByteArray &bytes);

    std::FILE *m_file;
    bool m_isColoured;
    int m_brokenBy = 0; ///< errno of the first failed write
};

} // namespace Treewarden
