// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configdocument.h"

#include "shared/config/configfields.h"
#include "shared/core/json.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The translation context of what is wrong in a document.
struct ConfigDocumentText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::ConfigDocumentText)
};

const QList<QByteArray> &savedFields()
{
    static const QList<QByteArray> names{"machine_id", "version", "signer", "signature"};
    return names;
}

/// The known ones first, in the order of the contract.
QList<QByteArray> fieldOrder(const ConfigFields &fields)
{
    QList<QByteArray> names, others;
    for (const QString &name : knownConfigFields()) {
        if (fields.contains(name.toUtf8()) && !savedFields().contains(name.toUtf8()))
            names << name.toUtf8();
    }
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        if (!knownConfigFields().contains(QString::fromUtf8(field.key())))
            others << field.key();
    }
    std::sort(others.begin(), others.end());
    return names + others;
}

/// An object or list as such, everything else as a text.
QByteArray shownField(const QByteArray &text)
{
    const bool isContainer = parseJsonValue(text, u"this field"_s, largestDocument).isOk();
    return isContainer ? formattedJson(text, 1) : jsonText(QString::fromUtf8(text));
}

QByteArray storedField(const QByteArray &name, const JsonOutline &outline, int index,
                       const ConfigFields &base)
{
    const QByteArray text = outline.textOf(index);
    const auto old = base.constFind(name);
    if (old != base.cend() && minifiedJson(shownField(*old)) == minifiedJson(text))
        return *old;
    const bool isText = outline.node(index).kind == JsonNode::Kind::Text;
    return isText && !isJsonConfigField(name) ? outline.stringOf(index).toUtf8()
                                              : minifiedJson(text);
}

int lineOfError(const QByteArray &document)
{
    QJsonParseError error;
    QJsonDocument::fromJson(document, &error);
    const qsizetype offset = error.error == QJsonParseError::NoError ? 0 : error.offset;
    // The parser stands behind the token that it did not expect, often on the next line.
    const QByteArray before = document.left(qMin(offset, document.size())).trimmed();
    return int(before.count('\n') + document.left(document.indexOf(before)).count('\n')) + 1;
}

class DocumentCheck
{
public:
    explicit DocumentCheck(const JsonOutline &outline)
        : m_outline(outline)
    {
        QStringList seen;
        for (const int child : outline.root().children) {
            const JsonNode &field = outline.node(child);
            if (seen.contains(field.name))
                add(child, field.name,
                    ConfigDocumentText::tr("stands twice, and only the last would count; delete "
                                           "one"));
            if (savedFields().contains(field.name.toUtf8()))
                add(child, field.name,
                    ConfigDocumentText::tr("is set by the save itself; delete it here"));
            if (isJsonConfigField(field.name.toUtf8()) && isPlain(field)) {
                add(child, field.name,
                    ConfigDocumentText::tr("must be an object {…} or a list […]"));
                m_plain << field.name;
            }
            seen << field.name;
        }
    }

    void add(const ConfigIssue &issue)
    {
        if (m_plain.contains(issue.path))
            return; // was told in better words
        const int node = m_outline.findIssue(issue.path);
        issues << PlacedIssue{issue, m_outline.lineAt(m_outline.node(node).nameStart), node};
    }

    QList<PlacedIssue> issues;

private:
    static bool isPlain(const JsonNode &node)
    {
        return node.kind == JsonNode::Kind::Text || node.kind == JsonNode::Kind::Other;
    }

    void add(int index, const QString &path, const QString &text)
    {
        issues << PlacedIssue{{ConfigIssue::Severity::Error, memberPath({}, path), text},
                              m_outline.lineAt(m_outline.node(index).nameStart),
                              index};
    }

    const JsonOutline &m_outline;
    QStringList m_plain;
};

} // namespace

QByteArray configDocument(const ConfigFields &fields)
{
    QByteArray text = "{";
    for (const QByteArray &name : fieldOrder(fields)) {
        text += text.size() > 1 ? ",\n    " : "\n    ";
        text += jsonText(QString::fromUtf8(name)) + ": " + shownField(fields.value(name));
    }
    return text + "\n}\n";
}

QByteArray formattedDocument(const QByteArray &document)
{
    const auto outline = JsonOutline::read(document, u"the text"_s, largestDocument);
    if (!outline || outline->root().kind != JsonNode::Kind::Object)
        return document;
    QByteArray text = "{";
    for (const int child : outline->root().children) {
        const JsonNode &node = outline->node(child);
        text += text.size() > 1 ? ",\n    " : "\n    ";
        text += document.mid(node.nameStart, node.nameEnd - node.nameStart) + ": "
            + formattedJson(outline->textOf(child), 1);
    }
    return text + "\n}\n";
}

Result<ConfigFields> fieldsOfDocument(const QByteArray &document, const ConfigFields &base)
{
    const auto outline
        = JsonOutline::read(document, ConfigDocumentText::tr("the configuration"), largestDocument);
    if (!outline)
        return outline.error();
    if (outline->root().kind != JsonNode::Kind::Object)
        return Error{ConfigDocumentText::tr("the configuration is not a JSON object: write it as "
                                            "{…}")};
    ConfigFields fields;
    for (const QByteArray &name : savedFields()) {
        if (base.contains(name))
            fields.insert(name, base.value(name));
    }
    for (const int child : outline->root().children) {
        const QByteArray name = outline->node(child).name.toUtf8();
        if (!savedFields().contains(name))
            fields.insert(name, storedField(name, *outline, child, base));
    }
    return fields;
}

QList<PlacedIssue> documentIssues(const QString &ip, const QByteArray &document,
                                  const ConfigFields &base)
{
    const auto fields = fieldsOfDocument(document, base);
    if (!fields)
        return {
            {{ConfigIssue::Severity::Error, {}, fields.error().text}, lineOfError(document), -1}};
    const auto outline = JsonOutline::read(document, u"the configuration"_s, largestDocument);
    DocumentCheck check(*outline);
    const QList<ConfigIssue> parsed = parseServerConfig(ip, *fields).issues;
    for (const ConfigIssue &issue : parsed)
        check.add(issue);
    std::stable_sort(check.issues.begin(), check.issues.end(),
                     [](const PlacedIssue &a, const PlacedIssue &b) { return a.line < b.line; });
    return check.issues;
}

} // namespace Treewarden
