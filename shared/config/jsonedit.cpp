// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/jsonedit.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

bool isNextElement(const JsonNode &list, const QString &step)
{
    return step.startsWith(u'#') || step == QString::number(list.children.size());
}

/// `value` inside of objects, or lists for steps with '#', for what does not exist yet.
QByteArray wrapped(const QStringList &missing, QByteArray value)
{
    for (qsizetype i = missing.size() - 1; i >= 0; --i)
        value = missing[i].startsWith(u'#') ? '[' + value + ']'
                                            : '{' + jsonText(missing[i]) + ':' + value + '}';
    return value;
}

/// A new last child of the object or list `parent`.
TextSplice appended(const QByteArray &text, const JsonOutline &outline, int parent, int depth,
                    const QString &name, const QByteArray &value)
{
    const JsonNode &node = outline.node(parent);
    const QByteArray member
        = (node.kind == JsonNode::Kind::Object ? jsonText(name) + ": " : QByteArray())
        + formattedJson(value, depth + 1);
    const QByteArray indent = '\n' + QByteArray(4 * (depth + 1), ' ');
    if (!node.children.isEmpty()) {
        const qsizetype end = outline.node(node.children.last()).end;
        const bool isOneLine = !text.mid(node.start, node.end - node.start).contains('\n')
            && !member.contains('\n') && node.end - node.start + member.size() < 72;
        return {end, {}, (isOneLine ? QByteArray(", ") : ',' + indent) + member};
    }
    const QByteArray inside = text.mid(node.start + 1, node.end - node.start - 2);
    return {node.start + 1, inside, indent + member + '\n' + QByteArray(4 * depth, ' ')};
}

} // namespace

TextSplice spliceBetween(const QByteArray &before, const QByteArray &after)
{
    const qsizetype shorter = qMin(before.size(), after.size());
    const qsizetype same
        = std::mismatch(before.begin(), before.begin() + shorter, after.begin()).first
        - before.begin();
    qsizetype tail = 0;
    while (tail < shorter - same
           && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    return {same, before.mid(same, before.size() - same - tail),
            after.mid(same, after.size() - same - tail)};
}

std::optional<TextSplice> setJson(const QByteArray &text, const QStringList &path,
                                  const QByteArray &value)
{
    const auto outline = JsonOutline::read(text, u"the text"_s);
    if (!outline)
        return std::nullopt;
    int at = 0, depth = 0;
    while (depth < path.size()) {
        const int next = outline->child(at, path[depth]);
        if (next < 0)
            break;
        at = next;
        ++depth;
    }
    const JsonNode &node = outline->node(at);
    if (depth == path.size()) {
        const QByteArray old = outline->textOf(at);
        // What is laid out in another way is the same value all the same.
        if (minifiedJson(old) == minifiedJson(value))
            return TextSplice{node.start, {}, {}};
        return TextSplice{node.start, old, formattedJson(value, depth)};
    }
    const bool canTake = node.kind == JsonNode::Kind::Object
        || (node.kind == JsonNode::Kind::Array && isNextElement(node, path[depth]));
    if (!canTake)
        return std::nullopt;
    return appended(text, *outline, at, depth, path[depth], wrapped(path.mid(depth + 1), value));
}

std::optional<TextSplice> removeJson(const QByteArray &text, const QStringList &path)
{
    const auto outline = JsonOutline::read(text, u"the text"_s);
    const int index = outline && !path.isEmpty() ? outline->find(path) : -1;
    if (index < 0)
        return std::nullopt;
    const JsonNode &parent = outline->node(outline->find(path.first(path.size() - 1)));
    const qsizetype position = parent.children.indexOf(index);
    qsizetype from = outline->node(index).nameStart, to = outline->node(index).end;
    if (parent.children.size() == 1) {
        from = parent.start + 1;
        to = parent.end - 1;
    } else if (position + 1 < parent.children.size()) {
        to = outline->node(parent.children[position + 1]).nameStart;
    } else {
        from = outline->node(parent.children[position - 1]).end;
    }
    return TextSplice{from, text.mid(from, to - from), {}};
}

std::optional<TextSplice> removeJsonUpwards(const QByteArray &text, const QStringList &path)
{
    QByteArray changed = text;
    QStringList at = path;
    auto step = removeJson(changed, at);
    if (!step)
        return std::nullopt;
    while (step) {
        step->apply(changed);
        at.removeLast();
        const auto outline = JsonOutline::read(changed, u"the text"_s);
        const int index = outline && at.size() > 1 ? outline->find(at) : -1;
        step = index >= 0 && outline->node(index).children.isEmpty() ? removeJson(changed, at)
                                                                     : std::nullopt;
    }
    return spliceBetween(text, changed);
}

std::optional<TextSplice> renameJson(const QByteArray &text, const QStringList &path,
                                     const QString &name)
{
    const auto outline = JsonOutline::read(text, u"the text"_s);
    const int index = outline && !path.isEmpty() ? outline->find(path) : -1;
    if (index < 0 || outline->find(path.first(path.size() - 1) << name) >= 0)
        return std::nullopt;
    const JsonNode &node = outline->node(index);
    if (node.nameEnd == node.start)
        return std::nullopt; // an element has no name
    return TextSplice{node.nameStart, text.mid(node.nameStart, node.nameEnd - node.nameStart),
                      jsonText(name)};
}

} // namespace Treewarden
