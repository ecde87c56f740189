// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/formbuilder.h"

#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

FormBuilder::FormBuilder(const ConfigSession &session, const QStringList &entry)
    : m_entry(entry)
{
    for (const int target : session.targets()) {
        const ConfigDraft &draft = session.drafts()[target];
        const JsonOutline *outline = draft.outline();
        if (outline && (entry.size() < 2 || outline->find(entry) >= 0)) {
            m_outlines << outline;
            m_drafts << &draft;
        }
    }
}

QJsonValue FormBuilder::common(const QStringList &path, bool &isMixed) const
{
    const QJsonValue value = first(path);
    isMixed = std::any_of(m_outlines.begin(), m_outlines.end(), [&](const JsonOutline *outline) {
        return outline->valueOf(outline->find(path)) != value;
    });
    return isMixed ? QJsonValue(QJsonValue::Undefined) : value;
}

QJsonValue FormBuilder::first(const QStringList &path) const
{
    return m_outlines.first()->valueOf(m_outlines.first()->find(path));
}

QList<QJsonValue> FormBuilder::all(const QStringList &path) const
{
    QList<QJsonValue> values;
    for (const JsonOutline *outline : m_outlines)
        values << outline->valueOf(outline->find(path));
    return values;
}

FormField &FormBuilder::add(const QStringList &path, const QString &label, const QString &help,
                            FormField::Kind kind)
{
    FormField field;
    field.path = path;
    field.kind = kind;
    field.label = label;
    field.help = help;
    field.value = common(path, field.isMixed);
    field.trouble = troubleAt(path);
    fields << field;
    return fields.last();
}

FormField &FormBuilder::member(const QString &name, const QString &label, const QString &help,
                               FormField::Kind kind)
{
    return add(m_entry + QStringList{name}, label, help, kind);
}

void FormBuilder::addName(FormField::Meaning meaning, const QString &label, const QString &help,
                          qsizetype step)
{
    FormField &field = add(m_entry.first(step + 1), label, help);
    field.meaning = meaning;
    field.value = m_entry[step];
    field.isMixed = false;
    if (meaning != FormField::Meaning::Name)
        field.trouble.clear();
}

/// The first issue at that very value.
QString FormBuilder::troubleAt(const QStringList &path) const
{
    for (qsizetype i = 0; i < m_outlines.size(); ++i) {
        const int index = m_outlines[i]->find(path);
        for (const PlacedIssue &issue : m_drafts[i]->issues) {
            if (index > 0 && issue.node == index)
                return oneLine(issue.issue.text, 300);
        }
    }
    return {};
}

} // namespace Treewarden
