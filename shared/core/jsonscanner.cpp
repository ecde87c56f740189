// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/jsonscanner.h"

#include <charconv>
#include <cmath>

namespace Treewarden {

namespace {

// Powers of ten that a double holds exactly, and the integers that it does.
constexpr double exactPowers[]
    = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
constexpr int mostExactDigits = 15;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

/// From here on nothing comes any more.
void JsonScanner::fail()
{
    m_isGood = false;
    m_at = m_end;
}

bool JsonScanner::isAtEnd()
{
    skipSpaces();
    return m_isGood && m_depth == 0 && m_at == m_end;
}

bool JsonScanner::begin(char bracket)
{
    skipSpaces();
    if (m_at == m_end || *m_at != bracket)
        return false;
    if (++m_depth > deepest) {
        fail();
        return false;
    }
    ++m_at;
    m_isFirst = true;
    return true;
}

/// True at the end of the present object or array, or when there is nothing but an error; otherwise
/// it stands where the next member or element begins.
bool JsonScanner::isOver(char bracket)
{
    skipSpaces();
    if (m_at == m_end) {
        fail();
        return true;
    }
    if (*m_at == bracket) {
        ++m_at;
        --m_depth;
        m_isFirst = false;
        return true;
    }
    if (!m_isFirst) {
        if (*m_at != ',') {
            fail();
            return true;
        }
        ++m_at;
        skipSpaces();
    }
    m_isFirst = false;
    return false;
}

bool JsonScanner::nextMember(QByteArrayView &name)
{
    if (isOver('}'))
        return false;
    name = readText();
    skipSpaces();
    if (m_at == m_end || *m_at != ':') {
        fail();
        return false;
    }
    ++m_at;
    skipSpaces();
    return true;
}

bool JsonScanner::nextElement()
{
    if (isOver(']'))
        return false;
    if (m_at == m_end || *m_at == ']') { // [1,]
        fail();
        return false;
    }
    return true;
}

QByteArrayView JsonScanner::readText()
{
    if (m_at == m_end || *m_at != '"') {
        fail();
        return {};
    }
    const char *start = ++m_at;
    while (m_at < m_end && *m_at != '"') {
        if (*m_at < 0x20 || *m_at == '\\') { // also every byte from 0x80 on: char is signed
            fail();
            return {};
        }
        ++m_at;
    }
    if (m_at == m_end) {
        fail();
        return {};
    }
    return {start, m_at++ - start};
}

/// What fits into a double digit by digit, and that is nearly everything, needs no more than a
/// division.
double JsonScanner::readNumber()
{
    const char *start = m_at;
    const bool isNegative = *m_at == '-';
    m_at += isNegative;
    const char *whole = m_at;
    qint64 digits = 0;
    while (m_at < m_end && isDigit(*m_at) && m_at - whole < mostExactDigits)
        digits = digits * 10 + (*m_at++ - '0');
    const auto wholeDigits = m_at - whole;
    if (wholeDigits == 0 || (*whole == '0' && wholeDigits > 1)) {
        fail();
        return 0;
    }
    qptrdiff places = 0;
    if (m_at < m_end && *m_at == '.') {
        const char *fraction = ++m_at;
        while (m_at < m_end && isDigit(*m_at) && wholeDigits + (m_at - fraction) < mostExactDigits)
            digits = digits * 10 + (*m_at++ - '0');
        places = m_at - fraction;
        if (places == 0) {
            fail();
            return 0;
        }
    }
    if (m_at < m_end && (isDigit(*m_at) || *m_at == 'e' || *m_at == 'E'))
        return readAnyNumber(start);
    const double value = double(digits) / exactPowers[places];
    return isNegative ? -value : value;
}

/// The rest: long ones and such with an exponent. readNumber() has seen to how it begins.
double JsonScanner::readAnyNumber(const char *start)
{
    double value = 0;
    const auto [end, problem] = std::from_chars(start, m_end, value);
    if (problem != std::errc() || end < m_at || !isDigit(end[-1]) || !std::isfinite(value)) {
        fail();
        return 0;
    }
    m_at = end;
    return value;
}

std::optional<double> JsonScanner::number()
{
    skipSpaces();
    if (m_at == m_end || (*m_at != '-' && !isDigit(*m_at))) {
        skip();
        return std::nullopt;
    }
    const double value = readNumber();
    return m_isGood ? std::optional(value) : std::nullopt;
}

std::optional<QByteArrayView> JsonScanner::text()
{
    skipSpaces();
    if (m_at == m_end || *m_at != '"') {
        skip();
        return std::nullopt;
    }
    const QByteArrayView read = readText();
    return m_isGood ? std::optional(read) : std::nullopt;
}

bool JsonScanner::isNull()
{
    skipSpaces();
    return m_end - m_at >= 4 && QByteArrayView(m_at, 4) == "null";
}

void JsonScanner::readWord(QByteArrayView word)
{
    if (m_end - m_at < word.size() || QByteArrayView(m_at, word.size()) != word)
        return fail();
    m_at += word.size();
}

QByteArrayView JsonScanner::object()
{
    skipSpaces();
    const char *start = m_at;
    const bool isObject = m_at < m_end && *m_at == '{';
    skip();
    return isObject && m_isGood ? QByteArrayView(start, m_at - start) : QByteArrayView();
}

void JsonScanner::skip()
{
    skipSpaces();
    if (m_at == m_end)
        return fail();
    QByteArrayView name;
    switch (*m_at) {
    case '"':
        readText();
        return;
    case '{':
        if (beginObject())
            while (nextMember(name))
                skip();
        return;
    case '[':
        if (beginArray())
            while (nextElement())
                skip();
        return;
    case 't':
        return readWord("true");
    case 'f':
        return readWord("false");
    case 'n':
        return readWord("null");
    default:
        if (*m_at != '-' && !isDigit(*m_at))
            return fail();
        skipNumber();
    }
}

/// Most numbers need only be looked through.
void JsonScanner::skipNumber()
{
    const char *start = m_at;
    const auto skipDigits = [this] {
        const char *first = m_at;
        while (m_at < m_end && isDigit(*m_at))
            ++m_at;
        return m_at - first;
    };
    m_at += *m_at == '-';
    const bool isZeroFirst = m_at < m_end && *m_at == '0';
    const auto whole = skipDigits();
    bool isGood = whole > 0 && !(isZeroFirst && whole > 1);
    if (m_at < m_end && *m_at == '.') {
        ++m_at;
        isGood = skipDigits() > 0 && isGood;
    }
    const bool isUnusual
        = m_at - start > mostExactDigits || (m_at < m_end && (*m_at == 'e' || *m_at == 'E'));
    if (isGood && !isUnusual)
        return;
    m_at = start;
    readNumber();
}

} // namespace Treewarden
