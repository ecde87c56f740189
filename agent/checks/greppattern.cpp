// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/greppattern.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace Treewarden {

namespace {

using Bytes = GrepPattern::Bytes;
using Kind = GrepPattern::Kind;
using Node = GrepPattern::Node;

constexpr int longestPattern = 512, mostNodes = 4000, deepestGroup = 32, mostRepeats = 255;

bool isWordByte(uchar c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The pattern as a tree: concatenations and alternatives of repeated atoms.
struct Part
{
    enum class Type { Set, LineStart, LineEnd, WordEdge, Sequence, Choice, Repeat };

    Type type = Type::Sequence;
    Bytes bytes;
    std::vector<std::unique_ptr<Part>> parts;
    int least = 0, most = -1; ///< of a Repeat; -1: no end
};

using PartPointer = std::unique_ptr<Part>;

PartPointer makePart(Part::Type type)
{
    auto part = std::make_unique<Part>();
    part->type = type;
    return part;
}

Bytes wordBytes()
{
    Bytes bytes;
    for (int c = 0; c < 256; ++c)
        bytes[size_t(c)] = isWordByte(uchar(c));
    return bytes;
}

Bytes spaceBytes()
{
    Bytes bytes;
    for (const char c : {' ', '\t', '\n', '\v', '\f', '\r'})
        bytes.set(uchar(c));
    return bytes;
}

/// Recursive descent over POSIX basic and extended expressions with GNU's additions (grep(1),
/// regex(7)).
class PatternParser
{
public:
    PatternParser(const QByteArray &text, GrepPattern::Options options)
        : m_text(text)
        , m_options(options)
    {
    }

    PartPointer parse()
    {
        PartPointer whole = parseChoice(0);
        return m_failed || m_at != m_text.size() ? nullptr : std::move(whole);
    }

private:
    bool ends() const { return m_at >= m_text.size(); }

    char peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : '\0';
    }

    /// An operator: "|" in extended expressions, "\|" in basic ones.
    bool seesOperator(char c) const
    {
        return m_options.isExtended ? !ends() && peek() == c
                                    : peek() == '\\' && m_at + 1 < m_text.size() && peek(1) == c;
    }

    void skipOperator() { m_at += m_options.isExtended ? 1 : 2; }

    PartPointer parseChoice(int depth)
    {
        auto choice = makePart(Part::Type::Choice);
        m_failed |= depth > deepestGroup;
        do {
            if (!choice->parts.empty())
                skipOperator();
            choice->parts.push_back(parseSequence(depth));
        } while (!m_failed && seesOperator('|'));
        return choice;
    }

    PartPointer parseSequence(int depth)
    {
        auto sequence = makePart(Part::Type::Sequence);
        bool isStart = true;
        while (!m_failed && !ends() && !seesOperator('|') && !(depth > 0 && seesOperator(')'))) {
            m_failed |= isStart && seesStrayRepeat();
            PartPointer atom = parseAtom(depth, sequence->parts.empty());
            isStart = isStart && atom->type == Part::Type::LineStart;
            sequence->parts.push_back(
                parseRepeats(std::move(atom), isStart && !m_options.isExtended));
        }
        return sequence;
    }

    /// With nothing to repeat an operator means whatever the version of grep makes of it; only
    /// basic expressions have a rule: it stands for itself.
    bool seesStrayRepeat() const
    {
        return m_options.isExtended
            && (QByteArrayView("*+?").contains(peek())
                || (peek() == '{' && (peek(1) == ',' || (peek(1) >= '0' && peek(1) <= '9'))));
    }

    static bool isPlace(Part::Type type)
    {
        return type == Part::Type::LineStart || type == Part::Type::LineEnd
            || type == Part::Type::WordEdge;
    }

    PartPointer parseRepeats(PartPointer atom, bool isStart)
    {
        while (!m_failed && !ends() && !isStart) {
            int least = 0, most = -1;
            if (peek() == '*') {
                ++m_at;
            } else if (seesOperator('+') || seesOperator('?')) {
                const bool isPlus = (m_options.isExtended ? peek() : peek(1)) == '+';
                least = isPlus ? 1 : 0;
                most = isPlus ? -1 : 1;
                skipOperator();
            } else if (!seesOperator('{') || !parseInterval(&least, &most)) {
                break;
            }
            m_failed |= isPlace(atom->type); // as with nothing to repeat
            auto repeat = makePart(Part::Type::Repeat);
            repeat->least = least;
            repeat->most = most;
            repeat->parts.push_back(std::move(atom));
            atom = std::move(repeat);
        }
        return atom;
    }

    /// {n} {n,} {n,m} {,m}; anything else is a literal brace in extended expressions and an error
    /// in basic ones.
    bool parseInterval(int *least, int *most)
    {
        const qsizetype start = m_at;
        skipOperator();
        const auto number = [this] {
            int value = -1;
            for (; peek() >= '0' && peek() <= '9' && value <= mostRepeats; ++m_at)
                value = std::max(value, 0) * 10 + (peek() - '0');
            return value;
        };
        *least = number();
        *most = *least;
        const bool hasComma = peek() == ',';
        if (hasComma) {
            ++m_at;
            *most = number();
        }
        const bool isValid = seesOperator('}') && (*least >= 0 || hasComma);
        if (isValid)
            skipOperator();
        *least = std::max(*least, 0);
        m_failed |= *least > mostRepeats || *most > mostRepeats || (*most >= 0 && *most < *least);
        if (isValid)
            return true;
        m_at = start;
        m_failed |= !m_options.isExtended;
        return false;
    }

    PartPointer parseAtom(int depth, bool isStart)
    {
        if (seesOperator('(')) {
            skipOperator();
            PartPointer group = parseChoice(depth + 1);
            m_failed |= !seesOperator(')');
            skipOperator();
            return group;
        }
        const char c = peek();
        ++m_at;
        if (c == '\\')
            return parseEscape();
        if (c == '[')
            return parseBracket();
        if (c == '.')
            return setPart(~Bytes());
        if (c == '^' && (isStart || m_options.isExtended))
            return makePart(Part::Type::LineStart);
        if (c == '$'
            && (ends() || m_options.isExtended || seesOperator('|')
                || (depth > 0 && seesOperator(')'))))
            return makePart(Part::Type::LineEnd);
        return literal(c);
    }

    PartPointer parseEscape()
    {
        m_failed |= ends();
        const char c = peek();
        ++m_at;
        switch (c) {
        case 'w':
            return setPart(wordBytes());
        case 'W':
            return setPart(~wordBytes());
        case 's':
            return setPart(spaceBytes());
        case 'S':
            return setPart(~spaceBytes());
        case 'b':
        case '<':
        case '>':
            return makePart(Part::Type::WordEdge);
        default:
            m_failed |= (c >= '1' && c <= '9') || c == 'B' || c == '`' || c == '\''
                || (c == ')' && !m_options.isExtended);
            return literal(c);
        }
    }

    PartPointer parseBracket()
    {
        Bytes bytes;
        const bool isNegated = peek() == '^';
        m_at += isNegated ? 1 : 0;
        for (bool isFirst = true; !m_failed && (isFirst || peek() != ']'); isFirst = false) {
            m_failed |= ends();
            if (peek() == '[' && (peek(1) == ':' || peek(1) == '.' || peek(1) == '=')) {
                bytes |= parseClass();
                continue;
            }
            const auto from = uchar(peek());
            ++m_at;
            auto to = from;
            if (peek() == '-' && peek(1) != ']' && m_at + 1 < m_text.size()) {
                to = uchar(peek(1));
                m_at += 2;
            }
            m_failed |= to < from;
            for (int b = from; b <= to; ++b)
                addByte(&bytes, uchar(b));
        }
        ++m_at;
        return setPart(isNegated ? ~bytes : bytes);
    }

    Bytes parseClass()
    {
        static const std::pair<const char *, bool (*)(int)> classes[] = {
            {"alpha", [](int c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }},
            {"digit", [](int c) { return c >= '0' && c <= '9'; }},
            {"alnum", [](int c) { return c != '_' && isWordByte(uchar(c)); }},
            {"lower", [](int c) { return c >= 'a' && c <= 'z'; }},
            {"upper", [](int c) { return c >= 'A' && c <= 'Z'; }},
            {"space", [](int c) { return spaceBytes().test(size_t(c)); }},
            {"blank", [](int c) { return c == ' ' || c == '\t'; }},
            {"punct",
             [](int c) { return c > 32 && c < 127 && (c == '_' || !isWordByte(uchar(c))); }},
        };
        const qsizetype end = m_text.indexOf(":]", m_at + 2);
        const QByteArray name = m_text.mid(m_at + 2, end - m_at - 2);
        Bytes bytes;
        bool isKnown = false;
        for (const auto &[known, contains] : classes) {
            isKnown |= end > 0 && name == known;
            for (int c = 0; name == known && c < 256; ++c) {
                if (contains(c))
                    addByte(&bytes, uchar(c));
            }
        }
        m_failed |= !isKnown;
        m_at = end + 2;
        return bytes;
    }

    void addByte(Bytes *bytes, uchar c) const
    {
        bytes->set(c);
        if (m_options.ignoresCase && (c | 32) >= 'a' && (c | 32) <= 'z')
            bytes->set(c ^ 32);
    }

    PartPointer literal(char c) const
    {
        Bytes bytes;
        addByte(&bytes, uchar(c));
        return setPart(bytes);
    }

    static PartPointer setPart(const Bytes &bytes)
    {
        auto part = makePart(Part::Type::Set);
        part->bytes = bytes;
        return part;
    }

    const QByteArray m_text;
    const GrepPattern::Options m_options;
    qsizetype m_at = 0;
    bool m_failed = false;
};

/// Turns the tree into nodes, from its end to its start. Stops growing at the bound.
class NodeBuilder
{
public:
    std::vector<Node> nodes;
    std::vector<Bytes> sets;

    bool isTooLarge() const { return nodes.size() > mostNodes; }

    int add(Node node)
    {
        nodes.push_back(node);
        return int(nodes.size()) - 1;
    }

    int addSet(const Bytes &bytes, int next)
    {
        sets.push_back(bytes);
        return add({Kind::Set, next, 0, int(sets.size()) - 1});
    }

    /// The node where `part` begins when `next` follows it.
    int build(const Part &part, int next)
    {
        if (isTooLarge())
            return next;
        switch (part.type) {
        case Part::Type::Set:
            return addSet(part.bytes, next);
        case Part::Type::LineStart:
            return add({Kind::LineStart, next});
        case Part::Type::LineEnd:
            return add({Kind::LineEnd, next});
        case Part::Type::WordEdge:
            return add({Kind::WordEdge, next});
        case Part::Type::Sequence:
            for (auto it = part.parts.rbegin(); it != part.parts.rend(); ++it)
                next = build(**it, next);
            return next;
        case Part::Type::Choice: {
            int begin = build(*part.parts.front(), next);
            for (size_t i = 1; i < part.parts.size(); ++i)
                begin = add({Kind::Split, begin, build(*part.parts[i], next)});
            return begin;
        }
        case Part::Type::Repeat:
            return buildRepeat(part, next);
        }
        return next;
    }

private:
    int buildRepeat(const Part &part, int next)
    {
        if (part.most < 0) {
            const int loop = add({Kind::Split, 0, next});
            nodes[size_t(loop)].next = build(*part.parts.front(), loop);
            next = loop;
        }
        for (int i = part.least; i < part.most && !isTooLarge(); ++i)
            next = add({Kind::Split, build(*part.parts.front(), next), next});
        for (int i = 0; i < part.least && !isTooLarge(); ++i)
            next = build(*part.parts.front(), next);
        return next;
    }
};

/// The nodes that a run is in after some bytes; each at most once.
class NodeSet
{
public:
    explicit NodeSet(const std::vector<Node> &nodes)
        : m_nodes(nodes)
        , m_mark(nodes.size(), 0)
    {
    }

    void clear()
    {
        m_members.clear();
        m_isMatch = false;
        ++m_round;
    }

    bool isMatch() const { return m_isMatch; }

    const std::vector<int> &members() const { return m_members; }

    /// Adds `node` and all that it leads to without reading a byte, at position `at` of `line`.
    void add(int node, QByteArrayView line, qsizetype at)
    {
        m_pending.push_back(node);
        while (!m_pending.empty()) {
            const int index = m_pending.back();
            m_pending.pop_back();
            if (std::exchange(m_mark[size_t(index)], m_round) == m_round)
                continue;
            const Node &one = m_nodes[size_t(index)];
            if (one.kind == Kind::Set)
                m_members.push_back(index);
            else if (one.kind == Kind::Match)
                m_isMatch = true;
            else if (one.kind == Kind::Split || holds(one.kind, line, at))
                m_pending.push_back(one.next);
            if (one.kind == Kind::Split)
                m_pending.push_back(one.other);
        }
    }

private:
    static bool holds(Kind kind, QByteArrayView line, qsizetype at)
    {
        if (kind == Kind::LineStart)
            return at == 0;
        if (kind == Kind::LineEnd)
            return at == line.size();
        const bool before = at > 0 && isWordByte(uchar(line.at(at - 1)));
        const bool after = at < line.size() && isWordByte(uchar(line.at(at)));
        return before != after;
    }

    const std::vector<Node> &m_nodes;
    std::vector<int> m_mark, m_members, m_pending;
    int m_round = 0;
    bool m_isMatch = false;
};

PartPointer fixedPart(const QByteArray &text, bool ignoresCase)
{
    QByteArray escaped;
    for (const char c : text) {
        if (!isWordByte(uchar(c)) && uchar(c) < 0x80)
            escaped += '\\';
        escaped += c;
    }
    GrepPattern::Options options;
    options.ignoresCase = ignoresCase;
    // In a basic expression "\(" is an operator and "(" is not: bracket what has a meaning after a
    // backslash.
    for (const char c : QByteArray("(){}|+?<>`'"))
        escaped.replace(QByteArray("\\") + c, QByteArray("[") + c + ']');
    return PatternParser(escaped, options).parse();
}

} // namespace

std::optional<GrepPattern> GrepPattern::compile(const QByteArray &pattern, Options options)
{
    if (pattern.size() > longestPattern || pattern.contains('\n') || pattern.contains('\0'))
        return std::nullopt;
    const PartPointer part = options.isFixed ? fixedPart(pattern, options.ignoresCase)
                                             : PatternParser(pattern, options).parse();
    if (!part)
        return std::nullopt;

    GrepPattern compiled;
    const bool isPlain = std::all_of(pattern.begin(), pattern.end(), [](char c) {
        return isWordByte(uchar(c)) || c == '/' || c == '-' || c == ':' || c == ' ' || c == '='
            || c == ',' || c == '@';
    });
    if (isPlain && !options.ignoresCase && !options.wholeWord && !options.wholeLine)
        compiled.m_literal = pattern;

    NodeBuilder builder;
    int node = builder.add({Kind::Match});
    if (options.wholeLine)
        node = builder.add({Kind::LineEnd, node});
    if (options.wholeWord)
        node = builder.add(
            {Kind::Split, builder.add({Kind::LineEnd, node}), builder.addSet(~wordBytes(), node)});
    node = builder.build(*part, node);
    if (options.wholeWord)
        node = builder.add({Kind::Split, builder.add({Kind::LineStart, node}),
                            builder.addSet(~wordBytes(), node)});
    if (options.wholeLine)
        node = builder.add({Kind::LineStart, node});
    if (builder.isTooLarge())
        return std::nullopt;
    builder.add({Kind::Split, node, node}); // the start is always the last node
    compiled.m_nodes = std::move(builder.nodes);
    compiled.m_sets = std::move(builder.sets);
    return compiled;
}

bool GrepPattern::matches(QByteArrayView line) const
{
    if (!m_literal.isEmpty())
        return line.contains(m_literal);
    const int start = int(m_nodes.size()) - 1;
    NodeSet sets[2]{NodeSet(m_nodes), NodeSet(m_nodes)};
    NodeSet *now = &sets[0], *next = &sets[1];
    now->clear();
    for (qsizetype at = 0;; ++at) {
        now->add(start, line, at);
        if (now->isMatch() || at == line.size())
            return now->isMatch();
        next->clear();
        for (const int member : now->members()) {
            const Node &node = m_nodes[size_t(member)];
            if (m_sets[size_t(node.set)][uchar(line.at(at))])
                next->add(node.next, line, at + 1);
        }
        std::swap(now, next);
    }
}

} // namespace Treewarden
