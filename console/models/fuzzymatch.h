// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Treewarden {

/// A text that words are looked for in: lower case, with the letters that it has as bits, so that
/// most of what can't match is sorted out by one comparison. The text must outlive it.
struct FuzzyText
{
    const char16_t *text = nullptr;
    int length = 0;
    quint64 letters = 0;

    FuzzyText() = default;
    /// `lower` is in lower case.
    explicit FuzzyText(QStringView lower);
};

/// One typed word.
class FuzzyWord
{
public:
    explicit FuzzyWord(const QString &word);

    /// How well the word fits, 0: not at all. Found whole beats found as letters in the same order
    /// with others between them; beginning a word of the text beats standing within one; a short
    /// text beats a long one. Digits and dots are only found whole: "101" is not meant as
    /// "10.2.0.1".
    int score(const FuzzyText &text) const;

private:
    int wholeScore(const FuzzyText &text) const;
    int scatteredScore(const FuzzyText &text) const;

    QString m_word;
    FuzzyText m_letters;
    bool m_isNumber;
};

/// The words of what was typed.
QList<FuzzyWord> fuzzyWords(const QString &typed);
/// Every word must fit: their sum, or 0.
int fuzzyScore(const QList<FuzzyWord> &words, const FuzzyText &text);

} // namespace Treewarden
