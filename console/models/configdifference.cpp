// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configdifference.h"

#include "console/models/fleettext.h"
#include "shared/config/jsonedit.h"
#include "shared/core/textformat.h"

#include <QCoreApplication>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestValue = 120;

/// The translation context of differences.
struct ConfigDifferenceText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::ConfigDifferenceText)
};

/// Compares two documents value by value.
class ValueComparison
{
public:
    ValueComparison(const JsonOutline &before, const JsonOutline &after, qsizetype maximum)
        : m_before(before)
        , m_after(after)
        , m_maximum(maximum)
    {
    }

    void compare(int before, int after, const QStringList &path)
    {
        if (changes.size() >= m_maximum)
            return;
        const QByteArray old = minifiedJson(m_before.textOf(before)),
                         now = minifiedJson(m_after.textOf(after));
        if (old == now)
            return;
        const auto kind = m_before.node(before).kind;
        const bool isObjects
            = kind == JsonNode::Kind::Object && m_after.node(after).kind == JsonNode::Kind::Object;
        if (isObjects || (hasNames(m_before, before) && hasNames(m_after, after)))
            compareMembers(before, after, path);
        else
            changes << ConfigChange{path, old, now};
    }

    QList<ConfigChange> changes;

private:
    /// True for a list of which every element is known by a name of its own.
    static bool hasNames(const JsonOutline &outline, int index)
    {
        const JsonNode &node = outline.node(index);
        if (node.kind != JsonNode::Kind::Array)
            return false;
        for (qsizetype i = 0; i < node.children.size(); ++i) {
            if (!outline.step(index, i).startsWith(u'#'))
                return false;
        }
        return true;
    }

    void compareMembers(int before, int after, const QStringList &path)
    {
        const JsonNode &now = m_after.node(after), &old = m_before.node(before);
        for (qsizetype i = 0; i < now.children.size(); ++i) {
            const QStringList at = path + QStringList{m_after.step(after, i)};
            const int was = m_before.child(before, at.last());
            if (was >= 0)
                compare(was, now.children[i], at);
            else if (changes.size() < m_maximum)
                changes << ConfigChange{at, std::nullopt,
                                        minifiedJson(m_after.textOf(now.children[i]))};
        }
        for (qsizetype i = 0; i < old.children.size() && changes.size() < m_maximum; ++i) {
            const QString step = m_before.step(before, i);
            if (m_after.child(after, step) < 0)
                changes << ConfigChange{path + QStringList{step},
                                        minifiedJson(m_before.textOf(old.children[i])),
                                        std::nullopt};
        }
    }

    const JsonOutline &m_before, &m_after;
    qsizetype m_maximum;
};

QString shown(const QByteArray &json)
{
    return oneLine(QString::fromUtf8(json), longestValue);
}

/// "mysql 3306" of role and instance.
QString placeOf(const QStringList &path)
{
    const QString instance = path.value(2);
    const QString role = oneLine(path.value(1), 64);
    if (instance.isEmpty())
        return role;
    return instance == u"_" ? ConfigDifferenceText::tr("all of %1").arg(role)
                            : oneLine(serviceName(path.value(1), instance), 130);
}

/// What a change is about: "Service mysql 3306, alive port".
QString subjectOf(const QStringList &path)
{
    const QString section = path.value(0);
    qsizetype rest = 1;
    QString subject = oneLine(section, 64);
    if (section == u"services" && path.size() > 1) {
        subject = ConfigDifferenceText::tr("Service %1").arg(placeOf(path));
        rest = 3;
    } else if (section == u"controlled" && path.size() > 1) {
        subject = ConfigDifferenceText::tr("Action of %1").arg(placeOf(path));
        rest = 3;
    } else if (section == u"schedule" && path.size() > 1) {
        subject = ConfigDifferenceText::tr("Schedule entry %1")
                      .arg(oneLine(path[1].startsWith(u'#') ? path[1].mid(1) : path[1], 64));
        rest = 2;
    } else if (section == u"alerts" && path.size() > 1) {
        subject = ConfigDifferenceText::tr("Alert %1")
                      .arg(oneLine(path[1].startsWith(u'#') ? path[1].mid(1) : path[1], 64));
        rest = 2;
    }
    QStringList names;
    for (const QString &step : path.mid(rest))
        names << oneLine(step.startsWith(u'#') ? step.mid(1) : step, 64);
    return names.isEmpty() ? subject : subject + u", "_s + names.join(u' ');
}

} // namespace

QList<ConfigChange> configChanges(const QByteArray &before, const QByteArray &after,
                                  qsizetype maximum)
{
    if (before == after)
        return {};
    const auto old = JsonOutline::read(before, u"the text"_s),
               now = JsonOutline::read(after, u"the text"_s);
    if (!old || !now)
        return {};
    ValueComparison comparison(*old, *now, maximum);
    comparison.compare(0, 0, {});
    return comparison.changes;
}

QString changeSentence(const ConfigChange &change)
{
    const QString subject = subjectOf(change.path);
    if (!change.before)
        return ConfigDifferenceText::tr("%1 is new: %2").arg(subject, shown(*change.after));
    if (!change.after)
        return ConfigDifferenceText::tr("%1 is removed, it was %2")
            .arg(subject, shown(*change.before));
    return ConfigDifferenceText::tr("%1 becomes %2, it was %3")
        .arg(subject, shown(*change.after), shown(*change.before));
}

QByteArray withChanges(QByteArray document, const QList<ConfigChange> &changes)
{
    for (const ConfigChange &change : changes) {
        const auto splice = change.after ? setJson(document, change.path, *change.after)
                                         : removeJson(document, change.path);
        if (splice)
            splice->apply(document);
    }
    return document;
}

} // namespace Treewarden
