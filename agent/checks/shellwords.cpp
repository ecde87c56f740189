// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/shellwords.h"

namespace Treewarden {

namespace {

constexpr qsizetype longestText = 4096;

class PipelineSplitter
{
public:
    explicit PipelineSplitter(const QByteArray &text)
        : m_text(text)
    {
    }

    std::optional<QList<QByteArrayList>> split()
    {
        if (m_text.size() > longestText)
            return std::nullopt;
        m_stages.append(QByteArrayList());
        while (m_at < m_text.size() && !m_failed)
            readOne(m_text.at(m_at++));
        endWord();
        for (const QByteArrayList &words : std::as_const(m_stages))
            m_failed |= words.isEmpty();
        return m_failed ? std::nullopt : std::optional(m_stages);
    }

private:
    void readOne(char c)
    {
        if (c == ' ' || c == '\t') {
            endWord();
        } else if (c == '|') {
            endWord();
            m_stages.append(QByteArrayList());
        } else if (c == '\'') {
            readQuoted('\'');
        } else if (c == '"') {
            readQuoted('"');
        } else if (c == '\\') {
            m_failed |= m_at >= m_text.size() || m_text.at(m_at) == '\n';
            add(m_at < m_text.size() ? m_text.at(m_at++) : '\0');
        } else if (c == '2' && !m_isWord && skipsRedirection()) {
            return;
        } else {
            m_failed |= isSpecial(c);
            add(c);
        }
    }

    bool isSpecial(char c) const
    {
        const bool isVariable
            = c == '$' && m_at < m_text.size() && m_text.at(m_at) != ' ' && m_text.at(m_at) != '|';
        const bool isComment = (c == '#' || c == '~') && !m_isWord;
        return isVariable || isComment || c == '\n' || c == '\0'
            || QByteArrayView(";&<>()`").contains(c);
    }

    void readQuoted(char quote)
    {
        m_isWord = true;
        while (m_at < m_text.size() && m_text.at(m_at) != quote) {
            char c = m_text.at(m_at++);
            const char next = m_at < m_text.size() ? m_text.at(m_at) : '\0';
            if (quote == '"' && c == '\\' && QByteArrayView("\"\\$`").contains(next)) {
                c = next;
                ++m_at;
            } else if (quote == '"'
                       && (c == '`'
                           || (c == '$' && next != '"' && next != ' ' && next != '|'
                               && next != ')'))) {
                m_failed = true;
            }
            add(c);
        }
        m_failed |= m_at++ >= m_text.size();
    }

    /// "2>/dev/null" and "2>&1": what goes wrong is told in our own words anyway.
    bool skipsRedirection()
    {
        for (const QByteArrayView form :
             {">/dev/null", "> /dev/null", ">>/dev/null", ">&1", ">&-"}) {
            const qsizetype end = m_at + form.size();
            const bool isWhole
                = end >= m_text.size() || QByteArrayView(" \t|").contains(m_text.at(end));
            if (isWhole && QByteArrayView(m_text).sliced(m_at).startsWith(form)) {
                m_at = end;
                return true;
            }
        }
        return false;
    }

    void add(char c)
    {
        m_word += c;
        m_isWord = true;
    }

    void endWord()
    {
        if (m_isWord)
            m_stages.last().append(m_word);
        m_word.clear();
        m_isWord = false;
    }

    const QByteArray m_text;
    QList<QByteArrayList> m_stages;
    QByteArray m_word;
    qsizetype m_at = 0;
    bool m_isWord = false, m_failed = false;
};

} // namespace

std::optional<QList<QByteArrayList>> splitPipeline(const QByteArray &text)
{
    return PipelineSplitter(text).split();
}

} // namespace Treewarden
