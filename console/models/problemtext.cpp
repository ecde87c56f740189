// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/problemtext.h"

#include "console/models/fleettext.h"
#include "shared/core/textformat.h"

#include <QCoreApplication>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostNamedServices = 12;

struct Problems
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::Problems)

public:
    static QString wentWith(const QStringList &services);
    static QString serverDetail(const Problem &problem, qint64 now);
    static QString serviceTitle(const FleetState &state, const Problem &problem);
};

QString nameOf(const QString &service)
{
    const auto id = ServiceId::parse(service);
    return id ? serviceName(id->role, id->instance) : oneLine(service, 64);
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

QString Problems::serverDetail(const Problem &problem, qint64 now)
{
    QStringList sentences;
    if (problem.health == Health::Died)
        sentences << tr("Its agent has stopped or cannot reach Redis.");
    else if (problem.since)
        sentences
            << tr("Nobody knows its state since %1; its agent may be stopped, or nobody sweeps.")
                   .arg(formatDuration(qMax<qint64>(0, now - problem.since)));
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

AffectedRole affectedRole(const FleetState &state, const QString &path, qint64 now)
{
    const QString id = path.section(u'/', 0, 0), name = path.section(u'/', 1);
    AffectedRole affected{id, oneLine(path, 130)};
    const auto tree = state.trees.constFind(id);
    if (tree == state.trees.cend())
        return affected;
    for (const PaasRole &role : tree->roles) {
        if (role.role != name)
            continue;
        const RoleHealth rolled = roleHealth(state, *tree, role, now);
        affected.text = Problems::tr("%1 / %2, %3 of %4 alive")
                            .arg(id, roleTitle(role))
                            .arg(rolled.alive)
                            .arg(rolled.total);
    }
    return affected;
}

} // namespace

ProblemText problemText(const FleetState &state, const Problem &problem, qint64 now)
{
    ProblemText text{problem.health, problem.ip, problem.since, {}, {}, {}};
    if (problem.service) {
        text.title = Problems::serviceTitle(state, problem);
        ServiceState told;
        told.reason = problem.reason, told.code = problem.code, told.args = problem.args;
        text.detail = reasonText(told);
    } else {
        const QString server = serverText(state, problem.ip);
        text.title = problem.health == Health::Died ? Problems::tr("Server %1 died").arg(server)
                                                    : Problems::tr("Server %1 unknown").arg(server);
        text.detail = Problems::serverDetail(problem, now);
    }
    for (const QString &role : problem.roles)
        text.roles << affectedRole(state, role, now);
    return text;
}

} // namespace Treewarden
