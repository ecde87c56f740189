// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/problemtext.h"

#include "console/models/fleettext.h"
#include "shared/core/textformat.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QSet>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostNamedServices = 12, mostNamedRoles = 4;
constexpr qsizetype fewAlike = 5; ///< of the same service, that are told one by one
constexpr qint64 atOnce = 60'000; ///< ms, within which many deaths are one

using Several = QList<const Problem *>;

struct Problems
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::Problems)

public:
    static QString wentWith(const QStringList &services);
    static QString serverDetail(const FleetState &state, const Problem &problem, qint64 now);
    static QString serviceTitle(const FleetState &state, const Problem &problem);
    static QString neededBy(const FleetState &state, const QStringList &dependents);
    static ProblemText massText(const FleetState &state, const Several &problems, qint64 now,
                                const FleetRollup *rollup);
    static ProblemText alikeText(const FleetState &state, const Several &problems, qint64 now,
                                 const FleetRollup *rollup);
};

QString nameOf(const QString &service)
{
    const auto id = ServiceId::parse(service);
    return id ? serviceName(id->role, id->instance) : oneLine(service, 64);
}

/// Another sentence may follow.
QString endedText(const QString &sentence)
{
    return sentence.endsWith(u'.') || sentence.endsWith(u'。') ? sentence : sentence + u'.';
}

QString Problems::neededBy(const FleetState &state, const QStringList &dependents)
{
    QStringList names;
    for (const QString &path : dependents.first(qMin(mostNamedRoles, dependents.size()))) {
        const auto tree = state.trees.constFind(path.section(u'/', 0, 0));
        const QString name = path.section(u'/', 1);
        QString title = name;
        for (const PaasRole &role : tree == state.trees.cend() ? QList<PaasRole>() : tree->roles)
            title = role.role == name ? roleTitle(role) : title;
        names << oneLine(path.section(u'/', 0, 0), 64) + u" / "_s + oneLine(title, 64);
    }
    if (dependents.size() > mostNamedRoles)
        names << tr("%1 more").arg(dependents.size() - mostNamedRoles);
    return names.isEmpty() ? QString() : tr("It is needed by %1.").arg(names.join(tr(", ")));
}

QString Problems::wentWith(const QStringList &services)
{
    if (services.isEmpty())
        return {};
    if (services.size() == 1)
        return tr("1 service went with it: %1.").arg(nameOf(services.first()));
    QStringList names;
    for (const QString &service : services.first(qMin(mostNamedServices, services.size())))
        names << nameOf(service);
    if (services.size() > mostNamedServices)
        names << tr("%1 more").arg(services.size() - mostNamedServices);
    return tr("%1 services went with it: %2.").arg(services.size()).arg(names.join(tr(", ")));
}

QString Problems::serverDetail(const FleetState &state, const Problem &problem, qint64 now)
{
    QStringList sentences;
    if (problem.health == Health::Died)
        sentences << tr("Its agent has stopped or cannot reach Redis.");
    else if (problem.since)
        sentences
            << tr("Nobody knows its state since %1; its agent may be stopped, or nobody sweeps.")
                   .arg(formatDuration(qMax<qint64>(0, now - problem.since)));
    else if (state.servers.value(problem.ip).wasSeen)
        sentences << tr("How it stood is not remembered."); // in the past
    else
        sentences << tr("Its agent has never reported.");
    sentences << wentWith(problem.services);
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

QString Problems::serviceTitle(const FleetState &state, const Problem &problem)
{
    const QString service = tr("%1 on %2", "service on server")
                                .arg(serviceName(problem.service->role, problem.service->instance),
                                     serverText(state, problem.ip));
    return problem.health == Health::Unknown ? tr("%1 unknown").arg(service)
                                             : tr("%1 died").arg(service);
}

AffectedRole affectedRole(const FleetState &state, const QString &path, qint64 now,
                          const FleetRollup *rollup)
{
    const QString id = path.section(u'/', 0, 0), name = path.section(u'/', 1);
    AffectedRole affected{path, oneLine(path, 130)};
    const auto tree = state.trees.constFind(id);
    if (tree == state.trees.cend())
        return affected;
    for (qsizetype i = 0; i < tree->roles.size(); ++i) {
        const PaasRole &role = tree->roles[i];
        if (role.role != name)
            continue;
        const RoleHealth rolled
            = rollup ? rollup->role(id, i) : roleHealth(state, *tree, role, now);
        affected.text = Problems::tr("%1 / %2, %3 of %4 alive")
                            .arg(id, roleTitle(role), QLocale().toString(rolled.alive),
                                 QLocale().toString(rolled.total));
    }
    return affected;
}

} // namespace

ProblemText problemText(const FleetState &state, const Problem &problem, qint64 now,
                        const FleetRollup *rollup)
{
    ProblemText text{problem.health, problem.ip, 0, problem.since, {}, {}, {}, problem.service};
    if (problem.service) {
        text.title = Problems::serviceTitle(state, problem);
        ServiceState told;
        told.reason = problem.reason, told.code = problem.code, told.args = problem.args;
        text.detail = reasonText(told);
    } else {
        const QString server = serverText(state, problem.ip);
        text.title = problem.health == Health::Died ? Problems::tr("Server %1 died").arg(server)
                                                    : Problems::tr("Server %1 unknown").arg(server);
        text.detail = Problems::serverDetail(state, problem, now);
    }
    const QString needed = Problems::neededBy(state, problem.dependents);
    if (!needed.isEmpty())
        text.detail = text.detail.isEmpty() ? needed : endedText(text.detail) + u' ' + needed;
    for (const QString &role : problem.roles)
        text.roles << affectedRole(state, role, now, rollup);
    return text;
}

namespace {

/// Those of most of the fleet that died within a minute, or are unknown, if there are more than
/// three.
Several massOf(const QList<Problem> &problems, qsizetype servers, Health health)
{
    Several wanted;
    for (const Problem &problem : problems) {
        if (!problem.service && problem.health == health && problem.since > 0)
            wanted << &problem;
    }
    if (wanted.size() <= 3 || wanted.size() * 2 <= servers)
        return {};
    std::sort(wanted.begin(), wanted.end(),
              [](const Problem *a, const Problem *b) { return a->since < b->since; });
    qsizetype begin = 0, best = 0, length = 0;
    for (qsizetype end = 0; health == Health::Died && end < wanted.size(); ++end) {
        while (wanted[end]->since - wanted[begin]->since > atOnce)
            ++begin;
        if (end - begin + 1 > length)
            best = begin, length = end - begin + 1;
    }
    const Several together = health == Health::Died ? wanted.mid(best, length) : wanted;
    return together.size() > 3 && together.size() * 2 > servers ? together : Several();
}

QList<AffectedRole> rolesOf(const FleetState &state, const Several &problems, qint64 now,
                            const FleetRollup *rollup)
{
    QStringList paths;
    for (const Problem *problem : problems) {
        for (const QString &path : problem->roles) {
            if (!paths.contains(path) && paths.size() < 100)
                paths << path;
        }
    }
    paths.sort();
    QList<AffectedRole> roles;
    for (const QString &path : std::as_const(paths))
        roles << affectedRole(state, path, now, rollup);
    return roles;
}

} // namespace

ProblemText Problems::massText(const FleetState &state, const Several &problems, qint64 now,
                               const FleetRollup *rollup)
{
    ProblemText text;
    text.health = problems.first()->health;
    text.servers = int(problems.size());
    text.since = problems.first()->since;
    const QLocale locale;
    const QString count = locale.toString(problems.size()),
                  all = locale.toString(state.servers.size());
    if (text.health == Health::Died) {
        text.title = tr("%1 of %2 servers died at once").arg(count, all);
        text.detail = tr("So many rarely die together by themselves: look at Redis and the network "
                         "first.");
    } else {
        text.title = tr("%1 of %2 servers are unknown").arg(count, all);
        text.detail = tr("Nobody judges their silence: look whether treewarden-web runs, which "
                         "sweeps, and at the network.");
        text.since = 0;
    }
    text.roles = rolesOf(state, problems, now, rollup);
    return text;
}

/// One service on many servers: a bad update rather than many accidents.
ProblemText Problems::alikeText(const FleetState &state, const Several &problems, qint64 now,
                                const FleetRollup *rollup)
{
    const Problem &first = *problems.first();
    ProblemText text;
    text.health = first.health;
    text.servers = int(problems.size());
    const QString name = serviceName(first.service->role, first.service->instance),
                  count = QLocale().toString(problems.size());
    text.title = first.health == Health::Unknown ? tr("%1 unknown on %2 servers").arg(name, count)
                                                 : tr("%1 died on %2 servers").arg(name, count);
    QStringList names;
    for (const Problem *problem : problems) {
        text.since = std::max(text.since, problem->since);
        if (names.size() < 3)
            names << serverText(state, problem->ip);
    }
    text.detail
        = tr("The same on so many has one cause, a change of all of them perhaps: %1 and "
             "%2 more.")
              .arg(names.join(tr(", ")), QLocale().toString(problems.size() - names.size()));
    text.roles = rolesOf(state, problems, now, rollup);
    return text;
}

ProblemOverview problemOverview(const FleetState &state, const FleetRollup &rollup, qint64 now,
                                qsizetype most)
{
    return problemOverview(state, rollup.problems(state, now), rollup, now, most);
}

ProblemOverview problemOverview(const FleetState &state, const QList<Problem> &problems,
                                const FleetRollup &rollup, qint64 now, qsizetype most)
{
    ProblemOverview overview;
    QSet<QString> told; ///< servers
    for (const Health health : {Health::Died, Health::Unknown}) {
        const Several mass = massOf(problems, state.servers.size(), health);
        if (mass.isEmpty())
            continue;
        for (const Problem *problem : mass)
            told << problem->ip;
        overview.texts << Problems::massText(state, mass, now, &rollup);
    }
    QHash<std::pair<ServiceId, int>, Several> alike; ///< also by health
    for (const Problem &problem : problems) {
        if (problem.service)
            alike[{*problem.service, int(problem.health)}] << &problem;
    }
    overview.count = overview.texts.size();
    for (const Problem &problem : problems) {
        if (!problem.service && told.contains(problem.ip))
            continue;
        const Several same
            = problem.service ? alike.value({*problem.service, int(problem.health)}) : Several();
        const bool isMany = same.size() > fewAlike;
        if (isMany && same.first() != &problem)
            continue; // told with the first of them
        ++overview.count;
        if (overview.texts.size() < most)
            overview.texts << (isMany ? Problems::alikeText(state, same, now, &rollup)
                                      : problemText(state, problem, now, &rollup));
    }
    return overview;
}

} // namespace Treewarden
