// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/core/textformat.h"
#include "shared/fleet/fleetjson.h"
#include "shared/fleet/grouptext.h"
#include "shared/fleet/reasontext.h"

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

/// Draws one tree: platform, groups, roles, instances.
class TreeDrawing
{
public:
    TreeDrawing(const FleetState &state, const PaasTree &tree, VerbCall &call)
        : m_state(state)
        , m_tree(tree)
        , m_out(call.out())
        , m_now(call.now())
    {
    }

    void draw()
    {
        QStringList groups;
        for (const PaasRole &role : m_tree.roles) {
            if (!groups.contains(role.group))
                groups << role.group;
        }
        const QString title
            = m_tree.title == m_tree.id ? QString() : u"  "_s + oneLine(m_tree.title, 80);
        m_out.printLine(m_out.toned(m_tree.id, Tone::Heading) + title + u"  "_s
                        + state(treeHealth(m_state, m_tree, m_now))
                        + m_out.toned(CliText::tr("  version %1").arg(m_tree.version), Tone::Pale));
        for (qsizetype i = 0; i < groups.size(); ++i)
            drawGroup(groups[i], i + 1 == groups.size());
    }

private:
    QString state(Health health) const
    {
        const TableCell cell = stateCell(health);
        return m_out.toned(cell.text, cell.tone);
    }

    void line(const QString &indent, bool isLast, const QString &text)
    {
        m_out.printLine(m_out.toned(indent + (isLast ? u"└─ "_s : u"├─ "_s), Tone::Pale) + text);
    }

    static QString deeper(const QString &indent, bool isLast)
    {
        return indent + (isLast ? u"   "_s : u"│  "_s);
    }

    void drawGroup(const QString &group, bool isLast)
    {
        line({}, isLast, group.isEmpty() ? CliText::tr("Others") : oneLine(groupText(group), 80));
        QList<const PaasRole *> roles;
        for (const PaasRole &role : m_tree.roles) {
            if (role.group == group)
                roles << &role;
        }
        for (qsizetype i = 0; i < roles.size(); ++i)
            drawRole(*roles[i], deeper({}, isLast), i + 1 == roles.size());
    }

    void drawRole(const PaasRole &role, const QString &indent, bool isLast)
    {
        const RoleHealth health = roleHealth(m_state, m_tree, role, m_now);
        QString text = m_out.toned(role.title.isEmpty() ? role.role : oneLine(role.title, 80),
                                   Tone::Heading);
        if (health.total == 0)
            text += m_out.toned(CliText::tr("  no instance"), Tone::Pale);
        else
            text += u"  "_s + state(health.health)
                + u"  %1/%2"_s.arg(health.alive).arg(health.total);
        if (!role.needs.isEmpty())
            text
                += m_out.toned(CliText::tr("  needs %1").arg(role.needs.join(u", "_s)), Tone::Pale);
        line(indent, isLast, text);
        for (qsizetype i = 0; i < role.instances.size(); ++i)
            drawInstance(role, role.instances[i], deeper(indent, isLast),
                         i + 1 == role.instances.size());
    }

    void drawInstance(const PaasRole &role, const PaasInstance &instance, const QString &indent,
                      bool isLast)
    {
        const auto server = m_state.servers.constFind(instance.ip);
        const bool isEnrolled = server != m_state.servers.cend();
        QString text = isEnrolled && !server->info.hostname.isEmpty()
            ? u"%1 (%2)"_s.arg(oneLine(server->info.hostname, 64), instance.ip)
            : instance.ip;
        text += u' ' + instance.instance + u"  "_s
            + state(instanceHealth(m_state, role, instance, m_now));
        line(indent, isLast,
             text + (isEnrolled ? reason(*server, role, instance) : CliText::tr("  not enrolled")));
    }

    /// Since when, and why it is not alive.
    QString reason(const FleetServer &server, const PaasRole &role,
                   const PaasInstance &instance) const
    {
        if (!server.alive.value_or(false))
            return CliText::tr("  the server is not alive");
        const auto service = server.services.constFind({role.role, instance.instance});
        if (service == server.services.cend())
            return CliText::tr("  not watched there");
        const QString why = oneLine(reasonText(service->state), 160);
        return m_out.toned(u"  "_s + ageText(service->state.since, m_now), Tone::Pale)
            + (why.isEmpty() ? why : u"  "_s + why);
    }

    const FleetState &m_state;
    const PaasTree &m_tree;
    Terminal &m_out;
    qint64 m_now;
};

ExitCode refuseUnknown(const VerbCall &call, const FleetState &state, const QString &id)
{
    const QString known = state.trees.keys().join(u", "_s);
    return call.fail(
        known.isEmpty()
            ? CliText::tr("there is no tree '%1', nor any other: treewarden paas set %1 --template")
                  .arg(oneLine(id, 64))
            : CliText::tr("there is no tree '%1'; known are %2").arg(oneLine(id, 64), known),
        ExitCode::BadInput);
}

ExitCode runTree(VerbCall &call)
{
    const auto fleet = call.redis().fleet();
    if (!fleet)
        return call.fail(fleet.failure());
    const FleetState &state = **fleet;
    if (!call.words().isEmpty()) {
        const auto tree = state.trees.constFind(call.word(0));
        if (tree == state.trees.cend())
            return refuseUnknown(call, state, call.word(0));
        if (call.wantsJson())
            call.out().printJson(treeJson(state, *tree, call.now()));
        else
            TreeDrawing(state, *tree, call).draw();
        return ExitCode::Done;
    }
    if (call.wantsJson()) {
        call.out().printJson(treesJson(state, call.now()));
        return ExitCode::Done;
    }
    if (state.trees.isEmpty())
        call.out().printLine(
            CliText::tr("No tree yet. treewarden paas set dev --template makes one to fill."));
    for (auto tree = state.trees.begin(); tree != state.trees.end(); ++tree) {
        if (tree != state.trees.begin())
            call.out().printLine();
        TreeDrawing(state, *tree, call).draw();
    }
    return ExitCode::Done;
}

} // namespace

Verb tree()
{
    Verb verb{u"tree"_s, u"[PAAS]"_s, CliText::tr("The platform's id; all without it."),
              CliText::tr("Draws the service trees with the state of every role and instance.")};
    verb.details = CliText::tr("Examples:\n"
                               "  treewarden tree\n"
                               "  treewarden tree dev --json | jq .health");
    verb.mostWords = 1;
    verb.run = runTree;
    return verb;
}

} // namespace Treewarden::Verbs
