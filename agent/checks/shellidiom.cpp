// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/shellidiom.h"

#include "agent/checks/shellwords.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// The name of a command without its folder.
QByteArray commandName(const QByteArrayList &words)
{
    return words.first().mid(words.first().lastIndexOf('/') + 1);
}

/// The words after the name, one option at a time: "-iE", "-e X", "--port=X", "-pX".
class OptionReader
{
public:
    explicit OptionReader(const QByteArrayList &words)
        : m_words(words.mid(1))
    {
    }

    bool atEnd() const { return m_words.isEmpty(); }

    QByteArray take() { return m_words.isEmpty() ? QByteArray() : m_words.takeFirst(); }

    const QByteArray &peek() const { return m_words.first(); }

private:
    QByteArrayList m_words;
};

struct ReadFilter
{
    GrepFilter filter;
    bool isCount = false; ///< grep -c
};

std::optional<GrepFilter> makeFilter(const QByteArrayList &texts, GrepPattern::Options options,
                                     bool isInverted)
{
    GrepFilter filter{{}, isInverted, {}};
    for (const QByteArray &text : texts) {
        const auto pattern = GrepPattern::compile(text, options);
        if (!pattern)
            return std::nullopt;
        filter.patterns << *pattern;
    }
    filter.shown = (isInverted ? u"not "_s : QString()) + u'"'
        + QString::fromUtf8(texts.join("\" or \"")) + u'"';
    return filter;
}

/// grep, egrep and fgrep with the options whose meaning does not change what is counted.
std::optional<ReadFilter> readGrep(const QByteArrayList &words)
{
    const QByteArray name = commandName(words);
    if (name != "grep" && name != "egrep" && name != "fgrep")
        return std::nullopt;
    GrepPattern::Options options;
    options.isExtended = name == "egrep";
    options.isFixed = name == "fgrep";
    bool isInverted = false, isCount = false, isOnlyPatterns = false;
    QByteArrayList patterns, operands;
    for (OptionReader reader(words); !reader.atEnd();) {
        const QByteArray word = reader.take();
        if (word == "--" && !isOnlyPatterns) {
            isOnlyPatterns = true;
        } else if (isOnlyPatterns || !word.startsWith('-') || word.size() == 1) {
            operands << word;
        } else if (word.startsWith("--color") || word.startsWith("--colour")
                   || word == "--line-buffered") {
            continue;
        } else if (word == "--count") {
            isCount = true;
        } else if (word == "--invert-match") {
            isInverted = true;
        } else if (word == "--ignore-case") {
            options.ignoresCase = true;
        } else {
            for (qsizetype i = 1; i < word.size(); ++i) {
                switch (word.at(i)) {
                case 'E':
                    options.isExtended = true;
                    break;
                case 'F':
                    options.isFixed = true;
                    break;
                case 'G':
                    options.isExtended = options.isFixed = false;
                    break;
                case 'i':
                case 'y':
                    options.ignoresCase = true;
                    break;
                case 'w':
                    options.wholeWord = true;
                    break;
                case 'x':
                    options.wholeLine = true;
                    break;
                case 'v':
                    isInverted = true;
                    break;
                case 'c':
                    isCount = true;
                    break;
                case 'a':
                case 's':
                case 'h':
                    break;
                case 'e':
                    if (i + 1 == word.size() && reader.atEnd())
                        return std::nullopt;
                    patterns << (i + 1 < word.size() ? word.mid(i + 1) : reader.take());
                    i = word.size();
                    break;
                default:
                    return std::nullopt;
                }
            }
        }
    }
    if (patterns.isEmpty() && !operands.isEmpty())
        patterns << operands.takeFirst();
    if (patterns.isEmpty() || !operands.isEmpty()) // an operand would be a file
        return std::nullopt;
    const auto filter = makeFilter(patterns, options, isInverted);
    return filter ? std::optional(ReadFilter{*filter, isCount}) : std::nullopt;
}

/// `wc -l`; the original's notes write "wc -l == 0", where 0 means that the service died.
bool isLineCount(const QByteArrayList &words)
{
    return commandName(words) == "wc"
        && (words.mid(1) == QByteArrayList{"-l"} || words.mid(1) == QByteArrayList{"--lines"}
            || words.mid(1) == QByteArrayList{"-l", "==", "0"});
}

/// Which columns `ps` prints, or nothing when it lists only some processes or in another format.
std::optional<ShellIdiom::Line> readPs(const QByteArrayList &words)
{
    bool isAll = false, isSession = false, hasUser = false, hasArguments = false;
    for (const QByteArray &word : words.mid(1)) {
        const bool isUnix
            = word.startsWith('-') && !word.startsWith("-a"); // "ps -aux" is read as "ps aux"
        for (const char c : word.startsWith('-') ? word.mid(1) : word) {
            switch (c) {
            case 'a':
                isSession = true;
                break;
            case 'x':
                isAll |= isSession;
                hasArguments |= !isUnix;
                break;
            case 'A':
            case 'e':
                isAll |= isUnix;
                break;
            case 'f':
            case 'F':
                hasUser |= isUnix;
                hasArguments = true;
                break;
            case 'u':
                hasUser = true;
                hasArguments = true;
                break;
            case 'l':
            case 'w':
            case 'H':
            case 'j':
                break;
            default:
                return std::nullopt;
            }
        }
    }
    if (!isAll)
        return std::nullopt;
    return !hasArguments ? ShellIdiom::Line::Program
        : hasUser        ? ShellIdiom::Line::UserAndCommand
                         : ShellIdiom::Line::Command;
}

/// pgrep and pidof are a source and its filter in one command.
std::optional<ShellIdiom> readPgrep(const QByteArrayList &words)
{
    ShellIdiom idiom;
    idiom.line = ShellIdiom::Line::Program;
    GrepPattern::Options options;
    const bool isPidof = commandName(words) == "pidof";
    options.isExtended = options.wholeLine = true;
    options.wholeLine = isPidof;
    QByteArrayList patterns;
    for (const QByteArray &word : words.mid(1)) {
        if (!word.startsWith('-')) {
            patterns << word;
            continue;
        }
        for (const char c : word.mid(1)) {
            switch (c) {
            case 'c':
                break;
            case 'f':
                idiom.line = ShellIdiom::Line::Command;
                break;
            case 'x':
                options.wholeLine = true;
                break;
            case 'i':
                options.ignoresCase = true;
                break;
            case 'l':
            case 'a':
            case 's':
                break;
            default:
                return std::nullopt;
            }
        }
    }
    if (patterns.size() != 1)
        return std::nullopt;
    const auto filter = makeFilter(patterns, options, false);
    if (!filter)
        return std::nullopt;
    idiom.filters << *filter;
    idiom.isCount = true; // it prints numbers, and exits with 1 when there is none
    return idiom;
}

/// `redis-cli [-h HOST] [-p PORT] [-s PATH] info [SECTION]` or `… ping`. A password on the line is
/// not taken up.
std::optional<ShellIdiom> readRedisCli(const QByteArrayList &words)
{
    ShellIdiom idiom;
    idiom.source = ShellIdiom::Source::Redis;
    idiom.parameters = {{u"host"_s, u"127.0.0.1"_s}, {u"port"_s, 6379}};
    QByteArrayList command;
    for (OptionReader reader(words); !reader.atEnd();) {
        const QByteArray word = reader.take();
        if (!command.isEmpty() || !word.startsWith('-'))
            command << word.toLower();
        else if (word == "-h" || word == "-p" || word == "-s")
            idiom.parameters.insert(word == "-h"       ? u"host"_s
                                        : word == "-p" ? u"port"_s
                                                       : u"path"_s,
                                    QString::fromUtf8(reader.take()));
        else if (word == "-n" || word == "-t")
            reader.take();
        else if (word != "--raw" && word != "--no-raw" && word != "--no-auth-warning")
            return std::nullopt;
    }
    if (idiom.parameters.contains(u"path"_s)) {
        idiom.parameters.remove(u"host"_s);
        idiom.parameters.remove(u"port"_s);
    }
    if (command.isEmpty() || command.size() > 2
        || (command.first() != "info" && command != QByteArrayList{"ping"}))
        return std::nullopt;
    idiom.command = command.join(' ');
    return idiom;
}

/// `mysqladmin [options] status|ping|…`: only where the server listens is taken up, no user and no
/// password.
std::optional<ShellIdiom> readMysqladmin(const QByteArrayList &words)
{
    ShellIdiom idiom;
    idiom.source = ShellIdiom::Source::Mysql;
    QString host, port, path;
    QByteArrayList command;
    for (OptionReader reader(words); !reader.atEnd();) {
        const QByteArray word = reader.take();
        const auto valueOf = [&](QByteArrayView brief, QByteArrayView full, QString *value) {
            if (word == brief || word == full)
                *value = QString::fromUtf8(reader.take());
            else if (word.startsWith(full) && word.at(full.size()) == '=')
                *value = QString::fromUtf8(word.mid(full.size() + 1));
            else if (!word.startsWith("--") && word.startsWith(brief))
                *value = QString::fromUtf8(word.mid(brief.size()));
            else
                return false;
            return true;
        };
        QString ignored;
        if (!word.startsWith('-'))
            command << word;
        else if (valueOf("-S", "--socket", &path) || valueOf("-h", "--host", &host)
                 || valueOf("-P", "--port", &port) || valueOf("-u", "--user", &ignored))
            continue;
        else if (!word.startsWith("-p") && !word.startsWith("--password")
                 && !word.startsWith("--connect-timeout=") && !word.startsWith("--defaults-")
                 && !word.startsWith("--no-defaults") && word != "-s" && word != "--silent")
            return std::nullopt;
    }
    static const QByteArrayList known{"status", "ping", "extended-status", "version",
                                      "processlist"};
    if (command.size() != 1 || !known.contains(command.first()))
        return std::nullopt;
    const bool isRemote = !host.isEmpty() && host != u"localhost";
    if (isRemote || (path.isEmpty() && !port.isEmpty()))
        idiom.parameters = {{u"host"_s, isRemote ? host : u"127.0.0.1"_s},
                            {u"port"_s, port.isEmpty() ? u"3306"_s : port}};
    else
        idiom.parameters = {{u"path"_s, path.isEmpty() ? u"/run/mysqld/mysqld.sock"_s : path}};
    idiom.command = command.first();
    return idiom;
}

std::optional<ShellIdiom> readSource(const QByteArrayList &words)
{
    const QByteArray name = commandName(words);
    if (name == "pgrep" || name == "pidof")
        return readPgrep(words);
    if (name == "redis-cli" || name == "valkey-cli")
        return readRedisCli(words);
    if (name == "mysqladmin" || name == "mariadb-admin")
        return readMysqladmin(words);
    if (name != "ps")
        return std::nullopt;
    const auto line = readPs(words);
    return line ? std::optional(ShellIdiom{ShellIdiom::Source::Processes, *line, {}, {}, {}, false})
                : std::nullopt;
}

} // namespace

bool GrepFilter::passes(QByteArrayView line) const
{
    const bool isMatch
        = std::any_of(patterns.begin(), patterns.end(),
                      [line](const GrepPattern &pattern) { return pattern.matches(line); });
    return isMatch != isInverted;
}

std::optional<ShellIdiom> recogniseShell(const QString &text)
{
    const auto stages = splitPipeline(text.toUtf8());
    if (!stages)
        return std::nullopt;
    auto idiom = readSource(stages->first());
    for (qsizetype i = 1; idiom && i < stages->size(); ++i) {
        const bool isLast = i == stages->size() - 1;
        const auto grep = readGrep(stages->at(i));
        if (grep && (!grep->isCount || isLast)) {
            idiom->filters << grep->filter;
            idiom->isCount |= grep->isCount;
        } else if (isLast && isLineCount(stages->at(i))) {
            idiom->isCount = true;
        } else {
            return std::nullopt;
        }
    }
    return idiom;
}

} // namespace Treewarden
