// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configform.h"

namespace Treewarden {

/// Puts the form of an entry together, field by field, from the documents that have the entry.
class FormBuilder
{
public:
    FormBuilder(const ConfigSession &session, const QStringList &entry);

    QList<FormField> fields;

    bool isEmpty() const { return m_outlines.isEmpty(); }

    /// The value at a path where all targets agree; undefined, and mixed, where they do not.
    QJsonValue common(const QStringList &path, bool &isMixed) const;
    QJsonValue first(const QStringList &path) const;
    /// At a path of each of the documents.
    QList<QJsonValue> all(const QStringList &path) const;

    FormField &add(const QStringList &path, const QString &label, const QString &help,
                   FormField::Kind kind = FormField::Kind::Text);
    /// A field of the entry itself.
    FormField &member(const QString &name, const QString &label, const QString &help,
                      FormField::Kind kind = FormField::Kind::Text);
    /// The step of the entry's path that is its role, its instance or its name.
    void addName(FormField::Meaning meaning, const QString &label, const QString &help,
                 qsizetype step);

private:
    QString troubleAt(const QStringList &path) const;

    QStringList m_entry;
    QList<const JsonOutline *> m_outlines;
    QList<const ConfigDraft *> m_drafts;
};

} // namespace Treewarden
