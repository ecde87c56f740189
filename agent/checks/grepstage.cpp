// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/grepstage.h"

#include "agent/checks/optionreader.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

class GrepReader
{
public:
    explicit GrepReader(const QByteArrayList &words)
        : m_reader(words)
    {
        m_options.isExtended = commandName(words) == "egrep";
        m_options.isFixed = commandName(words) == "fgrep";
    }

    std::optional<GrepStage> read()
    {
        bool isOnlyOperands = false;
        while (!m_failed && !m_reader.atEnd()) {
            const QByteArray word = m_reader.take();
            if (word == "--" && !isOnlyOperands)
                isOnlyOperands = true;
            else if (isOnlyOperands || !word.startsWith('-') || word.size() == 1)
                m_operands << word;
            else if (word.startsWith("--"))
                readLong(word);
            else
                readShort(word);
        }
        if (m_patterns.isEmpty() && !m_operands.isEmpty())
            m_patterns << m_operands.takeFirst();
        if (m_failed || m_patterns.isEmpty() || !m_operands.isEmpty()) // an operand would be a file
            return std::nullopt;
        const auto filter = makeGrepFilter(m_patterns, m_options, m_isInverted);
        return filter ? std::optional(GrepStage{*filter, m_isCount}) : std::nullopt;
    }

private:
    void readLong(const QByteArray &word)
    {
        static const QHash<QByteArray, char> letters{
            {"--extended-regexp", 'E'}, {"--fixed-strings", 'F'}, {"--basic-regexp", 'G'},
            {"--ignore-case", 'i'},     {"--word-regexp", 'w'},   {"--line-regexp", 'x'},
            {"--invert-match", 'v'},    {"--count", 'c'},         {"--text", 'a'},
            {"--no-messages", 's'},     {"--no-filename", 'h'},   {"--line-number", 'n'}};
        if (const auto letter = letters.constFind(word); letter != letters.constEnd())
            readLetter(*letter);
        else if (word.startsWith("--regexp="))
            m_patterns << word.mid(9);
        else
            m_failed = !word.startsWith("--color") && !word.startsWith("--colour")
                && word != "--line-buffered";
    }

    /// "-iE", "-e X", "-eX", "-m1".
    void readShort(const QByteArray &word)
    {
        for (qsizetype i = 1; i < word.size() && !m_failed; ++i) {
            const char letter = word.at(i);
            if (letter != 'e' && letter != 'm') {
                readLetter(letter);
                continue;
            }
            m_failed = i + 1 == word.size() && m_reader.atEnd();
            const QByteArray value = i + 1 < word.size() ? word.mid(i + 1) : m_reader.take();
            if (letter == 'e')
                m_patterns << value;
            else
                m_failed |= value.toInt() < 1; // stops after so many: found is found
            return;
        }
    }

    void readLetter(char letter)
    {
        switch (letter) {
        case 'E':
            m_options.isExtended = true;
            break;
        case 'F':
            m_options.isFixed = true;
            break;
        case 'G':
            m_options.isExtended = m_options.isFixed = false;
            break;
        case 'i':
        case 'y':
            m_options.ignoresCase = true;
            break;
        case 'w':
            m_options.wholeWord = true;
            break;
        case 'x':
            m_options.wholeLine = true;
            break;
        case 'v':
            m_isInverted = true;
            break;
        case 'c':
            m_isCount = true;
            break;
        case 'a':
        case 'h':
        case 'n':
        case 's':
            break;
        default:
            m_failed = true;
        }
    }

    OptionReader m_reader;
    GrepPattern::Options m_options;
    QByteArrayList m_patterns, m_operands;
    bool m_isInverted = false, m_isCount = false, m_failed = false;
};

} // namespace

bool GrepFilter::passes(QByteArrayView line) const
{
    const bool isMatch
        = std::any_of(patterns.begin(), patterns.end(),
                      [line](const GrepPattern &pattern) { return pattern.matches(line); });
    return isMatch != isInverted;
}

bool GrepFilter::passesOne(const QByteArrayList &names) const
{
    const auto passesName = [this](const QByteArray &name) { return passes(name); };
    return isInverted ? std::all_of(names.begin(), names.end(), passesName)
                      : std::any_of(names.begin(), names.end(), passesName);
}

std::optional<GrepFilter> makeGrepFilter(const QByteArrayList &patterns,
                                         GrepPattern::Options options, bool isInverted)
{
    GrepFilter filter{{}, isInverted, {}};
    for (const QByteArray &text : patterns) {
        const auto pattern = GrepPattern::compile(text, options);
        if (!pattern)
            return std::nullopt;
        filter.patterns << *pattern;
    }
    filter.shown = (isInverted ? u"not "_s : QString()) + u'"'
        + QString::fromUtf8(patterns.join("\" or \"")) + u'"';
    return filter;
}

std::optional<GrepStage> readGrepStage(const QByteArrayList &words)
{
    const QByteArray name = commandName(words);
    if (name != "grep" && name != "egrep" && name != "fgrep")
        return std::nullopt;
    return GrepReader(words).read();
}

bool isLineCount(const QByteArrayList &words)
{
    static const QList<QByteArrayList> forms{{"-l"}, {"--lines"}, {"-l", "-"}, {"-l", "==", "0"}};
    return commandName(words) == "wc" && forms.contains(words.mid(1));
}

} // namespace Treewarden
