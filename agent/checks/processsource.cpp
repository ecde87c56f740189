// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/processsource.h"

#include "agent/checks/optionreader.h"

namespace Treewarden {

namespace {

/// One word of ps may be many letters, with or without a dash (ps(1)).
class PsReader
{
public:
    explicit PsReader(const QByteArrayList &words)
        : m_reader(words)
    {
    }

    std::optional<ShellIdiom> read()
    {
        while (!m_failed && !m_reader.atEnd()) {
            const QByteArray word = m_reader.take();
            if (word.startsWith("--"))
                readLong(word);
            else if (word.startsWith('-') && !isBsdHabit(word))
                readUnix(word);
            else
                readBsd(word.startsWith('-') ? word.mid(1) : word);
        }
        const bool isSome = !m_idiom.users.isEmpty() || !m_idiom.programs.isEmpty();
        if (m_failed || (!m_isAll && !isSome))
            return std::nullopt;
        if (m_isAll) // a list of users or names adds nothing to all
            m_idiom.users = m_idiom.programs = {};
        m_idiom.line = !m_hasArguments ? ShellIdiom::Line::Program
            : m_hasUser                ? ShellIdiom::Line::UserAndCommand
                                       : ShellIdiom::Line::Command;
        return m_idiom;
    }

private:
    /// "-aux" and "-ax" mean "aux" and "ax".
    static bool isBsdHabit(const QByteArray &word)
    {
        return word.startsWith("-a") && word.contains('x');
    }

    void readLong(const QByteArray &word)
    {
        if (word.startsWith("--user="))
            m_idiom.users << word.mid(7).split(',');
        else if (word.startsWith("--format="))
            readFormat(word.mid(9));
        else
            m_failed = word != "--no-headers" && word != "--no-heading" && word != "--forest"
                && word != "--headers" && !word.startsWith("--width=")
                && !word.startsWith("--cols=") && !word.startsWith("--columns=")
                && !word.startsWith("--sort=");
    }

    void readUnix(const QByteArray &word)
    {
        for (qsizetype i = 1; i < word.size() && !m_failed; ++i) {
            switch (word.at(i)) {
            case 'A':
            case 'e':
                m_isAll = true;
                break;
            case 'f':
            case 'F':
                m_hasUser = m_hasArguments = true;
                break;
            case 'a': // "-aef": what -e lists has them all
            case 'l':
            case 'w':
            case 'H':
            case 'j':
            case 'y':
                break;
            case 'o':
                readFormat(valueAfter(word, &i));
                break;
            case 'u':
            case 'U':
                m_idiom.users << valueAfter(word, &i).split(',');
                break;
            case 'C':
                m_idiom.programs << valueAfter(word, &i).split(',');
                break;
            default:
                m_failed = true;
            }
        }
    }

    void readBsd(const QByteArray &word)
    {
        bool isSession = false;
        for (qsizetype i = 0; i < word.size() && !m_failed; ++i) {
            switch (word.at(i)) {
            case 'a':
                isSession = true;
                break;
            case 'x':
                m_isAll |= isSession || m_isSession;
                m_hasArguments = true;
                break;
            case 'u':
            case 'l':
                m_hasUser |= word.at(i) == 'u';
                m_hasArguments = true;
                break;
            case 'o':
                readFormat(valueAfter(word, &i));
                break;
            case 'w':
            case 'f':
            case 'j':
            case 'h':
            case 'e': // shows the environment too, which nobody greps for
                break;
            default:
                m_failed = true;
            }
        }
        m_isSession |= isSession;
    }

    /// What follows a letter in the same word, or the next word.
    QByteArray valueAfter(const QByteArray &word, qsizetype *i)
    {
        QByteArray value = *i + 1 < word.size() ? word.mid(*i + 1) : m_reader.take();
        m_failed |= value.isEmpty();
        *i = word.size();
        return value;
    }

    /// "pid,user,args", "pid= args=" as one word. Numbers are left out of the line as always.
    void readFormat(const QByteArray &format)
    {
        QByteArrayList columns = QByteArray(format).replace(' ', ',').split(',');
        bool hasProgram = false;
        for (QByteArray &column : columns) {
            column = column.left(column.indexOf('=') < 0 ? column.size() : column.indexOf('='));
            const bool isUser = column == "user" || column == "euser" || column == "uname";
            const bool isArguments = column == "args" || column == "cmd" || column == "command";
            m_hasUser |= isUser;
            m_hasArguments |= isArguments;
            hasProgram |= column == "comm" || column == "ucmd" || column == "ucomm";
            m_failed |= column == "etime" || column == "lstart"; // would be a text of its own
        }
        m_idiom.isCount |= columns == QByteArrayList{"pid"}; // numbers, and 1 when there is none
        m_failed |= !m_hasArguments && !hasProgram && !m_idiom.isCount;
        m_failed |= hasProgram && (m_hasUser || m_hasArguments);
    }

    OptionReader m_reader;
    ShellIdiom m_idiom;
    bool m_isAll = false, m_isSession = false, m_hasUser = false, m_hasArguments = false,
         m_failed = false;
};

class PgrepReader
{
public:
    explicit PgrepReader(const QByteArrayList &words)
        : m_reader(words)
    {
        m_options.isExtended = true;
        m_idiom.line = ShellIdiom::Line::Program;
        m_idiom.isCount = true; // it prints numbers, and exits with 1 when there is none
    }

    std::optional<ShellIdiom> read()
    {
        QByteArrayList patterns;
        bool isOnlyPatterns = false;
        while (!m_failed && !m_reader.atEnd()) {
            const QByteArray word = m_reader.take();
            if (word == "--" && !isOnlyPatterns)
                isOnlyPatterns = true;
            else if (isOnlyPatterns || !word.startsWith('-'))
                patterns << word;
            else if (word.startsWith("--"))
                readLong(word);
            else
                readShort(word);
        }
        if (m_failed || patterns.size() > 1 || (patterns.isEmpty() && m_idiom.users.isEmpty()))
            return std::nullopt;
        if (patterns.isEmpty())
            return m_idiom;
        const auto filter = makeGrepFilter(patterns, m_options);
        if (!filter)
            return std::nullopt;
        m_idiom.filters << *filter;
        return m_idiom;
    }

private:
    void readLong(const QByteArray &word)
    {
        static const QHash<QByteArray, char> letters{
            {"--count", 'c'},  {"--full", 'f'},   {"--exact", 'x'},     {"--ignore-case", 'i'},
            {"--oldest", 'o'}, {"--newest", 'n'}, {"--list-name", 'l'}, {"--list-full", 'a'}};
        if (word.startsWith("--euid="))
            m_idiom.users << word.mid(7).split(',');
        else
            readLetter(letters.value(word));
    }

    void readShort(const QByteArray &word)
    {
        for (qsizetype i = 1; i < word.size() && !m_failed; ++i) {
            if (word.at(i) != 'u' && word.at(i) != 'U') {
                readLetter(word.at(i));
                continue;
            }
            const QByteArray users = i + 1 < word.size() ? word.mid(i + 1) : m_reader.take();
            m_failed = users.isEmpty();
            m_idiom.users << users.split(',');
            return;
        }
    }

    void readLetter(char letter)
    {
        switch (letter) {
        case 'f':
            m_idiom.line = ShellIdiom::Line::Command;
            break;
        case 'x':
            m_options.wholeLine = true;
            break;
        case 'i':
            m_options.ignoresCase = true;
            break;
        case 'c':
        case 'l':
        case 'a':
        case 'n': // only the newest or the oldest: found is found
        case 'o':
            break;
        default:
            m_failed = true;
        }
    }

    OptionReader m_reader;
    ShellIdiom m_idiom;
    GrepPattern::Options m_options;
    bool m_failed = false;
};

} // namespace

std::optional<ShellIdiom> readPs(const QByteArrayList &words)
{
    return PsReader(words).read();
}

std::optional<ShellIdiom> readPgrep(const QByteArrayList &words)
{
    return PgrepReader(words).read();
}

std::optional<ShellIdiom> readPidof(const QByteArrayList &words)
{
    ShellIdiom idiom;
    idiom.line = ShellIdiom::Line::Program;
    idiom.isCount = true; // as pgrep
    for (const QByteArray &word : words.mid(1)) {
        if (!word.startsWith('-'))
            idiom.programs << word.mid(word.lastIndexOf('/') + 1);
        else if (word != "-s" && word != "-x" && word != "-c" && word != "-sx" && word != "-xs")
            return std::nullopt;
    }
    return idiom.programs.isEmpty() ? std::nullopt : std::optional(idiom);
}

} // namespace Treewarden
