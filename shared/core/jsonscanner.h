// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstring>
#include <optional>

namespace Treewarden {

/// `text` is the word: compared in place, as the names of members are all the time.
template<size_t size>
bool isWord(QByteArrayView text, const char (&word)[size])
{
    return text.size() == size - 1 && std::memcmp(text.data(), word, size - 1) == 0;
}

/// Walks over JSON without building anything from it: for what comes ten thousand times a second.
/// It knows less than JSON is (RFC 8259): an escape, a letter beyond ASCII, nesting below 16 levels
/// and every error end it for good. What it accepts means the same to a whole parser; what it does
/// not, the caller gives to one.
class JsonScanner
{
public:
    explicit JsonScanner(QByteArrayView text)
        : m_at(text.data())
        , m_end(text.data() + text.size())
    {
    }

    /// Nothing was met that it does not know.
    bool isGood() const { return m_isGood; }

    /// Good, and nothing but spaces is left.
    bool isAtEnd();

    /// Steps into the object that comes next; false, without a step, when another value comes.
    bool beginObject() { return begin('{'); }

    /// Steps to the next member's value and tells its name; false when the object has ended.
    bool nextMember(QByteArrayView &name);

    bool beginArray() { return begin('['); }

    /// Steps to the next element; false when the array has ended.
    bool nextElement();

    /// The number that comes next; nothing when another value comes, which is stepped over.
    std::optional<double> number();
    /// The text that comes next, in the same way.
    std::optional<QByteArrayView> text();
    /// Steps over the next value, whatever it is.
    void skip();
    /// Steps over the object that comes next and gives its text; empty when another value comes,
    /// which is stepped over.
    QByteArrayView object();

    /// The next value is `null`; it is not stepped over.
    bool isNull();

    /// Where it stands in the text.
    const char *position() const { return m_at; }

private:
    static constexpr int deepest = 16;

    bool begin(char bracket);
    bool isOver(char bracket);

    void skipSpaces()
    {
        while (m_at < m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\t' || *m_at == '\r'))
            ++m_at;
    }

    QByteArrayView readText();
    double readNumber();
    void skipNumber();
    double readAnyNumber(const char *start);
    void readWord(QByteArrayView word);
    void fail();

    const char *m_at, *m_end;
    int m_depth = 0;
    bool m_isFirst = true; ///< nothing stands in the present object or array before m_at
    bool m_isGood = true;
};

} // namespace Treewarden
