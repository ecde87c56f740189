// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/commandline.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// What sh takes for something else than a program, as the first word (POSIX, 2.4 and 2.9.1).
bool isReserved(const QString &word)
{
    static const QStringList words{u"!"_s,    u"{"_s,  u"}"_s,     u"if"_s,   u"then"_s, u"else"_s,
                                   u"elif"_s, u"fi"_s, u"do"_s,    u"done"_s, u"case"_s, u"esac"_s,
                                   u"for"_s,  u"in"_s, u"until"_s, u"while"_s};
    return words.contains(word);
}

class WordSplitter
{
public:
    explicit WordSplitter(const QString &line)
        : m_line(line)
    {
    }

    Result<QStringList> split()
    {
        while (m_at < m_line.size() && m_obstacle.isEmpty())
            readOne(m_line.at(m_at++));
        endWord();
        if (m_obstacle.isEmpty() && m_words.isEmpty())
            m_obstacle = u"nothing"_s;
        if (!m_obstacle.isEmpty())
            return Error{m_obstacle};
        return m_words;
    }

private:
    void readOne(QChar c)
    {
        if (c == u' ' || c == u'\t') {
            endWord();
        } else if (c == u'\'' || c == u'"') {
            readQuoted(c);
        } else if (c == u'\\') {
            if (m_at >= m_line.size())
                m_obstacle = u"a '\\' at its end"_s;
            else
                add(m_line.at(m_at++));
            m_isQuoted = true;
        } else {
            refuseSpecial(c);
            add(c);
        }
    }

    void refuseSpecial(QChar c)
    {
        if (u"|&;()"_s.contains(c))
            m_obstacle = u"the pipe or list '%1'"_s.arg(c);
        else if (c == u'<' || c == u'>')
            m_obstacle = u"the redirection '%1'"_s.arg(c);
        else if (c == u'$' || c == u'`')
            m_obstacle = u"the substitution '%1'"_s.arg(c);
        else if (u"*?["_s.contains(c))
            m_obstacle = u"the pattern '%1'"_s.arg(c);
        else if ((c == u'#' || c == u'~') && !m_isWord)
            m_obstacle = u"'%1' at the beginning of a word"_s.arg(c);
        else if (c == u'=' && m_words.isEmpty() && !m_isQuoted)
            m_obstacle = u"the assignment '='"_s;
        else if (c.category() == QChar::Other_Control)
            m_obstacle = u"a control character"_s;
    }

    void readQuoted(QChar quote)
    {
        m_isWord = m_isQuoted = true;
        while (m_at < m_line.size() && m_line.at(m_at) != quote) {
            QChar c = m_line.at(m_at++);
            const QChar next = m_at < m_line.size() ? m_line.at(m_at) : QChar();
            if (quote == u'"' && c == u'\\' && !next.isNull() && u"\"\\$`"_s.contains(next)) {
                c = next;
                ++m_at;
            } else if (quote == u'"' && (c == u'$' || c == u'`')) {
                m_obstacle = u"the substitution '%1'"_s.arg(c);
            } else if (c.category() == QChar::Other_Control) {
                m_obstacle = u"a control character"_s;
            }
            add(c);
        }
        if (m_at++ >= m_line.size())
            m_obstacle = u"a quote %1 without its end"_s.arg(quote);
    }

    void add(QChar c)
    {
        m_word += c;
        m_isWord = true;
    }

    void endWord()
    {
        if (!m_isWord)
            return;
        if (m_words.isEmpty() && !m_isQuoted && isReserved(m_word) && m_obstacle.isEmpty())
            m_obstacle = u"the word '%1'"_s.arg(m_word);
        m_words << m_word;
        m_word.clear();
        m_isWord = m_isQuoted = false;
    }

    const QString m_line;
    QStringList m_words;
    QString m_word, m_obstacle;
    qsizetype m_at = 0;
    bool m_isWord = false, m_isQuoted = false;
};

} // namespace

Result<QStringList> splitCommandLine(const QString &line)
{
    return WordSplitter(line).split();
}

} // namespace Treewarden
