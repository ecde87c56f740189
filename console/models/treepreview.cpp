// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treepreview.h"

#include "console/models/fleettext.h"
#include "console/models/treechangetext.h"
#include "console/models/treeedit.h"

#include <QCoreApplication>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The file's texts under one heading for translators.
struct PreviewText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::TreePreview)
};

/// The role that is meant, in the tree where it stands.
QString shownChange(const TreeChange &change, const TreeEdit &edit, const FleetState &state)
{
    const bool isAfter = roleAt(edit.tree(), change.role);
    return changeText(change, isAfter ? edit.tree() : edit.base(), state) + u'.';
}

/// Where a role stands after the change, for those that go somewhere.
RolePlace placeAfter(const TreeChange &change)
{
    if (change.kind == TreeChange::Kind::RenameRole)
        return {change.text, change.role.group};
    if (change.kind == TreeChange::Kind::MoveRole)
        return {change.role.role, change.text};
    return change.role;
}

/// The sections of roles while they fill.
class PreviewBuilder
{
public:
    PreviewBuilder(const TreeEdit &edit, const FleetState &state, qint64 now)
        : m_edit(edit)
        , m_state(state)
        , m_now(now)
    {
    }

    TreePreview build()
    {
        TreePreview preview;
        preview.sections << wholeTree();
        for (const TreeChange &change : m_edit.changes())
            take(change, preview);
        for (const Entry &entry : std::as_const(m_roles))
            preview.sections << sectionOf(entry);
        return preview;
    }

private:
    struct Entry
    {
        RolePlace before, after;
        QList<TreePreview::Row> rows;
    };

    TreePreview::Section wholeTree() const
    {
        TreePreview::Section section;
        section.title = PreviewText::tr("The tree %1").arg(m_edit.id());
        if (!m_edit.isNew())
            section.before = treeHealth(m_state, m_edit.base(), m_now);
        section.after = treeHealth(m_state, m_edit.tree(), m_now);
        if (m_edit.isNew())
            section.rows.append({PreviewText::tr("It is new."), {}});
        return section;
    }

    void take(const TreeChange &change, TreePreview &preview)
    {
        const TreePreview::Row row{shownChange(change, m_edit, m_state), {}};
        switch (change.kind) {
        case TreeChange::Kind::SetTitle:
        case TreeChange::Kind::OrderRoles:
        case TreeChange::Kind::RenameGroup:
            preview.sections.first().rows << row;
            return;
        default:
            break;
        }
        Entry &entry = entryOf(change.role);
        entry.after = placeAfter(change);
        entry.rows << row;
        if (change.kind == TreeChange::Kind::MoveInstance)
            entryOf(change.target).rows << row;
    }

    Entry &entryOf(const RolePlace &place)
    {
        for (Entry &entry : m_roles) {
            if (entry.after == place)
                return entry;
        }
        m_roles.append({place, place, {}});
        return m_roles.last();
    }

    TreePreview::Section sectionOf(const Entry &entry) const
    {
        const PaasRole *before = roleAt(m_edit.base(), entry.before);
        const PaasRole *after = roleAt(m_edit.tree(), entry.after);
        TreePreview::Section section;
        section.title = after ? roleTitle(*after) : before ? roleTitle(*before) : entry.after.role;
        section.rows = entry.rows;
        QString was, is;
        if (before)
            was = count(m_edit.base(), *before, section.before);
        if (after)
            is = count(m_edit.tree(), *after, section.after);
        section.effect = was.isEmpty() || was == is ? is : is.isEmpty() ? was : was + u" → "_s + is;
        return section;
    }

    QString count(const PaasTree &tree, const PaasRole &role, std::optional<Health> &health) const
    {
        const RoleHealth found = roleHealth(m_state, tree, role, m_now);
        if (found.total == 0)
            return u"–"_s;
        health = found.health;
        return PreviewText::tr("%1 / %2 alive").arg(found.alive).arg(found.total);
    }

    const TreeEdit &m_edit;
    const FleetState &m_state;
    qint64 m_now;
    QList<Entry> m_roles;
};

} // namespace

TreePreview previewOf(const TreeEdit &edit, const FleetState &state, qint64 now)
{
    return edit.isEditing() ? PreviewBuilder(edit, state, now).build() : TreePreview();
}

TreePreview comparisonOf(const TreeEdit &edit, const FleetState &state)
{
    TreePreview preview;
    if (!edit.isEditing() || !edit.rival())
        return preview;
    const TreeRival &rival = *edit.rival();
    TreePreview::Section theirs, mine, collisions;
    theirs.title = rival.isRemoved ? PreviewText::tr("Removed meanwhile")
        : rival.by.isEmpty()
        ? PreviewText::tr("Version %1, saved meanwhile").arg(rival.tree.version)
        : PreviewText::tr("Version %1, saved by %2").arg(rival.tree.version).arg(rival.by);
    if (rival.isRemoved)
        theirs.rows.append(
            {PreviewText::tr("The tree is gone. With yours on top it is made anew."), {}});
    else {
        for (const TreeChange &change : changesBetween(edit.base(), rival.tree)) {
            const bool isAfter = roleAt(rival.tree, change.role);
            theirs.rows.append(
                {changeText(change, isAfter ? rival.tree : edit.base(), state) + u'.', {}});
        }
    }
    const TreeMerge merge = edit.merged();
    mine.title = PreviewText::tr("Yours, that go on top of it");
    for (const TreeChange &change : merge.made)
        mine.rows.append({shownChange(change, edit, state), {}});
    if (mine.rows.isEmpty())
        mine.rows.append({PreviewText::tr("Nothing: it is all so already."), {}});
    collisions.title = PreviewText::tr("Yours, that do not go together with it");
    for (const TreeCollision &collision : merge.collisions)
        collisions.rows.append({shownChange(collision.change, edit, state), collision.reason});
    if (!collisions.rows.isEmpty())
        preview.sections << collisions;
    preview.sections << theirs << mine;
    return preview;
}

} // namespace Treewarden
