// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <array>
#include <charconv>
#include <optional>

namespace Treewarden {

/// Cuts the next line off `text`, without its newline. For the files of /proc: no copies.
inline QByteArrayView takeLine(QByteArrayView *text)
{
    const qsizetype end = text->indexOf('\n');
    const QByteArrayView line = end < 0 ? *text : text->first(end);
    *text = end < 0 ? QByteArrayView() : text->sliced(end + 1);
    return line;
}

/// Cuts the next word off `line`; empty at its end.
inline QByteArrayView takeWord(QByteArrayView *line)
{
    qsizetype start = 0;
    while (start < line->size() && (line->at(start) == ' ' || line->at(start) == '\t'))
        ++start;
    qsizetype end = start;
    while (end < line->size() && line->at(end) != ' ' && line->at(end) != '\t')
        ++end;
    const QByteArrayView word = line->sliced(start, end - start);
    *line = line->sliced(end);
    return word;
}

/// A whole word as a number, or nothing.
template<typename T>
std::optional<T> numberOf(QByteArrayView word)
{
    T number{};
    const auto [end, error] = std::from_chars(word.begin(), word.end(), number);
    return error == std::errc() && end == word.end() ? std::optional(number) : std::nullopt;
}

/// The same for hexadecimal digits.
template<typename T>
std::optional<T> hexNumberOf(QByteArrayView word)
{
    T number{};
    const auto [end, error] = std::from_chars(word.begin(), word.end(), number, 16);
    return error == std::errc() && end == word.end() ? std::optional(number) : std::nullopt;
}

template<typename T>
std::optional<T> takeNumber(QByteArrayView *line)
{
    return numberOf<T>(takeWord(line));
}

/// The next `count` words of `line` as numbers, or nothing where one is none or lacks.
template<typename T, size_t count>
std::optional<std::array<T, count>> takeNumbers(QByteArrayView *line)
{
    std::array<T, count> numbers{};
    for (T &number : numbers) {
        const auto taken = takeNumber<T>(line);
        if (!taken)
            return std::nullopt;
        number = *taken;
    }
    return numbers;
}

} // namespace Treewarden
