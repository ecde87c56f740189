// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/controlledaction.h"

#include "agent/executor/commandline.h"
#include "agent/executor/commandstart.h"
#include "shared/config/checkparser.h"
#include "shared/config/controlledparser.h"
#include "shared/config/probeparameters.h"
#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 4096, mostActionWords = 256;
constexpr double longestTimeout = 3600;

/// Of one action: "controlled mysql:3306 restart".
class ActionResolver
{
public:
    ActionResolver(const ActionName &name, ShellPolicy shell, const QString &path)
        : m_name(name)
        , m_placeholders{name.service, name.ip}
        , m_shell(shell)
        , m_path(path.isEmpty() ? QString::fromLatin1(commandPath) : path)
    {
    }

    Result<ActionRequest> resolve(const QJsonValue &what) const
    {
        if (what.isString())
            return ofLine(what.toString());
        const QJsonObject object = what.toObject();
        if (object.contains(u"unit"_s) == object.contains(u"argv"_s))
            return fail(u"is neither a command line nor {\"unit\":…} nor {\"argv\":[…]}"_s);
        Result<ActionRequest> request = object.contains(u"unit"_s)
            ? ofUnit(object[u"unit"_s].toString())
            : ofWords(object[u"argv"_s].toArray());
        if (!request || !object.contains(u"timeout"_s))
            return request;
        const double timeout = jsonNumber(object[u"timeout"_s]).value_or(0);
        if (timeout < 1 || timeout > longestTimeout)
            return fail(u"has a timeout that is no number of seconds from 1 to 3600"_s);
        request->timeout = std::chrono::milliseconds(qint64(timeout * 1000));
        return request;
    }

private:
    Error fail(const QString &why) const
    {
        return {u"controlled %1 %2 %3: correct the configuration and sign it"_s.arg(
            m_name.service.text(), m_name.action, why)};
    }

    Result<ActionRequest> ofUnit(const QString &pattern) const
    {
        static const QStringList verbs{u"start"_s, u"stop"_s, u"restart"_s, u"reload"_s};
        if (!verbs.contains(m_name.action))
            return fail(u"names a unit, which knows start, stop, restart and reload only"_s);
        const Result<QString> unit = replaced(pattern);
        if (!unit)
            return unit.error();
        if (!isUnitName(*unit))
            return fail(u"names no unit such as \"nginx.service\""_s);
        ActionRequest request;
        request.unit = *unit;
        request.verb = m_name.action;
        request.timeout = unitTimeout;
        return request;
    }

    Result<ActionRequest> ofWords(const QJsonArray &list) const
    {
        QStringList words;
        for (const QJsonValue &word : list) {
            if (!word.isString())
                return fail(u"has an argv that is no list of words"_s);
            words << word.toString();
        }
        return ofWords(words);
    }

    Result<ActionRequest> ofLine(const QString &line) const
    {
        if (line.size() > longestLine || hasControls(line))
            return fail(u"is no line of at most 4096 printable characters"_s);
        const Result<QStringList> words = splitCommandLine(line);
        if (words)
            return ofWords(*words);
        if (m_shell == ShellPolicy::Allow && !line.trimmed().isEmpty())
            return ofShell(line);
        return Error{
            u"controlled %1 %2 needs a shell (%3), which the policy of this server refuses: "
            "name one program and its words, write a script, or set shell = allow in its "
            "policy.conf"_s.arg(m_name.service.text(), m_name.action, words.error().text)};
    }

    /// The only place where a shell comes in: values are of harmless letters, each of them.
    Result<ActionRequest> ofShell(const QString &line) const
    {
        for (const QString &value : {m_name.service.role, m_name.service.instance}) {
            if (value.startsWith(u'-') || isUpward(value))
                return fail(u"is not run by a shell for the name '%1'"_s.arg(value));
        }
        const Result<QString> text = replaced(line);
        if (!text)
            return text.error();
        return wordsRequest({u"/bin/sh"_s, u"-c"_s, *text});
    }

    Result<ActionRequest> ofWords(const QStringList &patterns) const
    {
        QStringList words;
        for (const QString &pattern : patterns) {
            const Result<QString> word = replaced(pattern);
            if (!word)
                return word.error();
            words << *word;
        }
        const bool isTooLong = std::any_of(words.begin(), words.end(), [](const QString &word) {
            return word.size() > longestLine;
        });
        if (words.value(0).isEmpty() || words.size() > mostActionWords || isTooLong)
            return fail(u"is no program with at most 255 words of at most 4096 characters"_s);
        const Result<QString> program = programOf(words.first());
        if (!program)
            return program.error();
        words.first() = *program;
        return wordsRequest(words);
    }

    static ActionRequest wordsRequest(const QStringList &argv)
    {
        ActionRequest request;
        request.argv = argv;
        request.timeout = wordsTimeout;
        return request;
    }

    Result<QString> programOf(const QString &word) const
    {
        if (word.startsWith(u'/'))
            return word;
        if (word.contains(u'/'))
            return fail(
                u"names its program as %1: write its absolute path"_s.arg(oneLine(word, 100)));
        for (const QString &folder : m_path.split(u':', Qt::SkipEmptyParts)) {
            const QFileInfo file(folder + u'/' + word);
            if (file.isFile() && file.isExecutable())
                return file.filePath();
        }
        return Error{u"controlled %1 %2: there is no program %3 in %4; install it, or write its "
                     "absolute path"_s.arg(m_name.service.text(), m_name.action, oneLine(word, 100),
                                           m_path)};
    }

    Result<QString> replaced(const QString &pattern) const
    {
        if (hasControls(pattern))
            return fail(u"has a word with control characters"_s);
        const std::optional<QString> text = m_placeholders.replaced(pattern);
        if (!text)
            return fail(u"needs ':port:', but the instance is no port and the role has none"_s);
        if (text->startsWith(u'-') && !pattern.startsWith(u'-'))
            return fail(u"would be given the option '%1'"_s.arg(oneLine(*text, 100)));
        const ServiceId &service = m_name.service;
        if ((pattern.contains(u":role:"_s) && isUpward(service.role))
            || (pattern.contains(u":instance:"_s) && isUpward(service.instance)))
            return fail(u"would be given '..' as a name"_s);
        return *text;
    }

    static bool isUpward(const QString &name) { return name == u"." || name == u".."; }

    static bool hasControls(const QString &text)
    {
        return std::any_of(text.begin(), text.end(),
                           [](QChar c) { return c.category() == QChar::Other_Control; });
    }

    const ActionName &m_name;
    const Placeholders m_placeholders;
    const ShellPolicy m_shell;
    const QString m_path;
};

/// A name that may be hostile, fit for a sentence.
QString quoted(const QString &text)
{
    return u'\'' + oneLine(text, 64) + u'\'';
}

} // namespace

Result<ActionRequest> resolveAction(const QJsonObject &controlled, const ActionName &name,
                                    ShellPolicy shell, const QString &path)
{
    for (const QString &part : {name.service.role, name.service.instance, name.action}) {
        if (!isValidName(part))
            return Error{u"%1 is no name: use 1 to 64 of A-Z a-z 0-9 _ . -"_s.arg(quoted(part))};
    }
    if (name.service.instance == allInstances)
        return Error{u"'_' is no instance: name one, or default"_s};
    if (!isCanonicalIp(name.ip))
        return Error{u"%1 is no address of this server"_s.arg(quoted(name.ip))};
    const QJsonValue what = controlledAction(controlled, name.service, name.action);
    if (what.isUndefined())
        return Error{
            u"controlled has no action %1 for %2: add it to the configuration and sign it"_s.arg(
                quoted(name.action), name.service.text())};
    return ActionResolver(name, shell, path).resolve(what);
}

} // namespace Treewarden
