// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configentries.h"

namespace Treewarden {

/// One field of a form.
struct FormField
{
    enum class Kind {
        Text,
        Number,
        Flag,
        Choice, ///< one of `choices`
        EditableChoice, ///< one of them, or another text
        Words, ///< a list of texts, one a line
        Cron, ///< a text, with the next times below
    };

    /// What a change of it means.
    enum class Meaning {
        Value, ///< the value at the path; an empty one takes it out
        Role, ///< the name of the role that the entry belongs to
        Instance,
        Name, ///< of an action
        Check, ///< which probe, text, or none
        What, ///< unit, words or line of an action
        Key, ///< the member by which the element of a list is known
        Metric, ///< what an alert watches
        Side, ///< above or below its threshold
    };

    Meaning meaning = Meaning::Value;
    Kind kind = Kind::Text;
    QStringList path;
    QString label, help, placeholder;
    QString group; ///< the heading that it begins; empty: it belongs to the one before
    QList<std::pair<QString, QString>> choices; ///< value and title
    QJsonValue value; ///< undefined: not there
    bool isMixed = false; ///< the servers that are edited differ
    QString trouble; ///< what is wrong with it, a sentence

    /// The same widget can show it.
    bool hasShapeOf(const FormField &other) const
    {
        return path == other.path && kind == other.kind && meaning == other.meaning
            && label == other.label && choices == other.choices && group == other.group;
    }
};

/// The form of an entry.
QList<FormField> formFields(const ConfigSession &session, ConfigSection section,
                            const QStringList &entry);

/// Makes the change that a new value of a field means. Gives the path of the entry, which a new
/// name changes.
QStringList setFormValue(ConfigSession &session, const FormField &field, const QStringList &entry,
                         const QJsonValue &value);

/// The next `count` times that an entry of a schedule is due after `now`, or what is wrong with it.
QStringList nextRuns(const QString &cron, const QString &zone, qint64 now, int count = 5);

} // namespace Treewarden
