// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/formtext.h"

#include "shared/core/textformat.h"

#include <QCoreApplication>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The translation context of forms' labels and help.
struct ConfigFormText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::ConfigFormText)
};

struct ParameterWords
{
    const char *name;
    const char *label, *help; ///< to be translated
};

constexpr ParameterWords parameterWords[] = {
    {"name", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Name"),
     QT_TRANSLATE_NOOP(
         "Treewarden::ConfigFormText",
         "The program's name as it stands first in its command line, without its folder.")},
    {"arguments", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Arguments"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText",
                       "Every one of these texts must be in the command line, one a line.")},
    {"executable", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Executable"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "The file that runs, a whole path.")},
    {"user", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "User"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "The user that the process runs as.")},
    {"pidfile", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "PID file"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "The process that this file names must run.")},
    {"port", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Port"),
     QT_TRANSLATE_NOOP(
         "Treewarden::ConfigFormText",
         "Empty: the instance's name where it is a number, else the role's usual port.")},
    {"least", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Least"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText",
                       "How many such processes must run; empty: 1.")},
    {"unit", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Unit"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText",
                       "A systemd unit such as nginx.service; empty: no unit may be failed.")},
    {"path", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Path"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "A path that starts with '/'.")},
    {"host", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Host"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Empty: the server itself.")},
    {"send", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Send"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText",
                       "What is said first; \\r \\n \\t \\\\ are understood.")},
    {"expect", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Expect"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "What the answer must contain or be.")},
    {"url", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "URL"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "http or https; no redirect is followed.")},
    {"status", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Status"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText",
                       "The status that is expected, or the path of the status page.")},
    {"text", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Text"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "What must be found there.")},
    {"slowest", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Slowest"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "The answer must come within so many ms.")},
    {"process", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Process"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText",
                       "Without such a process the service is died, whatever its socket says.")},
    {"every", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Every"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "A good answer counts for so many seconds.")},
    {"credentials", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Credentials"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText",
                       "A file on the server itself with user and password; never the password.")},
    {"free", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "Free"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "At least so much must be free: 10% or 20G.")},
    {"as", QT_TRANSLATE_NOOP("Treewarden::ConfigFormText", "As"),
     QT_TRANSLATE_NOOP("Treewarden::ConfigFormText",
                       "The kind of check: tcp, http, file, process or unix.")},
};

const ParameterWords *wordsOf(const QString &name)
{
    for (const ParameterWords &words : parameterWords) {
        if (name == QLatin1StringView(words.name))
            return &words;
    }
    return nullptr;
}

} // namespace

QString parameterLabel(const QString &name)
{
    if (const ParameterWords *words = wordsOf(name))
        return ConfigFormText::tr(words->label);
    QString label = oneLine(name, 64).replace(u'_', u' ');
    if (!label.isEmpty())
        label[0] = label[0].toUpper();
    return label;
}

QString parameterHelp(const QString &name, ParameterRule::Kind kind)
{
    if (const ParameterWords *words = wordsOf(name))
        return ConfigFormText::tr(words->help);
    switch (kind) {
    case ParameterRule::Kind::Count:
        return ConfigFormText::tr("A whole number of 1 or more.");
    case ParameterRule::Kind::Most:
        return ConfigFormText::tr("A whole number of 0 or more.");
    case ParameterRule::Kind::Seconds:
    case ParameterRule::Kind::Age:
        return ConfigFormText::tr("A number of seconds.");
    case ParameterRule::Kind::Percent:
        return ConfigFormText::tr("Percent, 0 to 100.");
    case ParameterRule::Kind::Amount:
    case ParameterRule::Kind::AmountOrPercent:
        return ConfigFormText::tr("Bytes, or with a unit: 20G.");
    case ParameterRule::Kind::Path:
        return ConfigFormText::tr("A path that starts with '/'.");
    case ParameterRule::Kind::Port:
        return ConfigFormText::tr("A port, 1 to 65535.");
    case ParameterRule::Kind::Pattern:
        return ConfigFormText::tr("A regular expression; ^ and $ are a line's.");
    default:
        return {};
    }
}

QString probeHelp(const QString &probe)
{
    if (probe == u"auto")
        return ConfigFormText::tr("The probe with the role's name, with its usual port.");
    if (probe == u"cmd")
        return ConfigFormText::tr(
            "Alive when the last number that is printed is above 0. Text that "
            "is not of a well-known shape runs only where it is signed and the "
            "server's policy allows a shell.");
    if (probe == u"none")
        return ConfigFormText::tr("Without a check the service stays unknown.");
    if (probe == u"process")
        return ConfigFormText::tr("Alive while such a process runs.");
    if (probe == u"tcp" || probe == u"unix")
        return ConfigFormText::tr("Alive while the socket accepts connections, and answers as "
                                  "expected.");
    if (probe == u"http")
        return ConfigFormText::tr("Alive while the page is answered as expected.");
    if (probe == u"systemd")
        return ConfigFormText::tr("Alive while the unit is active.");
    if (probe == u"filesystem")
        return ConfigFormText::tr("Alive while it is mounted and has room.");
    if (probe == u"file")
        return ConfigFormText::tr("Alive while the file is as it should be.");
    return ConfigFormText::tr("Alive while it answers as a %1 does.").arg(oneLine(probe, 40));
}

} // namespace Treewarden
