// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configentries.h"

#include "console/models/fleettext.h"
#include "shared/core/textformat.h"
#include "shared/fleet/alerttext.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostEntries = 4000;

/// The translation context of entries.
struct ConfigEntryText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::ConfigEntryText)
};

/// How many levels of names below its field an entry of the part is.
int depthOf(ConfigSection section)
{
    switch (section) {
    case ConfigSection::Services:
        return 2;
    case ConfigSection::Controlled:
        return 3;
    case ConfigSection::Schedule:
    case ConfigSection::Logs:
    case ConfigSection::Alerts:
        return 1;
    case ConfigSection::Intervals:
        return 0;
    }
    return 0;
}

QString named(const QString &role, const QString &instance)
{
    return instance == allInstances ? ConfigEntryText::tr("all of %1").arg(oneLine(role, 64))
                                    : oneLine(serviceName(role, instance), 130);
}

QString titleOf(ConfigSection section, const QStringList &path)
{
    const QString last = path.last().startsWith(u'#') ? path.last().mid(1) : path.last();
    switch (section) {
    case ConfigSection::Services:
        return named(path.value(1), path.value(2));
    case ConfigSection::Controlled:
        return path.value(1) == u"system"
            ? ConfigEntryText::tr("%1 of the server", "action").arg(oneLine(path.value(3), 64))
            : ConfigEntryText::tr("%1 of %2", "action, service")
                  .arg(oneLine(path.value(3), 64),
                       path.value(2) == u"default" ? oneLine(path.value(1), 64)
                                                   : named(path.value(1), path.value(2)));
    case ConfigSection::Intervals:
        return ConfigEntryText::tr("Intervals and ping");
    default:
        return oneLine(last, 100);
    }
}

QString checkText(const QJsonValue &check)
{
    const QJsonObject object = check.toObject();
    if (object.contains(u"cmd"_s))
        return oneLine(object[u"cmd"_s].toString(), 100);
    return oneLine(object[u"probe"_s].toString(), 64);
}

QString detailOf(ConfigSection section, const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    switch (section) {
    case ConfigSection::Services: {
        const QString check = checkText(object[u"alive"_s]);
        if (object[u"protected"_s].toBool())
            return check.isEmpty() ? ConfigEntryText::tr("protected")
                                   : ConfigEntryText::tr("%1, protected", "check").arg(check);
        return check;
    }
    case ConfigSection::Controlled:
        return oneLine(value.isString() ? value.toString()
                           : object.contains(u"unit"_s)
                           ? object[u"unit"_s].toString()
                           : QString::fromUtf8(jsonText(object[u"argv"_s])),
                       100);
    case ConfigSection::Schedule:
        return oneLine(object[u"cron"_s].toString(), 60)
            + (object[u"enabled"_s].toBool(true) ? QString()
                                                 : ConfigEntryText::tr(", switched off"));
    case ConfigSection::Logs:
        return oneLine(object[u"format"_s].toString(), 40);
    case ConfigSection::Alerts:
        return alertConditionText(object);
    default:
        return {};
    }
}

bool isInside(const QStringList &path, const QStringList &entry)
{
    const qsizetype shared = qMin(path.size(), entry.size());
    return path.first(shared) == entry.first(shared);
}

/// Gathers the entries of one document after another.
class EntryCollection
{
public:
    explicit EntryCollection(ConfigSection section)
        : m_section(section)
    {
    }

    void add(const ConfigDraft &draft)
    {
        const JsonOutline *outline = draft.outline();
        if (!outline)
            return;
        m_outline = outline;
        m_draft = &draft;
        m_changes = draft.isChanged() ? draft.changes() : QList<ConfigChange>();
        const QStringList start{sectionField(m_section)};
        if (m_section == ConfigSection::Intervals)
            addEntry(outline->find(start), start);
        else if (const int index = outline->find(start); index >= 0 && mayHold(index))
            walk(index, start, depthOf(m_section));
    }

    QList<ConfigEntry> entries;

private:
    /// Alerts that are no list have nothing that a form could show.
    bool mayHold(int index) const
    {
        return m_section != ConfigSection::Alerts
            || m_outline->node(index).kind == JsonNode::Kind::Array;
    }

    void walk(int index, const QStringList &path, int depth)
    {
        if (depth == 0)
            return addEntry(index, path);
        const JsonNode &node = m_outline->node(index);
        for (qsizetype i = 0; i < node.children.size(); ++i)
            walk(node.children[i], path + QStringList{m_outline->step(index, i)}, depth - 1);
    }

    void addEntry(int index, const QStringList &path)
    {
        const QString key = path.join(u'\0');
        qsizetype at = m_rows.value(key, -1);
        if (at < 0 && entries.size() >= mostEntries)
            return;
        if (at < 0) {
            at = entries.size();
            m_rows.insert(key, at);
            entries << ConfigEntry{path,
                                   titleOf(m_section, path),
                                   detailOf(m_section, m_outline->valueOf(index)),
                                   false,
                                   false,
                                   0};
        }
        ConfigEntry &entry = entries[at];
        ++entry.count;
        entry.isChanged
            = entry.isChanged
            || std::any_of(m_changes.begin(), m_changes.end(), [&](const ConfigChange &change) {
                   return isInside(change.path, path)
                       || (m_section == ConfigSection::Intervals && change.path.first() == u"ping");
               });
        if (index < 0)
            return;
        const int from = m_outline->lineAt(m_outline->node(index).nameStart),
                  to = m_outline->lineAt(m_outline->node(index).end);
        entry.hasError = entry.hasError
            || std::any_of(m_draft->issues.begin(), m_draft->issues.end(),
                           [&](const PlacedIssue &issue) {
                               return issue.isError() && issue.line >= from && issue.line <= to;
                           });
    }

    ConfigSection m_section;
    QHash<QString, qsizetype> m_rows;
    const JsonOutline *m_outline = nullptr;
    const ConfigDraft *m_draft = nullptr;
    QList<ConfigChange> m_changes;
};

} // namespace

QString sectionField(ConfigSection section)
{
    const QString names[]
        = {u"services"_s, u"controlled"_s, u"schedule"_s, u"logs"_s, u"alerts"_s, u"intervals"_s};
    return names[int(section)];
}

QString elementKey(const QString &field)
{
    return field == u"logs" ? u"path"_s : field == u"alerts" ? u"name"_s : u"id"_s;
}

QList<ConfigEntry> configEntries(const ConfigSession &session, ConfigSection section)
{
    EntryCollection collection(section);
    for (const int target : session.targets())
        collection.add(session.drafts()[target]);
    return collection.entries;
}

void ConfigEntryList::setSession(const std::shared_ptr<ConfigSession> &session)
{
    m_session = session;
    rebuild();
}

void ConfigEntryList::setSection(ConfigSection section)
{
    m_section = section;
    rebuild();
}

/// Reset only where rows come or go; else what they say changes in its place.
void ConfigEntryList::rebuild()
{
    const QList<ConfigEntry> entries
        = m_session ? configEntries(*m_session, m_section) : QList<ConfigEntry>();
    const bool isSame
        = std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(),
                     [](const ConfigEntry &a, const ConfigEntry &b) { return a.path == b.path; });
    if (!isSame) {
        beginResetModel();
        m_entries = entries;
        endResetModel();
    } else if (entries != m_entries) {
        m_entries = entries;
        Q_EMIT dataChanged(index(0), index(int(m_entries.size()) - 1));
    }
}

int ConfigEntryList::rowOf(const QStringList &path) const
{
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        if (m_entries[i].path == path)
            return int(i);
    }
    return -1;
}

int ConfigEntryList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant ConfigEntryList::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ConfigEntry &entry = m_entries[index.row()];
    const auto all = m_session ? m_session->targets().size() : 0;
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case DetailRole:
        return entry.count < all && all > 1 ? tr("%1 of %2 servers").arg(entry.count).arg(all)
                                            : entry.detail;
    case ChangedRole:
        return entry.isChanged;
    case ErrorRole:
        return entry.hasError;
    case Qt::AccessibleTextRole:
        return entry.title + (entry.hasError ? tr(", has an error") : QString())
            + (entry.isChanged ? tr(", changed") : QString());
    default:
        return {};
    }
}

} // namespace Treewarden
