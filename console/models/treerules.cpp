// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treerules.h"

#include "console/models/fleettext.h"
#include "console/models/treechange.h"
#include "shared/core/ipaddress.h"
#include "shared/core/textformat.h"
#include "shared/fleet/grouptext.h"
#include "shared/protocol/serviceid.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The file's texts under one heading for translators.
struct RuleText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::TreeRules)
};

QString nameFault(const QString &name)
{
    return RuleText::tr("'%1' cannot be the name of a role: use 1 to 64 of A-Z a-z 0-9 _ . -")
        .arg(oneLine(name, 80));
}

QString titleFault(const QString &title)
{
    return RuleText::tr("'%1' is too long: a title has at most %2 characters.")
        .arg(oneLine(title, 40))
        .arg(PaasLimits::title);
}

QString instancesFault(const PaasRole &role)
{
    QSet<QString> seen;
    for (const PaasInstance &instance : role.instances) {
        const QString place = instance.ip + u' ' + instance.instance;
        if (!isCanonicalIp(instance.ip))
            return RuleText::tr("'%1' is no address of a server.").arg(oneLine(instance.ip, 80));
        if (!isValidName(instance.instance) || instance.instance == allInstances)
            return RuleText::tr("'%1' cannot be the name of an instance: use 1 to 64 of "
                                "A-Z a-z 0-9 _ . -")
                .arg(oneLine(instance.instance, 80));
        if (seen.contains(place))
            return RuleText::tr("%1 stands in %2 already.").arg(place, roleTitle(role));
        seen.insert(place);
    }
    return {};
}

/// Looks for a way that ends where it began.
class CycleSearch
{
public:
    explicit CycleSearch(const PaasTree &tree)
    {
        for (const PaasRole &role : tree.roles)
            m_needs[role.role] += role.needs;
    }

    bool knows(const QString &role) const { return m_needs.contains(role); }

    /// The roles of a cycle, the first once more at the end; empty when there is none.
    QStringList find()
    {
        for (auto role = m_needs.cbegin(); role != m_needs.cend(); ++role) {
            if (const QStringList cycle = visit(role.key()); !cycle.isEmpty())
                return cycle;
        }
        return {};
    }

private:
    QStringList visit(const QString &role)
    {
        if (m_onWay.contains(role))
            return m_way.mid(m_way.indexOf(role)) << role;
        if (m_done.contains(role))
            return {};
        m_way << role;
        m_onWay.insert(role);
        for (const QString &need : m_needs.value(role)) {
            if (const QStringList cycle = visit(need); !cycle.isEmpty())
                return cycle;
        }
        m_way.removeLast();
        m_onWay.remove(role);
        m_done.insert(role);
        return {};
    }

    QMap<QString, QStringList> m_needs;
    QStringList m_way;
    QSet<QString> m_onWay, m_done;
};

QString needsFault(const PaasTree &tree)
{
    CycleSearch search(tree);
    for (const PaasRole &role : tree.roles) {
        for (const QString &need : role.needs) {
            if (!search.knows(need))
                return RuleText::tr("%1 needs %2, which is no role of this tree.")
                    .arg(roleTitle(role), oneLine(need, 64));
        }
    }
    QStringList cycle = search.find();
    if (cycle.isEmpty())
        return {};
    for (QString &role : cycle)
        role = titleOf(tree, role);
    return RuleText::tr("%1: a role cannot need itself.")
        .arg(cycle.join(RuleText::tr(" needs ", "between the roles of a cycle")));
}

} // namespace

QString roleFaultOf(const PaasRole &role)
{
    if (!isValidName(role.role))
        return nameFault(role.role);
    for (const QString &title : {role.title, role.group}) {
        if (title.size() > PaasLimits::title)
            return titleFault(title);
    }
    if (role.least < 1 || role.least > PaasLimits::instances)
        return RuleText::tr("At least 1 instance must live, at most %1 can.")
            .arg(PaasLimits::instances);
    return instancesFault(role);
}

QString structureFaultOf(const PaasTree &tree)
{
    if (tree.roles.size() > PaasLimits::roles)
        return RuleText::tr("A tree has at most %1 roles: split it.").arg(PaasLimits::roles);
    qsizetype instances = 0;
    QSet<std::pair<QString, QString>> seen;
    for (const PaasRole &role : tree.roles) {
        if (const std::pair place{role.role, role.group}; seen.contains(place))
            return role.group.isEmpty()
                ? RuleText::tr("The role %1 stands in the tree already.").arg(role.role)
                : RuleText::tr("The role %1 stands in %2 already.")
                      .arg(role.role, oneLine(groupText(role.group), 60));
        else
            seen.insert(place);
        instances += role.instances.size();
    }
    if (instances > PaasLimits::instances)
        return RuleText::tr("A tree has at most %1 instances: split it.")
            .arg(PaasLimits::instances);
    return needsFault(tree);
}

QString faultOf(const PaasTree &tree)
{
    if (!isValidName(tree.id))
        return RuleText::tr("'%1' cannot be the id of a tree: use 1 to 64 of A-Z a-z 0-9 _ . -")
            .arg(oneLine(tree.id, 80));
    if (tree.title.size() > PaasLimits::title)
        return titleFault(tree.title);
    for (const PaasRole &role : tree.roles) {
        if (const QString fault = roleFaultOf(role); !fault.isEmpty())
            return fault;
    }
    return structureFaultOf(tree);
}

} // namespace Treewarden
