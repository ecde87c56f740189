// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/eventfilter.h"

#include "console/models/fleettext.h"
#include "console/models/pasttext.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

std::optional<Health> healthOfWord(const QString &word)
{
    for (const Health health :
         {Health::Alive, Health::Maintenance, Health::Unknown, Health::Degraded, Health::Died}) {
        if (word.compare(healthWord(health), Qt::CaseInsensitive) == 0)
            return health;
    }
    return std::nullopt;
}

} // namespace

EventFilter::EventFilter(const QString &text, qint64 now)
    : m_text(text.trimmed())
{
    const QStringList words = m_text.left(500).simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const bool isNegated = word.size() > 1 && word.startsWith(u'-');
        if (!isNegated) {
            m_terms << termOf(word, now);
            continue;
        }
        const qint64 earliest = m_earliest;
        const Term term = termOf(word.mid(1), now);
        m_earliest = earliest; // of what is excluded
        m_terms << [term](const EventRecord &record) { return !term(record); };
    }
}

bool EventFilter::matches(const EventRecord &record) const
{
    return std::all_of(m_terms.begin(), m_terms.end(),
                       [&record](const Term &term) { return term(record); });
}

EventFilter::Term EventFilter::termOf(const QString &word, qint64 now)
{
    if (const auto health = healthOfWord(word))
        return [health](const EventRecord &record) { return record.health == health; };
    if (word.contains(u':')) {
        const QString name = word.section(u':', 0, 0).toLower(), part = word.section(u':', 1);
        if (name == u"since" || name == u"until")
            return timeOf(name, part, now);
        if (Term field = fieldOf(name, part))
            return field;
    }
    return [part = word.toLower()](const EventRecord &record) {
        return record.searchText.contains(part);
    };
}

EventFilter::Term EventFilter::timeOf(const QString &name, const QString &value, qint64 now)
{
    const auto moment = parseMoment(value, now);
    if (!moment) // still being typed: nothing disappears yet
        return [](const EventRecord &) { return true; };
    if (name == u"until")
        return [end = *moment](const EventRecord &record) { return record.time <= end; };
    m_earliest = std::max(m_earliest, *moment);
    return [begin = *moment](const EventRecord &record) { return record.time >= begin; };
}

EventFilter::Term EventFilter::fieldOf(const QString &name, const QString &part)
{
    static const QHash<QString, QString EventRecord::*> contained{
        {u"role"_s, &EventRecord::role},  {u"instance"_s, &EventRecord::instance},
        {u"name"_s, &EventRecord::where}, {u"server"_s, &EventRecord::where},
        {u"who"_s, &EventRecord::who},    {u"paas"_s, &EventRecord::paas},
        {u"why"_s, &EventRecord::detail},
    };
    if (const auto field = contained.value(name))
        return [field, part](const EventRecord &record) {
            return (record.*field).contains(part, Qt::CaseInsensitive);
        };
    if (name == u"type" || name == u"ip") {
        const auto field = name == u"type" ? &EventRecord::type : &EventRecord::ip;
        return [field, part](const EventRecord &record) {
            return (record.*field).startsWith(part, Qt::CaseInsensitive);
        };
    }
    if (name == u"state")
        return [part](const EventRecord &record) {
            return record.state.startsWith(part, Qt::CaseInsensitive)
                || (record.health
                    && (healthWord(*record.health).startsWith(part, Qt::CaseInsensitive)
                        || healthText(*record.health).startsWith(part, Qt::CaseInsensitive)));
        };
    return {};
}

} // namespace Treewarden
