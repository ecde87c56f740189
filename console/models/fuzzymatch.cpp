// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fuzzymatch.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostWords = 8; ///< whoever types more does not look for anything

constexpr bool isDigit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

/// Letters of any script count; of the rest of ASCII only digits do.
constexpr bool isWordPart(char16_t c)
{
    return isDigit(c) || (c >= u'a' && c <= u'z') || c > 127;
}

/// Behind a divider, or a number behind letters: "02" begins a word of "db02".
constexpr bool isWordStart(const char16_t *text, int at)
{
    return at == 0 || !isWordPart(text[at - 1]) || (isDigit(text[at]) && !isDigit(text[at - 1]));
}

} // namespace

FuzzyText::FuzzyText(QStringView lower)
    : text(lower.utf16())
    , length(int(lower.size()))
{
    for (int i = 0; i < length; ++i)
        letters |= quint64(1) << (text[i] & 63);
}

FuzzyWord::FuzzyWord(const QString &word)
    : m_word(word.toLower())
    , m_letters(m_word)
    , m_isNumber(std::all_of(m_word.cbegin(), m_word.cend(),
                             [](QChar c) { return isDigit(c.unicode()) || c == u'.'; }))
{
}

int FuzzyWord::score(const FuzzyText &text) const
{
    if ((m_letters.letters & ~text.letters) != 0 || m_letters.length > text.length
        || m_letters.length == 0)
        return 0;
    if (const int whole = wholeScore(text))
        return whole;
    return m_isNumber ? 0 : scatteredScore(text);
}

int FuzzyWord::wholeScore(const FuzzyText &text) const
{
    const auto *word = m_word.utf16();
    const int length = m_letters.length, last = text.length - length;
    const int shortness = 100 - std::min(text.length, 100);
    int best = 0;
    for (int at = 0; at <= last; ++at) {
        if (text.text[at] != word[0])
            continue;
        int i = 1;
        while (i < length && text.text[at + i] == word[i])
            ++i;
        if (i < length)
            continue;
        if (isWordStart(text.text, at)) {
            const int end = at + length;
            const bool isWholeWord = end == text.length || !isWordPart(text.text[end]);
            return std::max(best, 1000 + shortness + (at == 0 ? 200 : 0) + (isWholeWord ? 150 : 0));
        }
        best = std::max(best, 600 + shortness);
    }
    return best;
}

int FuzzyWord::scatteredScore(const FuzzyText &text) const
{
    const auto *word = m_word.utf16();
    int score = 200, found = 0, before = -1;
    for (int at = 0; at < text.length && found < m_letters.length; ++at) {
        if (text.text[at] != word[found])
            continue;
        score += isWordStart(text.text, at) ? 30 : before == at - 1 ? 15 : 0;
        if (before >= 0)
            score -= std::min(at - before - 1, 10) * 2;
        before = at;
        ++found;
    }
    return found == m_letters.length ? std::max(score, 1) : 0;
}

QList<FuzzyWord> fuzzyWords(const QString &typed)
{
    QList<FuzzyWord> words;
    for (const QString &word : typed.simplified().split(u' ', Qt::SkipEmptyParts)) {
        if (words.size() < mostWords)
            words << FuzzyWord(word);
    }
    return words;
}

int fuzzyScore(const QList<FuzzyWord> &words, const FuzzyText &text)
{
    int sum = 0;
    for (const FuzzyWord &word : words) {
        const int score = word.score(text);
        if (score == 0)
            return 0;
        sum += score;
    }
    return sum;
}

} // namespace Treewarden
