// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/jsonoutline.h"

#include "shared/config/configissues.h"
#include "shared/core/json.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

} // namespace

Result<JsonOutline> JsonOutline::read(const QByteArray &text, const QString &what,
                                      qsizetype maximum)
{
    if (const auto value = parseJsonValue(text, what, maximum); !value)
        return value.error();
    JsonOutline outline;
    outline.m_text = text;
    for (qsizetype at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
        outline.m_lineEnds << at;
    qsizetype at = text.startsWith("\xEF\xBB\xBF") ? 3 : 0; // Qt's parser reads on behind it
    outline.scan(at);
    return outline;
}

qsizetype JsonOutline::skipSpace(qsizetype at) const
{
    while (at < m_text.size() && isSpace(m_text[at]))
        ++at;
    return at;
}

qsizetype JsonOutline::endOfText(qsizetype start) const
{
    qsizetype at = start + 1;
    while (at < m_text.size() && m_text[at] != '"')
        at += m_text[at] == '\\' ? 2 : 1;
    return qMin(at + 1, m_text.size());
}

QString JsonOutline::nameAt(qsizetype start, qsizetype end) const
{
    const QByteArray quoted = m_text.mid(start, end - start);
    if (!quoted.contains('\\'))
        return QString::fromUtf8(quoted.mid(1, quoted.size() - 2));
    return QJsonDocument::fromJson('[' + quoted + ']').array().first().toString();
}

/// Reads the value at `at`, which is known to be valid JSON of bounded depth.
int JsonOutline::scan(qsizetype &at)
{
    at = skipSpace(at);
    const int index = int(m_nodes.size());
    m_nodes.append(JsonNode());
    m_nodes[index].start = m_nodes[index].nameStart = m_nodes[index].nameEnd = at;
    const char first = at < m_text.size() ? m_text[at] : '\0';
    if (first == '"') {
        m_nodes[index].kind = JsonNode::Kind::Text;
        at = endOfText(at);
    } else if (first == '{' || first == '[') {
        m_nodes[index].kind = first == '{' ? JsonNode::Kind::Object : JsonNode::Kind::Array;
        const char last = first == '{' ? '}' : ']';
        at = skipSpace(at + 1);
        while (at < m_text.size() && m_text[at] != last) {
            const qsizetype nameStart = at;
            qsizetype nameEnd = at;
            if (first == '{') {
                nameEnd = endOfText(at);
                at = skipSpace(nameEnd) + 1; // the colon
            }
            const int child = scan(at);
            m_nodes[index].children << child;
            if (first == '{') {
                m_nodes[child].name = nameAt(nameStart, nameEnd);
                m_nodes[child].nameStart = nameStart;
                m_nodes[child].nameEnd = nameEnd;
            }
            at = skipSpace(at);
            if (at < m_text.size() && m_text[at] == ',')
                at = skipSpace(at + 1);
        }
        at = qMin(at + 1, m_text.size());
    } else {
        while (at < m_text.size() && !isSpace(m_text[at])
               && !QByteArrayView(",]}").contains(m_text[at]))
            ++at;
    }
    m_nodes[index].end = at;
    return index;
}

/// What an element of a list is known by: its `id`, else its `path`, else its `name`.
QString JsonOutline::keyOf(int index) const
{
    if (m_nodes[index].kind != JsonNode::Kind::Object)
        return {};
    for (const QString &member : {u"id"_s, u"path"_s, u"name"_s}) {
        if (const QString key = stringOf(child(index, member)); !key.isEmpty())
            return key;
    }
    return {};
}

int JsonOutline::child(int parent, const QString &step) const
{
    if (parent < 0)
        return -1;
    const JsonNode &node = m_nodes[parent];
    if (node.kind == JsonNode::Kind::Object) {
        for (qsizetype i = node.children.size() - 1; i >= 0; --i) {
            if (m_nodes[node.children[i]].name == step)
                return node.children[i];
        }
        return -1;
    }
    if (step.startsWith(u'#')) {
        for (const int element : node.children) {
            if (keyOf(element) == QStringView(step).mid(1))
                return element;
        }
        return -1;
    }
    bool isNumber = false;
    const qsizetype position = step.toLongLong(&isNumber);
    return isNumber ? node.children.value(position, -1) : -1;
}

int JsonOutline::find(const QStringList &path) const
{
    int index = 0;
    for (const QString &step : path)
        index = child(index, step);
    return index;
}

QString JsonOutline::step(int parent, qsizetype position) const
{
    const JsonNode &node = m_nodes[parent];
    if (node.kind == JsonNode::Kind::Object)
        return m_nodes[node.children[position]].name;
    const QString key = keyOf(node.children[position]);
    const bool isUnique = !key.isEmpty() && child(parent, u'#' + key) == node.children[position]
        && std::count_if(node.children.begin(), node.children.end(),
                         [&](int other) { return keyOf(other) == key; })
            == 1;
    return isUnique ? u'#' + key : QString::number(position);
}

int JsonOutline::deepest(int index, const QString &prefix, const QString &path, int &depth) const
{
    const JsonNode &node = m_nodes[index];
    int best = index, bestDepth = depth;
    for (qsizetype i = node.children.size() - 1; i >= 0; --i) {
        const JsonNode &next = m_nodes[node.children[i]];
        const QString name = node.kind == JsonNode::Kind::Object ? next.name : QString::number(i);
        const QString at = memberPath(prefix, name);
        if (at != path && !(path.startsWith(at) && path.at(at.size()) == u'.'))
            continue;
        int reached = depth + 1;
        const int found = deepest(node.children[i], at, path, reached);
        if (reached > bestDepth) {
            best = found;
            bestDepth = reached;
        }
    }
    depth = bestDepth;
    return best;
}

int JsonOutline::findIssue(const QString &path) const
{
    int depth = 0;
    return path.isEmpty() ? 0 : deepest(0, {}, path, depth);
}

QByteArray JsonOutline::textOf(int index) const
{
    return index < 0 ? QByteArray()
                     : m_text.mid(m_nodes[index].start, m_nodes[index].end - m_nodes[index].start);
}

QJsonValue JsonOutline::valueOf(int index) const
{
    if (index < 0)
        return QJsonValue::Undefined;
    return QJsonDocument::fromJson('[' + textOf(index) + ']').array().first();
}

QString JsonOutline::stringOf(int index) const
{
    if (index < 0 || m_nodes[index].kind != JsonNode::Kind::Text)
        return {};
    return nameAt(m_nodes[index].start, m_nodes[index].end);
}

int JsonOutline::lineAt(qsizetype offset) const
{
    return int(std::lower_bound(m_lineEnds.begin(), m_lineEnds.end(), offset) - m_lineEnds.begin())
        + 1;
}

QByteArray jsonText(const QJsonValue &value)
{
    const QByteArray inArray = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return inArray.mid(1, inArray.size() - 2);
}

} // namespace Treewarden
