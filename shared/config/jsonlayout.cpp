// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/jsonoutline.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 72; ///< of what stands on one line when formatted
constexpr qsizetype mostMeasured = 4096; ///< bytes of white space and all

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isContainer(const JsonNode &node)
{
    return node.kind == JsonNode::Kind::Object || node.kind == JsonNode::Kind::Array;
}

/// Lays out one value after another.
class JsonLayout
{
public:
    JsonLayout(const QByteArray &text, const JsonOutline &outline)
        : m_text(text)
        , m_outline(outline)
    {
    }

    void add(const JsonNode &node, int depth)
    {
        if (!isContainer(node) || node.children.isEmpty()) {
            out += isContainer(node) ? minifiedJson(span(node)) : span(node);
            return;
        }
        const bool isObject = node.kind == JsonNode::Kind::Object;
        const bool isShort = fitsOneLine(node);
        out += isObject ? '{' : '[';
        for (qsizetype i = 0; i < node.children.size(); ++i) {
            const JsonNode &child = m_outline.node(node.children[i]);
            if (i > 0)
                out += isShort ? ", " : ",";
            if (!isShort)
                breakLine(depth + 1);
            if (isObject)
                out += m_text.mid(child.nameStart, child.nameEnd - child.nameStart) + ": ";
            add(child, depth + 1);
        }
        if (!isShort)
            breakLine(depth);
        out += isObject ? '}' : ']';
    }

    QByteArray out;

private:
    QByteArray span(const JsonNode &node) const
    {
        return m_text.mid(node.start, node.end - node.start);
    }

    void breakLine(int depth) { out += '\n' + QByteArray(4 * depth, ' '); }

    bool isFlat(const JsonNode &node) const
    {
        return std::none_of(node.children.begin(), node.children.end(),
                            [&](int child) { return isContainer(m_outline.node(child)); });
    }

    /// Small, with lists of plain values inside at most.
    bool fitsOneLine(const JsonNode &node) const
    {
        if (node.end - node.start > mostMeasured || node.children.size() > longestLine)
            return false;
        const auto isSimple = [&](int index) {
            const JsonNode &child = m_outline.node(index);
            return !isContainer(child) || (child.kind == JsonNode::Kind::Array && isFlat(child));
        };
        return std::all_of(node.children.begin(), node.children.end(), isSimple)
            && minifiedJson(span(node)).size() <= longestLine;
    }

    const QByteArray &m_text;
    const JsonOutline &m_outline;
};

} // namespace

QByteArray minifiedJson(const QByteArray &text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = text.startsWith("\xEF\xBB\xBF") ? 3 : 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            const qsizetype start = i++;
            while (i < text.size() && text[i] != '"')
                i += text[i] == '\\' ? 2 : 1;
            i = qMin(i, text.size() - 1);
            out += text.mid(start, i + 1 - start);
        } else if (!isBlank(text[i])) {
            out += text[i];
        }
    }
    return out;
}

QByteArray formattedJson(const QByteArray &text, int depth)
{
    const auto outline = JsonOutline::read(text, u"the text"_s);
    if (!outline)
        return text;
    JsonLayout layout(text, *outline);
    layout.add(outline->root(), depth);
    return layout.out;
}

} // namespace Treewarden
