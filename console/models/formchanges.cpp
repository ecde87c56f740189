// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/alertform.h"
#include "console/models/configform.h"
#include "shared/config/probeparameters.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The translation context of the names of changes.
struct FormChangeText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::FormChangeText)
};

bool isNothing(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull() || (value.isString() && value.toString().isEmpty())
        || (value.isArray() && value.toArray().isEmpty());
}

/// The check as one of another kind: what only the old kind knows goes, everything else stays as it
/// is written.
QByteArray otherCheck(QByteArray check, const QJsonObject &old, const QString &kind)
{
    if (kind == u"cmd")
        return jsonText(QJsonObject{{u"cmd"_s, old[u"cmd"_s].toString()}});
    const auto namesOf = [&](const QString &probe) {
        QStringList names;
        for (const ParameterRule &rule : probeParameters(probeShape(probe, old)))
            names << rule.name;
        return names;
    };
    QStringList gone = namesOf(old[u"probe"_s].toString());
    const QStringList known = namesOf(kind);
    gone.removeIf([&](const QString &name) { return known.contains(name); });
    gone << u"cmd"_s << u"type"_s;
    for (const QString &name : std::as_const(gone)) {
        if (const auto removed = removeJson(check, {name}))
            removed->apply(check);
    }
    const auto named = setJson(check.isEmpty() ? "{}" : check, {u"probe"_s}, jsonText(kind));
    if (!named)
        return jsonText(QJsonObject{{u"probe"_s, kind}});
    if (check.isEmpty())
        check = "{}";
    named->apply(check);
    return check;
}

/// The action done in another way; words and timeout stay where they fit.
QByteArray otherWhat(const QJsonValue &old, const QString &kind, const QString &role)
{
    QJsonObject what;
    const QJsonObject object = old.toObject();
    QStringList words;
    for (const auto &word : object[u"argv"_s].toArray())
        words << word.toString();
    if (old.isString())
        words = QProcess::splitCommand(old.toString());
    if (kind == u"line")
        return jsonText(words.join(u' '));
    if (kind == u"unit")
        what.insert(u"unit"_s, object[u"unit"_s].toString(role + u".service"_s));
    else
        what.insert(u"argv"_s,
                    QJsonArray::fromStringList(words.isEmpty() ? QStringList{u"/"_s} : words));
    if (object.contains(u"timeout"_s))
        what.insert(u"timeout"_s, object[u"timeout"_s]);
    return jsonText(what);
}

std::optional<TextSplice> changed(const QByteArray &text, const QStringList &path,
                                  const FormField &field, const QString &kind)
{
    const auto outline = JsonOutline::read(text, u"x"_s, largestDocument);
    if (!outline)
        return std::nullopt;
    const QJsonValue old = outline->valueOf(outline->find(path));
    if (field.meaning == FormField::Meaning::What)
        return setJson(text, path, otherWhat(old, kind, path.value(1)));
    if (kind == u"none")
        return removeJson(text, path);
    return setJson(text, path,
                   otherCheck(outline->textOf(outline->find(path)), old.toObject(), kind));
}

/// Moves a value to another path; what it leaves empty goes.
std::optional<TextSplice> moved(const QByteArray &document, const QStringList &from,
                                const QStringList &to)
{
    const auto outline = JsonOutline::read(document, u"x"_s, largestDocument);
    const int index = outline ? outline->find(from) : -1;
    if (index < 0 || outline->find(to) >= 0)
        return std::nullopt;
    const QByteArray value = outline->textOf(index);
    QByteArray text = document;
    if (const auto taken = removeJsonUpwards(document, from))
        taken->apply(text);
    const auto put = setJson(text, to, value);
    if (!put)
        return std::nullopt;
    put->apply(text);
    return spliceBetween(document, text);
}

/// Of several servers some may lack it, and get no part of it either.
bool hasEntry(const ConfigDraft &draft, const QStringList &entry)
{
    const JsonOutline *outline = draft.outline();
    return outline && (entry.size() < 2 || outline->find(entry) >= 0);
}

/// Gives an element of a list another name, which no other one has.
QStringList renamedElement(ConfigSession &session, const FormField &field, const QStringList &entry,
                           const QString &name)
{
    const QStringList to{entry.first(), u'#' + name};
    const QList<int> targets = session.targets();
    const bool isTaken = std::any_of(targets.begin(), targets.end(), [&](int target) {
        return hasEntry(session.drafts()[target], to);
    });
    if (to == entry || name.isEmpty() || isTaken) {
        session.setRefusal(to == entry ? std::nullopt
                                       : std::optional(ConfigSession::Refusal{
                                           field.path, int(field.meaning), name}));
        return entry;
    }
    session.setRefusal(std::nullopt);
    session.edit(FormChangeText::tr("Change %1").arg(field.label), [&](const ConfigDraft &draft) {
        return hasEntry(draft, entry) ? setJson(draft.document, field.path, jsonText(name))
                                      : std::nullopt;
    });
    return to;
}

} // namespace

QStringList setFormValue(ConfigSession &session, const FormField &field, const QStringList &entry,
                         const QJsonValue &value)
{
    const QString text = FormChangeText::tr("Change %1").arg(field.label);
    using Meaning = FormField::Meaning;
    if (field.meaning == Meaning::Check || field.meaning == Meaning::What) {
        session.edit(text, [&](const ConfigDraft &draft) {
            return changed(draft.document, field.path, field, value.toString());
        });
        return entry;
    }
    if (field.meaning == Meaning::Metric || field.meaning == Meaning::Side) {
        session.edit(text, [&](const ConfigDraft &draft) {
            return hasEntry(draft, entry)
                ? alertChange(draft.document, field.meaning, entry, value.toString())
                : std::nullopt;
        });
        return entry;
    }
    if (field.meaning == Meaning::Key)
        return renamedElement(session, field, entry, value.toString());
    if (field.meaning != Meaning::Value) {
        QStringList to = entry;
        to[field.path.size() - 1] = value.toString();
        const int taken = to == entry || value.toString().isEmpty()
            ? 0
            : session.edit(
                text, [&](const ConfigDraft &draft) { return moved(draft.document, entry, to); });
        session.setRefusal(taken > 0 || to == entry
                               ? std::nullopt
                               : std::optional(ConfigSession::Refusal{
                                   field.path, int(field.meaning), value.toString()}));
        return taken > 0 ? to : entry;
    }
    session.edit(text, [&](const ConfigDraft &draft) {
        if (!hasEntry(draft, entry))
            return std::optional<TextSplice>();
        return isNothing(value) ? removeJson(draft.document, field.path)
                                : setJson(draft.document, field.path, jsonText(value));
    });
    // The name of an element of a list is one of its members.
    const bool isKey = entry.size() == 2 && entry.last().startsWith(u'#') && field.path.size() == 3
        && field.path.last() == elementKey(entry.first());
    return isKey && !isNothing(value) ? QStringList{entry.first(), u'#' + value.toString()} : entry;
}

} // namespace Treewarden
