// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treedetails.h"

#include "console/models/fleettext.h"
#include "console/models/maintenancetext.h"
#include "shared/core/textformat.h"

#include <QCoreApplication>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The file's texts under one heading for translators.
struct TreeText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::TreeDetails)
};

QString countText(const RoleHealth &health)
{
    return health.total == 0 ? u"–"_s : aliveText(health.alive, health.total);
}

const FleetService *findService(const FleetState &state, const PaasRole &role,
                                const PaasInstance &instance)
{
    const auto server = state.servers.constFind(instance.ip);
    if (server == state.servers.cend())
        return nullptr;
    const auto service = server->services.constFind({role.role, instance.instance});
    return service == server->services.cend() ? nullptr : &*service;
}

/// Since when an instance stands as it does, ms; 0 when nobody told.
qint64 sinceOf(const FleetState &state, const PaasRole &role, const PaasInstance &instance)
{
    const auto server = state.servers.constFind(instance.ip);
    if (server == state.servers.cend())
        return 0;
    if (!server->alive.value_or(false))
        return server->since;
    const FleetService *service = findService(state, role, instance);
    return service ? service->state.since : 0;
}

TreeDetails::Row instanceRow(const FleetState &state, const PaasRole &role,
                             const PaasInstance &instance, qint64 now)
{
    const qint64 since = sinceOf(state, role, instance);
    QString note = serverText(state, instance.ip);
    if (since > 0)
        note = TreeText::tr("%1, %2", "server, since").arg(note, formatDuration(now - since));
    return {instanceHealth(state, role, instance, now),
            serviceName(role.role, instance.instance),
            note,
            instance.ip,
            {}};
}

TreeDetails::Row roleRow(const PaasTree &tree, const PaasRole &role, const RoleHealth &health)
{
    return {health.health, roleTitle(role), countText(health), {}, tree.id + u'/' + role.role};
}

QString roleSentence(const RoleHealth &health, int least)
{
    const int missing = health.total - health.alive;
    if (health.total == 0)
        return TreeText::tr("No server is named for it yet.");
    switch (health.health) {
    case Health::Alive:
        return TreeText::tr("All of its instances are alive.");
    case Health::Degraded:
        return TreeText::tr("%1 of %2 instances are not alive. The role still serves.")
            .arg(missing)
            .arg(health.total);
    case Health::Died:
        return TreeText::tr("%1 of %2 instances are alive, at least %3 must be. "
                            "The role does not serve.")
            .arg(health.alive)
            .arg(health.total)
            .arg(least);
    case Health::Unknown:
        return TreeText::tr("Nobody tells how it stands.");
    case Health::Maintenance:
        return TreeText::tr("It is in maintenance.");
    }
    return {};
}

/// Those that are not alive, worst first, and the others.
QList<TreeDetails::Section> byHealth(const QList<TreeDetails::Row> &rows, const QString &others)
{
    QList<TreeDetails::Row> bad, good;
    for (const TreeDetails::Row &row : rows)
        (row.health == Health::Alive ? good : bad) << row;
    std::stable_sort(bad.begin(), bad.end(), [](const auto &a, const auto &b) {
        return a.health.value_or(Health::Alive) > b.health.value_or(Health::Alive);
    });
    QList<TreeDetails::Section> sections;
    if (!bad.isEmpty())
        sections << TreeDetails::Section{TreeText::tr("Not alive"), bad, 0};
    if (!good.isEmpty())
        sections << TreeDetails::Section{others, good, 0};
    return sections;
}

/// The instances of a role likewise. Only of those that are named anything is worded.
QList<TreeDetails::Section> instanceSections(const FleetState &state, const PaasRole &role,
                                             qint64 now)
{
    QMap<Health, qsizetype> counts;
    QMap<Health, QList<const PaasInstance *>> named;
    for (const PaasInstance &instance : role.instances) {
        const Health health = instanceHealth(state, role, instance, now);
        if (counts[health]++ < TreeDetails::mostRows)
            named[health] << &instance;
    }
    TreeDetails::Section bad{TreeText::tr("Not alive"), {}, 0}, good{TreeText::tr("Alive"), {}, 0};
    for (auto it = counts.cend(); it != counts.cbegin();) {
        --it; // the worst first
        TreeDetails::Section &section = it.key() == Health::Alive ? good : bad;
        const qsizetype room = TreeDetails::mostRows - section.rows.size();
        const auto &instances = named[it.key()];
        for (const PaasInstance *instance : instances.first(qMin(room, instances.size())))
            section.rows << instanceRow(state, role, *instance, now);
        section.more += it.value() - qMin(room, instances.size());
    }
    QList<TreeDetails::Section> sections;
    for (const TreeDetails::Section &section : {bad, good})
        if (!section.rows.isEmpty())
            sections << section;
    return sections;
}

/// `role` is one of the tree's.
RoleHealth healthOf(const FleetRollup &rollup, const PaasTree &tree, const PaasRole &role)
{
    return rollup.role(tree.id, &role - tree.roles.constData());
}

QList<TreeDetails::Row> orNothing(QList<TreeDetails::Row> rows, const QString &nothing)
{
    if (rows.isEmpty())
        rows << TreeDetails::Row{{}, nothing, {}, {}, {}};
    return rows;
}

} // namespace

const PaasRole *findRole(const PaasTree &tree, const QString &id)
{
    const auto found = std::find_if(tree.roles.begin(), tree.roles.end(),
                                    [&](const PaasRole &role) { return role.role == id; });
    return found == tree.roles.end() ? nullptr : &*found;
}

TreeDetails detailsOf(const FleetRollup &rollup, const PaasTree &tree)
{
    TreeDetails details;
    details.title = oneLine(tree.title.isEmpty() ? tree.id : tree.title, 64);
    details.health = rollup.tree(tree.id);
    int alive = 0, total = 0;
    QList<TreeDetails::Row> rows;
    for (const PaasRole &role : tree.roles) {
        const RoleHealth health = healthOf(rollup, tree, role);
        alive += health.alive;
        total += health.total;
        if (health.total > 0)
            rows << roleRow(tree, role, health);
    }
    details.count = countText({details.health, alive, total});
    details.sentence = total == 0 ? TreeText::tr("No role of it has an instance yet.") : QString();
    details.sections = byHealth(rows, TreeText::tr("Alive"));
    return details;
}

TreeDetails detailsOf(const FleetState &state, const FleetRollup &rollup, const PaasTree &tree,
                      const PaasRole &role, qint64 now)
{
    const RoleHealth health = healthOf(rollup, tree, role);
    TreeDetails details;
    details.title = roleTitle(role);
    details.health = health.health;
    details.count = countText(health);
    details.sentence = roleSentence(health, role.least);
    if (const auto present = presentMaintenance(
            state, {u"paas/%1/%2"_s.arg(tree.id, role.role), u"paas/"_s + tree.id}, now))
        details.sentence = maintenanceText(*present, now);

    QList<TreeDetails::Row> needs, neededBy;
    for (const PaasRole &other : tree.roles) {
        if (role.needs.contains(other.role))
            needs << roleRow(tree, other, healthOf(rollup, tree, other));
        if (other.needs.contains(role.role))
            neededBy << roleRow(tree, other, healthOf(rollup, tree, other));
    }
    details.sections = instanceSections(state, role, now);
    details.sections << TreeDetails::Section{
        TreeText::tr("Needs"), orNothing(needs, TreeText::tr("Nothing in this tree")), 0};
    details.sections << TreeDetails::Section{TreeText::tr("Needed by"),
                                             orNothing(neededBy, TreeText::tr("No other role")), 0};
    const QString rule = health.total == 0
        ? u"–"_s
        : TreeText::tr("all %1 instances are; it serves while %2 of them are")
              .arg(health.total)
              .arg(role.least);
    details.sections << TreeDetails::Section{
        TreeText::tr("Alive when"), {{{}, rule, {}, {}, {}}}, 0};
    return details;
}

TreeDetails detailsOf(const FleetState &state, const PaasRole &role, const PaasInstance &instance,
                      qint64 now)
{
    TreeDetails details;
    details.title = serviceName(role.role, instance.instance);
    details.health = instanceHealth(state, role, instance, now);
    const auto server = state.servers.constFind(instance.ip);
    const FleetService *service = findService(state, role, instance);
    const auto present = presentMaintenance(
        state, {instance.ip, u"%1/%2/%3"_s.arg(instance.ip, role.role, instance.instance)}, now);
    if (present)
        details.sentence = maintenanceText(*present, now);
    else if (server == state.servers.cend())
        details.sentence
            = TreeText::tr("The server %1 is not enrolled.").arg(oneLine(instance.ip, 64));
    else if (!server->alive.value_or(false))
        details.sentence = TreeText::tr("Its server is not alive, so nobody tells how it stands.");
    else if (!service)
        details.sentence = TreeText::tr("Its server is not configured to watch it.");
    else if (details.health != Health::Alive)
        details.sentence = reasonText(service->state);

    const qint64 since = sinceOf(state, role, instance);
    const QString note = since > 0 ? formatDuration(now - since) : u"–"_s;
    TreeDetails::Row place{{}, serverText(state, instance.ip), oneLine(instance.ip, 64), {}, {}};
    if (server != state.servers.cend()) {
        place.health = serverHealth(state, *server, now);
        place.ip = instance.ip;
    }
    details.sections = {{TreeText::tr("Server"), {place}, 0},
                        {TreeText::tr("Since"), {{{}, note, {}, {}, {}}}, 0}};
    return details;
}

} // namespace Treewarden
