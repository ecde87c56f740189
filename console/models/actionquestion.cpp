// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actionquestion.h"

#include "console/models/actioncentre.h"
#include "console/models/actiondesk.h"
#include "console/models/actiontext.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/models/maintenancetext.h"
#include "console/models/treedetails.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The file's texts under one heading for translators.
struct QuestionText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::ActionQuestion)
};

Health healthOf(const FleetState &state, const CommandOrder &order, qint64 now)
{
    const auto server = state.servers.constFind(order.ip);
    if (server == state.servers.cend())
        return Health::Unknown;
    if (isSystem(order))
        return serverHealth(state, *server, now);
    const auto service = server->services.constFind(order.service);
    return service == server->services.cend() ? Health::Unknown
                                              : serviceHealth(state, *server, *service, now);
}

/// "mysql 3301, 3302, redis 6379": a role is named once.
QString servicesText(const QList<CommandOrder> &orders)
{
    QStringList names;
    QString last;
    for (const CommandOrder &order : orders) {
        const QString &role = order.service.role, &instance = order.service.instance;
        names << (role == last && instance != u"default" ? oneLine(instance, 64)
                                                         : serviceName(role, instance));
        last = role;
    }
    return names.join(QuestionText::tr(", "));
}

QString placeText(const FleetState &state, const QString &ip)
{
    const QString name = serverText(state, ip);
    return name == ip ? name : QuestionText::tr("%1, %2", "server, ip").arg(name, oneLine(ip, 64));
}

QList<ActionQuestion::Hit> hitsOf(const FleetState &state, const QList<CommandOrder> &orders,
                                  qint64 now)
{
    QList<ActionQuestion::Hit> hits;
    QStringList ips;
    for (const CommandOrder &order : orders) {
        if (!ips.contains(order.ip))
            ips << order.ip;
    }
    for (const QString &ip : ips) {
        QList<CommandOrder> here = orders;
        here.removeIf([&](const CommandOrder &order) { return order.ip != ip; });
        Health worst = Health::Alive;
        for (const CommandOrder &order : here)
            worst = std::max(worst, healthOf(state, order, now));
        hits << (isSystem(here.first())
                     ? ActionQuestion::Hit{worst, serverText(state, ip), oneLine(ip, 64)}
                     : ActionQuestion::Hit{worst, servicesText(here), placeText(state, ip)});
    }
    return hits;
}

/// The host's name where a person can type it, else its ip.
QString typedName(const FleetState &state, const QString &ip)
{
    const QString name = state.servers.value(ip).info.hostname;
    return isValidName(name) ? name : ip;
}

QString typedWordOf(const FleetState &state, const QList<CommandOrder> &orders)
{
    const QString ip = orders.first().ip;
    const bool isOneServer = std::all_of(orders.begin(), orders.end(),
                                         [&](const CommandOrder &order) { return order.ip == ip; });
    return isOneServer ? typedName(state, ip) : QString::number(orders.size());
}

void addImpact(ActionQuestion &question, const FleetState &state, const ActionImpact &impact)
{
    question.impact = impact;
    for (const ImpactLine &line : impact.lines) {
        const auto tree = state.trees.constFind(line.tree);
        const PaasRole *role = tree == state.trees.cend() ? nullptr : findRole(*tree, line.role);
        question.impactNames << QuestionText::tr("%1 / %2", "tree, role")
                                    .arg(oneLine(line.tree, 64),
                                         role ? roleTitle(*role) : oneLine(line.role, 64));
    }
}

} // namespace

ActionQuestion questionOf(ActionCentre &centre, const QList<CommandOrder> &orders)
{
    ActionQuestion question;
    if (orders.isEmpty())
        return question;
    const FleetState &state = centre.source().state();
    const CommandOrder &first = orders.first();
    question.title = QuestionText::tr("%1?", "an action").arg(actionPhrase(state, orders));
    question.verb = actionVerb(orders);
    question.signer = centre.keys().name();
    question.hits = hitsOf(state, orders, centre.source().now());
    addImpact(question, state, centre.desk().impactOf(orders, 0));
    question.isDangerous
        = first.action == u"stop" || first.action == u"shutdown" || isSystem(first);
    if (question.isDangerous || orders.size() > mostWithoutTyping)
        question.typedWord = typedWordOf(state, orders);
    question.isTwoSteps = isSystem(first) && first.action == u"restart";
    question.hasOrder = orders.size() > 1;
    return question;
}

ActionQuestion questionOf(ActionCentre &centre, const RollingPlan &plan)
{
    ActionQuestion question;
    const FleetState &state = centre.source().state();
    QList<CommandOrder> orders;
    for (const PaasInstance &instance : plan.instances)
        orders << CommandOrder{instance.ip, {plan.role, instance.instance}, plan.action, {}};
    const ActionScope scope{{}, plan.tree, plan.role};
    question.title = QuestionText::tr("%1, a few at a time?", "an action on a role")
                         .arg(actionOn(plan.action, targetText(state, scope)));
    question.verb = actionVerb(orders);
    question.signer = centre.keys().name();
    addImpact(question, state, centre.desk().impactOf(orders, qMax(1, plan.batch)));
    question.isDangerous = plan.action == u"stop";
    if (question.isDangerous || orders.size() > mostWithoutTyping)
        question.typedWord = plan.role;
    return question;
}

} // namespace Treewarden
