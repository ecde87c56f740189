// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/progressline.h"

#include <QStringList>

#include <cstdio>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

void writeError(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
    std::fflush(stderr);
}

} // namespace

ProgressLines::ProgressLines()
    : m_isShown(::isatty(STDERR_FILENO) == 1 && qgetenv("TERM") != "dumb")
{
}

ProgressLines::~ProgressLines()
{
    clear();
}

void ProgressLines::show(const QStringList &lines)
{
    if (!m_isShown)
        return;
    clear();
    m_count = lines.size();
    // Without a wrap a line stays one line, however narrow the terminal is.
    writeError(u"\x1b[?7l"_s + lines.join(u'\n') + u"\n\x1b[?7h"_s);
}

void ProgressLines::clear()
{
    if (m_count > 0)
        writeError(u"\x1b[%1A\r\x1b[J"_s.arg(m_count));
    m_count = 0;
}

} // namespace Treewarden
