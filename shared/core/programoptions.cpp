// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/programoptions.h"

#include "shared/core/logging.h"
#include "shared/core/textformat.h"

#include <QDebug>

#include <cstdio>

namespace Treewarden {

using namespace Qt::StringLiterals;

ProgramOptions::ProgramOptions(const QString &program, const QString &description,
                               const QString &side)
    : m_program(program)
    , m_side(side)
{
    m_parser.setApplicationDescription(description);
    m_parser.addOptions({
        {{u"h"_s, u"help"_s}, tr("Show this help and leave.")},
        {{u"v"_s, u"version"_s}, tr("Show the version and leave.")},
        {u"config"_s, tr("Read the settings from FILE (INI)."), u"FILE"_s},
        {u"redis"_s,
         tr("Use this Redis: redis://, rediss:// (TLS), unix:// or sentinel:// (default: "
            "TREEWARDEN_REDIS, else redis://127.0.0.1:6379/0)."),
         u"URL"_s},
        {u"log-level"_s, tr("Log debug, info, warning or error and what is above (default: info)."),
         u"LEVEL"_s},
    });
}

std::optional<ExitCode> ProgramOptions::read(const QStringList &arguments)
{
    const auto given = [this](const QString &name) {
        return m_parser.isSet(name) ? std::optional(m_parser.value(name)) : std::nullopt;
    };
    if (!m_parser.parse(arguments)) {
        return fail(m_program, Error{tr("%1 Try --help.").arg(m_parser.errorText())},
                    ExitCode::Usage);
    }
    if (m_parser.isSet(u"help"_s)) {
        std::fputs(qUtf8Printable(m_parser.helpText()), stdout);
        return ExitCode::Done;
    }
    if (m_parser.isSet(u"version"_s)) {
        std::fputs(qUtf8Printable(m_program + u" " TREEWARDEN_VERSION "\n"_s), stdout);
        return ExitCode::Done;
    }
    if (urlHasPassword(m_parser.value(u"redis"_s))) {
        return fail(
            m_program,
            Error{tr(
                "a password in --redis can be read by everybody in ps: put it into the INI file, "
                "password_file, a systemd credential or TREEWARDEN_REDIS")},
            ExitCode::Usage);
    }
    auto settings
        = readSettings(m_side, {given(u"config"_s), given(u"redis"_s), given(u"log-level"_s)});
    if (!settings)
        return fail(m_program, settings.error(), ExitCode::BadConfiguration);
    m_settings = std::move(*settings);
    const auto level = parseLogLevel(m_settings.logLevel);
    if (!level)
        return fail(m_program, level.error(), codeForWrong(u"log-level"_s));
    startLogging(*level);
    for (const QString &warning : std::as_const(m_settings.warnings))
        qWarning().noquote() << warning;
    return std::nullopt;
}

ExitCode ProgramOptions::codeForWrong(const QString &option) const
{
    return m_parser.isSet(option) ? ExitCode::Usage : ExitCode::BadConfiguration;
}

ExitCode fail(const QString &program, const Error &error, ExitCode code)
{
    std::fputs(qUtf8Printable(program + u": "_s + oneLine(error.text, 4000) + u'\n'), stderr);
    return code;
}

} // namespace Treewarden
