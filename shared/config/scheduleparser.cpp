// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/scheduleparser.h"

#include "shared/config/configtext.h"
#include "shared/config/controlledparser.h"
#include "shared/config/zoneclock.h"
#include "shared/core/nearestname.h"
#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostEntries = 256, mostConditions = 32, mostNames = 300;
constexpr int mostSuggestions = 10;

/// Reads one schedule; each member function reads one field of an entry.
class ScheduleReader
{
public:
    ScheduleReader(const ScheduleSurroundings &surroundings, ConfigIssues &issues)
        : m_surroundings(surroundings)
        , m_issues(issues)
    {
    }

    QList<ScheduleEntry> read(const QJsonArray &entries)
    {
        for (const auto &entry : entries)
            m_ids << entry.toObject()[u"id"_s].toString();
        QList<ScheduleEntry> schedule;
        for (qsizetype i = 0; i < entries.size(); ++i) {
            m_path = u"schedule.%1"_s.arg(i);
            if (entries[i].isObject())
                schedule << readEntry(entries[i].toObject(), i);
            else
                m_issues.error(m_path,
                               ConfigText::tr("must be an object: {\"id\":…,\"cron\":…,"
                                              "\"role\":…,\"instance\":…,\"action\":…}"));
        }
        return schedule;
    }

private:
    QString at(const QString &field) const { return memberPath(m_path, field); }

    ScheduleEntry readEntry(const QJsonObject &object, qsizetype index)
    {
        static const QStringList known{u"id"_s,       u"cron"_s,      u"role"_s,
                                       u"instance"_s, u"action"_s,    u"timezone"_s,
                                       u"enabled"_s,  u"not_while"_s, u"missed"_s};
        for (const QString &name : object.keys()) {
            if (!known.contains(name))
                m_issues.unknownField(m_path, name, known);
        }
        ScheduleEntry entry;
        entry.id = readId(object, index);
        entry.zone = readZone(object);
        readCron(object, entry);
        entry.service = {readName(object, u"role"_s), readName(object, u"instance"_s)};
        entry.action = readName(object, u"action"_s);
        checkAction(entry);
        entry.isEnabled = readEnabled(object);
        entry.missed = readMissed(object);
        readConditions(object, entry);
        return entry;
    }

    QString readId(const QJsonObject &object, qsizetype index)
    {
        const QString id = readName(object, u"id"_s);
        if (id == whileInMaintenance) {
            m_issues.error(
                at(u"id"_s),
                ConfigText::tr("'maintenance' means the maintenance window in not_while; "
                               "choose another name"));
        }
        const qsizetype first = m_ids.indexOf(id);
        if (!id.isEmpty() && first < index) {
            m_issues.error(at(u"id"_s),
                           ConfigText::tr("'%1' is the id of entry %2, too; give each its own")
                               .arg(oneLine(id, 64))
                               .arg(first));
        }
        return id;
    }

    /// A name of [A-Za-z0-9_.-]{1,64}, or an empty text, which was told.
    QString readName(const QJsonObject &object, const QString &field)
    {
        const QString name = object[field].toString();
        const bool isReserved = field == u"instance"_s && name == allInstances;
        if (isValidName(name) && !isReserved)
            return name;
        m_issues.error(at(field),
                       object.contains(field)
                           ? ConfigText::tr("must be a name: 1 to 64 of A-Z a-z 0-9 _ . -")
                           : ConfigText::tr("missing; write \"%1\":\"NAME\"").arg(field));
        return {};
    }

    QTimeZone readZone(const QJsonObject &object)
    {
        if (!object.contains(u"timezone"_s))
            return QTimeZone::utc();
        const QString name = object[u"timezone"_s].toString();
        if (const auto zone = zoneNamed(name))
            return *zone;
        m_issues.error(
            at(u"timezone"_s),
            ConfigText::tr("'%1' is no time zone that this machine knows; write UTC or a "
                           "name such as Europe/Berlin or Asia/Shanghai (package tzdata)")
                .arg(oneLine(name, 64)));
        return QTimeZone::utc();
    }

    void readCron(const QJsonObject &object, ScheduleEntry &entry)
    {
        const QString path = at(u"cron"_s);
        if (!object[u"cron"_s].isString()) {
            m_issues.error(path,
                           ConfigText::tr("must be a text such as \"30 3 * * mon-fri\" or "
                                          "\"@daily\""));
            return;
        }
        entry.cron = object[u"cron"_s].toString();
        const auto expression = CronExpression::parse(entry.cron);
        if (!expression) {
            m_issues.error(path, expression.error().text);
            return;
        }
        entry.expression = *expression;
        if (expression->isNeverDue()) {
            m_issues.warning(
                path,
                ConfigText::tr("'%1' is never due, for no year has such a day; correct "
                               "the day or the month")
                    .arg(oneLine(entry.cron, 60)));
        }
    }

    void checkAction(const ScheduleEntry &entry)
    {
        static const QStringList forbidden{u"stop"_s, u"restart"_s, u"shutdown"_s};
        if (entry.service.role.isEmpty() || entry.service.instance.isEmpty()
            || entry.action.isEmpty())
            return;
        if (!hasAction(m_surroundings.controlled, entry.service, entry.action)) {
            m_issues.error(at(u"action"_s), unknownAction(entry));
        } else if (forbidden.contains(entry.action) && isProtected(entry.service)) {
            m_issues.warning(
                at(u"action"_s),
                ConfigText::tr(
                    "never runs, for %1 is protected; remove the entry or the protection")
                    .arg(entry.service.text()));
        }
    }

    QString unknownAction(const ScheduleEntry &entry)
    {
        const QString missing = ConfigText::tr("controlled has no action '%1' for %2")
                                    .arg(entry.action, entry.service.text());
        if (m_suggestions >= mostSuggestions)
            return missing;
        const QStringList actions = controlledActions(m_surroundings.controlled, entry.service);
        return actions.isEmpty() ? missing + ConfigText::tr(" and no other; add it there")
                                 : missing + didYouMean(entry.action, actions);
    }

    /// "; did you mean 'restart'?", for the first mistakes only: a hostile configuration may have
    /// thousands, and looking for the nearest name is not free.
    QString didYouMean(const QString &name, const QStringList &known)
    {
        if (++m_suggestions > mostSuggestions)
            return {};
        return ConfigText::tr("; did you mean '%1'?")
            .arg(oneLine(nearestName(name, known.mid(0, mostNames)), 64));
    }

    bool isProtected(const ServiceId &service) const
    {
        const auto &services = m_surroundings.services;
        return m_surroundings.protectedRoles.contains(service.role)
            || std::any_of(services.begin(), services.end(), [&](const ServiceDefinition &one) {
                   return one.id == service && one.isProtected;
               });
    }

    bool readEnabled(const QJsonObject &object)
    {
        const QJsonValue enabled = object[u"enabled"_s];
        if (!enabled.isUndefined() && !enabled.isBool())
            m_issues.error(at(u"enabled"_s), ConfigText::tr("must be true or false"));
        return enabled.toBool(true);
    }

    ScheduleEntry::Missed readMissed(const QJsonObject &object)
    {
        const QJsonValue missed = object[u"missed"_s];
        if (missed == u"run"_s)
            return ScheduleEntry::Missed::Run;
        if (!missed.isUndefined() && missed != u"skip"_s) {
            m_issues.error(
                at(u"missed"_s),
                ConfigText::tr("must be \"skip\" (a missed time is told) or \"run\" (all "
                               "missed times are made up for by one run)"));
        }
        return ScheduleEntry::Missed::Skip;
    }

    void readConditions(const QJsonObject &object, ScheduleEntry &entry)
    {
        const QJsonValue value = object[u"not_while"_s];
        const QJsonArray conditions = value.toArray();
        if ((!value.isUndefined() && !value.isArray()) || conditions.size() > mostConditions) {
            m_issues.error(
                at(u"not_while"_s),
                ConfigText::tr("must be a list of \"maintenance\" and ids of entries, at "
                               "most %1")
                    .arg(mostConditions));
            return;
        }
        for (qsizetype i = 0; i < conditions.size(); ++i)
            readCondition(conditions[i], memberPath(at(u"not_while"_s), QString::number(i)), entry);
        entry.notWhile.removeDuplicates();
    }

    void readCondition(const QJsonValue &value, const QString &path, ScheduleEntry &entry)
    {
        const QString name = value.toString();
        if (name == whileInMaintenance) {
            entry.notInMaintenance = true;
        } else if (!isValidName(name) || !m_ids.contains(name)) {
            const QStringList known = QStringList{whileInMaintenance.toString()} + m_ids;
            m_issues.error(path,
                           ConfigText::tr("must be \"maintenance\" or the id of an entry of this "
                                          "schedule")
                               + didYouMean(name, known));
        } else if (name == entry.id) {
            m_issues.warning(
                path,
                ConfigText::tr("needless: an entry never starts while its own last run "
                               "goes on"));
        } else {
            entry.notWhile << name;
        }
    }

    const ScheduleSurroundings &m_surroundings;
    ConfigIssues &m_issues;
    QStringList m_ids; ///< of all entries, by index
    QString m_path; ///< of the entry that is read
    int m_suggestions = 0;
};

} // namespace

QList<ScheduleEntry> parseSchedule(const QJsonArray &entries,
                                   const ScheduleSurroundings &surroundings, ConfigIssues &issues)
{
    if (entries.size() > mostEntries) {
        issues.error(u"schedule"_s,
                     ConfigText::tr("has %1 entries, more than the %2 that one server may have")
                         .arg(entries.size())
                         .arg(mostEntries));
        return {};
    }
    return ScheduleReader(surroundings, issues).read(entries);
}

} // namespace Treewarden
