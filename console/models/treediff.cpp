// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treediff.h"

#include "console/models/fleettext.h"
#include "shared/core/textformat.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The file's texts under one heading for translators.
struct MergeText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::TreeMerge)
};

/// Walks from one tree to another, a change at a time.
class TreeWalk
{
public:
    TreeWalk(const PaasTree &before, const PaasTree &after)
        : m_now(before)
        , m_after(after)
    {
        for (qsizetype i = 0; i < after.roles.size(); ++i)
            m_placesAfter.insert({after.roles[i].role, after.roles[i].group}, i);
    }

    QList<TreeChange> walk()
    {
        if (m_now.title != m_after.title)
            add({.kind = TreeChange::Kind::SetTitle, .text = m_after.title, .was = m_now.title});
        findPlaces();
        for (const auto &[before, after] : std::as_const(m_moved))
            moveRole(before, after);
        for (const RolePlace &place : std::as_const(m_added))
            addRole(*roleAfter(place));
        removeNeeds();
        moveInstances();
        removeRoles();
        // Twice: bounds and cycles may be in the way as long as something else is not taken out.
        for (int round = 0; round < 2; ++round) {
            for (const PaasRole &role : m_after.roles)
                finishRole(role);
        }
        orderRoles();
        return m_changes;
    }

private:
    /// Which roles are gone, which are new, and which of them are the same role in another place.
    void findPlaces()
    {
        for (const PaasRole &role : m_after.roles) {
            if (!roleNow(placeOf(role)))
                m_added << placeOf(role);
        }
        for (const PaasRole &role : m_now.roles) {
            if (!roleAfter(placeOf(role)))
                m_removed << placeOf(role);
        }
        pair([](const PaasRole &gone, const PaasRole &made) { return gone.role == made.role; });
        pair([](const PaasRole &gone, const PaasRole &made) {
            return gone.group == made.group
                && (gone.instances.isEmpty() ? gone.title == made.title
                                             : gone.instances == made.instances);
        });
    }

    // Trees have hundreds of roles, and most of them are the same before and after.

    const PaasRole *roleAfter(const RolePlace &place) const
    {
        const auto at = m_placesAfter.constFind({place.role, place.group});
        return at == m_placesAfter.cend() ? nullptr : &m_after.roles[*at];
    }

    const PaasRole *roleNow(const RolePlace &place)
    {
        if (m_placesNow.isEmpty()) {
            for (qsizetype i = 0; i < m_now.roles.size(); ++i)
                m_placesNow.insert({m_now.roles[i].role, m_now.roles[i].group}, i);
        }
        const auto at = m_placesNow.constFind({place.role, place.group});
        return at == m_placesNow.cend() ? nullptr : &m_now.roles[*at];
    }

    template<typename Same>
    void pair(Same isSame)
    {
        const QList<RolePlace> removed = m_removed;
        for (const RolePlace &gone : removed) {
            const auto made
                = std::find_if(m_added.begin(), m_added.end(), [&](const RolePlace &place) {
                      return isSame(*roleNow(gone), *roleAfter(place));
                  });
            if (made == m_added.end())
                continue;
            m_moved.append({gone, *made});
            m_removed.removeOne(gone);
            m_added.erase(made);
        }
    }

    /// Adds the change if it can be made; what can't is found again by a later step.
    bool add(const TreeChange &change)
    {
        auto next = changed(m_now, change);
        if (!next || *next == m_now)
            return false;
        m_now = std::move(*next);
        m_placesNow.clear();
        m_changes << change;
        return true;
    }

    void moveRole(const RolePlace &before, const RolePlace &after)
    {
        bool isThere = true;
        if (before.group != after.group)
            isThere = add({.kind = TreeChange::Kind::MoveRole,
                           .role = before,
                           .text = after.group,
                           .was = before.group});
        if (before.role != after.role)
            isThere = add({.kind = TreeChange::Kind::RenameRole,
                           .role = {before.role, after.group},
                           .text = after.role,
                           .was = before.role});
        if (isThere)
            return;
        m_removed << before;
        m_added << after;
    }

    void addRole(const PaasRole &role)
    {
        PaasRole bare = role;
        bare.needs.clear();
        bare.instances.clear();
        add({.kind = TreeChange::Kind::AddRole, .role = placeOf(role), .content = bare});
    }

    void removeNeeds()
    {
        const QList<PaasRole> roles = m_now.roles;
        for (const PaasRole &role : roles) {
            const PaasRole *wanted = roleAfter(placeOf(role));
            for (const QString &need : role.needs) {
                if (wanted ? !wanted->needs.contains(need) : !isKept(need))
                    add({.kind = TreeChange::Kind::RemoveNeed,
                         .role = placeOf(role),
                         .text = need});
            }
        }
    }

    bool isKept(const QString &role) const
    {
        return std::any_of(m_after.roles.begin(), m_after.roles.end(),
                           [&](const PaasRole &one) { return one.role == role; });
    }

    /// What has left one role and come to another is moved.
    void moveInstances()
    {
        QHash<std::pair<QString, QString>, QList<RolePlace>> arrived;
        for (const PaasRole &wanted : m_after.roles) {
            const PaasRole *role = roleNow(placeOf(wanted));
            if (role && role->instances == wanted.instances)
                continue;
            const auto present = instanceSet(role ? role->instances : QList<PaasInstance>());
            for (const PaasInstance &instance : wanted.instances) {
                if (const std::pair key{instance.ip, instance.instance}; !present.contains(key))
                    arrived[key] << placeOf(wanted);
            }
        }
        if (arrived.isEmpty())
            return;
        const QList<PaasRole> roles = m_now.roles;
        for (const PaasRole &role : roles) {
            const PaasRole *wanted = roleAfter(placeOf(role));
            if (wanted && role.instances == wanted->instances)
                continue;
            const auto kept = instanceSet(wanted ? wanted->instances : QList<PaasInstance>());
            for (const PaasInstance &instance : role.instances) {
                const std::pair key{instance.ip, instance.instance};
                const auto places = arrived.find(key);
                if (kept.contains(key) || places == arrived.end() || places->isEmpty())
                    continue;
                add({.kind = TreeChange::Kind::MoveInstance,
                     .role = placeOf(role),
                     .target = places->takeFirst(),
                     .instance = instance});
            }
        }
    }

    static QSet<std::pair<QString, QString>> instanceSet(const QList<PaasInstance> &instances)
    {
        QSet<std::pair<QString, QString>> set;
        for (const PaasInstance &instance : instances)
            set.insert({instance.ip, instance.instance});
        return set;
    }

    /// Those that nobody needs first, so that those that needed others go before them.
    void removeRoles()
    {
        bool hasRemoved = true;
        while (hasRemoved && !m_removed.isEmpty()) {
            hasRemoved = false;
            const QList<RolePlace> removed = m_removed;
            for (const RolePlace &place : removed) {
                const PaasRole *role = roleNow(place);
                if (role
                    && !add(
                        {.kind = TreeChange::Kind::RemoveRole, .role = place, .content = *role}))
                    continue;
                m_removed.removeOne(place);
                hasRemoved = true;
            }
        }
    }

    /// Everything but the order of roles.
    void finishRole(const PaasRole &wanted)
    {
        if (!roleNow(placeOf(wanted)))
            addRole(wanted);
        const PaasRole *found = roleNow(placeOf(wanted));
        if (!found || *found == wanted)
            return;
        const PaasRole role = *found;
        const RolePlace place = placeOf(wanted);
        if (role.title != wanted.title)
            add({.kind = TreeChange::Kind::SetRoleTitle,
                 .role = place,
                 .text = wanted.title,
                 .was = role.title});
        if (role.least != wanted.least)
            add({.kind = TreeChange::Kind::SetLeast,
                 .role = place,
                 .least = wanted.least,
                 .wasLeast = role.least});
        finishNeeds(role, wanted);
        finishInstances(role, wanted);
    }

    void finishNeeds(const PaasRole &role, const PaasRole &wanted)
    {
        for (const QString &need : role.needs) {
            if (!wanted.needs.contains(need))
                add({.kind = TreeChange::Kind::RemoveNeed, .role = placeOf(wanted), .text = need});
        }
        for (const QString &need : wanted.needs) {
            if (!role.needs.contains(need))
                add({.kind = TreeChange::Kind::AddNeed, .role = placeOf(wanted), .text = need});
        }
    }

    void finishInstances(const PaasRole &role, const PaasRole &wanted)
    {
        const auto present = instanceSet(role.instances), kept = instanceSet(wanted.instances);
        const auto tell = [&](TreeChange::Kind kind, const PaasInstance &instance) {
            add({.kind = kind, .role = placeOf(wanted), .instance = instance});
        };
        for (const PaasInstance &instance : role.instances) {
            if (!kept.contains({instance.ip, instance.instance}))
                tell(TreeChange::Kind::RemoveInstance, instance);
        }
        for (const PaasInstance &instance : wanted.instances) {
            if (!present.contains({instance.ip, instance.instance}))
                tell(TreeChange::Kind::AddInstance, instance);
        }
        if (roleNow(placeOf(wanted))->instances != wanted.instances)
            add({.kind = TreeChange::Kind::OrderInstances,
                 .role = placeOf(wanted),
                 .instances = wanted.instances});
    }

    void orderRoles()
    {
        QList<RolePlace> present, wanted;
        for (const PaasRole &role : std::as_const(m_now.roles))
            present << placeOf(role);
        for (const PaasRole &role : m_after.roles)
            wanted << placeOf(role);
        if (present != wanted)
            add({.kind = TreeChange::Kind::OrderRoles, .places = wanted});
    }

    PaasTree m_now;
    const PaasTree &m_after;
    QHash<std::pair<QString, QString>, qsizetype> m_placesNow, m_placesAfter;
    QList<RolePlace> m_added, m_removed;
    QList<std::pair<RolePlace, RolePlace>> m_moved;
    QList<TreeChange> m_changes;
};

/// Why a change that looks at what was there before does not fit any more; empty when it does.
QString collisionOf(const PaasTree &theirs, const TreeChange &change)
{
    const auto setTo = [](const QString &value) {
        return MergeText::tr("It was set to '%1' meanwhile.").arg(oneLine(value, 60));
    };
    const PaasRole *role = roleAt(theirs, change.role);
    switch (change.kind) {
    case TreeChange::Kind::SetTitle:
        return theirs.title == change.was || theirs.title == change.text ? QString()
                                                                         : setTo(theirs.title);
    case TreeChange::Kind::SetRoleTitle:
        return !role || role->title == change.was || role->title == change.text
            ? QString()
            : setTo(role->title);
    case TreeChange::Kind::SetLeast:
        return !role || role->least == change.wasLeast || role->least == change.least
            ? QString()
            : setTo(QString::number(role->least));
    case TreeChange::Kind::RemoveRole:
        return !role || *role == change.content
            ? QString()
            : MergeText::tr("%1 was changed meanwhile.").arg(roleTitle(*role));
    default:
        return {};
    }
}

} // namespace

QList<TreeChange> changesBetween(const PaasTree &before, const PaasTree &after)
{
    return before == after ? QList<TreeChange>() : TreeWalk(before, after).walk();
}

TreeMerge mergedOnto(const PaasTree &theirs, const QList<TreeChange> &changes)
{
    TreeMerge merge{theirs, {}, {}};
    for (const TreeChange &change : changes) {
        QString reason = collisionOf(merge.tree, change);
        if (reason.isEmpty()) {
            auto next = changed(merge.tree, change);
            if (next) {
                if (*next != merge.tree)
                    merge.made << change;
                merge.tree = std::move(*next);
                continue;
            }
            reason = next.error().text;
        }
        merge.collisions.append({change, reason});
    }
    return merge;
}

} // namespace Treewarden
