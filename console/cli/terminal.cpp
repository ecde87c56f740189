// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/terminal.h"

#include "console/cli/clitext.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

const char *colourCode(Tone tone)
{
    switch (tone) {
    case Tone::Plain:
        return "";
    case Tone::Heading:
        return "1";
    case Tone::Pale:
        return "2";
    case Tone::Alive:
        return "32";
    case Tone::Degraded:
        return "1;33";
    case Tone::Died:
        return "1;31";
    case Tone::Unknown:
        return "1;35";
    case Tone::Maintenance:
        return "36";
    }
    return "";
}

// no-color.org: any value but the empty one.
bool wantsColour(std::FILE *file)
{
    return ::isatty(::fileno(file)) == 1 && qEnvironmentVariableIsEmpty("NO_COLOR")
        && qgetenv("TERM") != "dumb";
}

} // namespace

Terminal::Terminal(std::FILE *file)
    : m_file(file)
    , m_isColoured(wantsColour(file))
{
}

QString Terminal::toned(const QString &text, Tone tone) const
{
    if (!m_isColoured || tone == Tone::Plain || text.isEmpty())
        return text;
    return u"\x1b[%1m"_s.arg(QLatin1StringView(colourCode(tone))) + text + u"\x1b[0m"_s;
}

void Terminal::print(const QString &text)
{
    write(text.toUtf8());
}

void Terminal::printJson(const QByteArray &json)
{
    write(json);
    write("\n");
}

void Terminal::write(const QByteArray &bytes)
{
    if (m_brokenBy == 0
        && std::fwrite(bytes.constData(), 1, size_t(bytes.size()), m_file) != size_t(bytes.size()))
        m_brokenBy = errno;
}

bool Terminal::flush()
{
    if (m_brokenBy == 0 && std::fflush(m_file) != 0)
        m_brokenBy = errno;
    return m_brokenBy == 0;
}

Result<void> Terminal::result() const
{
    if (m_brokenBy == 0 || m_brokenBy == EPIPE)
        return {};
    return Error{CliText::tr("cannot write to standard output: %1")
                     .arg(QString::fromLocal8Bit(std::strerror(m_brokenBy)))};
}

} // namespace Treewarden
