// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treeedit.h"

#include "console/models/fleetsource.h"
#include "console/models/treechangetext.h"
#include "console/models/treerules.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QSignalBlocker>
#include <QUndoCommand>

namespace Treewarden {
using namespace Qt::StringLiterals;

/// A step back or forward is the tree before or after it: lists are shared, so that is cheap.
class TreeEdit::Step : public QUndoCommand
{
public:
    Step(TreeEdit &edit, const QString &text, PaasTree before, PaasTree after)
        : QUndoCommand(text)
        , m_edit(edit)
        , m_before(std::move(before))
        , m_after(std::move(after))
    {
    }

    void undo() override { m_edit.m_tree = m_before; }

    void redo() override { m_edit.m_tree = m_after; }

private:
    TreeEdit &m_edit;
    PaasTree m_before, m_after;
};

namespace {

bool isSameContent(const PaasTree &one, const PaasTree &other)
{
    return one.title == other.title && one.roles == other.roles;
}

} // namespace

TreeSave saveOf(const FleetState &state, const QString &tree, qint64 version)
{
    for (const Event &event : state.events) {
        if (event.type == u"config" && event.json[u"paas"_s].toString() == tree
            && jsonInteger(event.json[u"version"_s]).value_or(0) == version)
            return {oneLine(event.json[u"by"_s].toString(), 60),
                    jsonInteger(event.json[u"timestamp"_s]).value_or(0)};
    }
    return {};
}

TreeEdit::TreeEdit(FleetSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_store(source)
{
    m_steps.setUndoLimit(1000);
    connect(&m_steps, &QUndoStack::indexChanged, this, &TreeEdit::tell);
    for (const auto signal : {&FleetSource::reset, &FleetSource::treesChanged})
        connect(&source, signal, this, &TreeEdit::watch);
    connect(&source, &FleetSource::eventsAdded, this, [this] {
        if (m_rival && m_rival->by.isEmpty())
            watch();
    });
    connect(&m_store, &TreeStore::busyChanged, this, &TreeEdit::savingChanged);
    connect(&m_store, &TreeStore::saved, this, &TreeEdit::takeSaved);
    connect(&m_store, &TreeStore::refused, this, &TreeEdit::takeRefusal);
    connect(&m_store, &TreeStore::failed, this, [this](const QString &sentence, bool isUnsure) {
        if (!isUnsure)
            m_sent = {};
        Q_EMIT said(sentence, true);
    });
    connect(&m_store, &TreeStore::removed, this, [this](const QString &gone) {
        if (isEditing() && id() == gone)
            end();
        Q_EMIT said(tr("The tree %1 is removed; its servers stay enrolled.").arg(gone), false);
    });
}

TreeEdit::~TreeEdit()
{
    m_steps.disconnect(this); // it tells that it is cleared when it goes
}

Result<void> TreeEdit::begin(const QString &id)
{
    if (m_source.isPast())
        return Error{FleetSource::pastSentence()};
    const auto tree = m_source.state().trees.constFind(id);
    if (tree == m_source.state().trees.cend())
        return Error{tr("There is no tree '%1' any more.").arg(oneLine(id, 64))};
    m_address = m_source.address();
    startFrom(*tree, *tree);
    return {};
}

Result<void> TreeEdit::beginNew(const PaasTree &tree)
{
    if (m_source.state().trees.contains(tree.id))
        return Error{tr("There is a tree %1 already: choose another id.").arg(tree.id)};
    if (const QString fault = faultOf(tree); !fault.isEmpty())
        return Error{fault};
    m_address = m_source.address();
    PaasTree base{tree.id, tree.title, 0, {}};
    PaasTree content = tree;
    content.version = 0;
    startFrom(base, content);
    return {};
}

void TreeEdit::startFrom(const PaasTree &base, const PaasTree &tree)
{
    m_base = base;
    m_tree = tree;
    m_rival.reset();
    m_outdated = -1;
    clearSteps();
    tell();
    Q_EMIT rivalChanged();
}

void TreeEdit::end()
{
    m_tree.reset();
    m_refusal.reset();
    m_base = {};
    m_rival.reset();
    m_sent = {};
    clearSteps();
    tell();
    Q_EMIT rivalChanged();
}

void TreeEdit::clearSteps()
{
    const QSignalBlocker quiet(m_steps);
    m_steps.clear();
}

/// The tree is another one now.
void TreeEdit::tell()
{
    m_changes = m_tree ? changesBetween(m_base, *m_tree) : QList<TreeChange>();
    Q_EMIT changed();
}

Result<void> TreeEdit::make(const QList<TreeChange> &changes)
{
    if (!isEditing() || changes.isEmpty())
        return {};
    auto next = Treewarden::changed(*m_tree, changes);
    if (!next)
        return next.error();
    if (*next == *m_tree)
        return {};
    m_refusal.reset();
    const QString text = changeText(changes.last(), *next, m_source.state());
    m_steps.push(new Step(*this, text, *m_tree, *next));
    return {};
}

TreeMerge TreeEdit::merged() const
{
    if (!m_rival || !isEditing())
        return {};
    if (m_rival->isRemoved)
        return {*m_tree, m_changes, {}};
    return mergedOnto(m_rival->tree, m_changes);
}

void TreeEdit::putOnTop()
{
    if (!m_rival || !isEditing())
        return;
    const TreeMerge merge = merged();
    PaasTree base = m_rival->tree, tree = merge.tree;
    if (m_rival->isRemoved)
        base = {m_base.id, m_base.title, 0, {}};
    tree.version = base.version;
    startFrom(base, base);
    if (!isSameContent(base, tree))
        m_steps.push(
            new Step(*this, tr("My changes on top of version %1").arg(base.version), base, tree));
}

void TreeEdit::takeTheirs()
{
    if (!m_rival)
        return;
    if (m_rival->isRemoved)
        return end();
    const PaasTree tree = m_rival->tree;
    startFrom(tree, tree);
}

/// The source tells the trees anew: perhaps somebody else has saved this one.
void TreeEdit::watch()
{
    if (!isEditing() || !m_source.hasState() || m_source.isPast()
        || m_source.address() != m_address)
        return;
    const auto found = m_source.state().trees.constFind(id());
    const bool isThere = found != m_source.state().trees.cend();
    if (isThere && found->version == m_outdated)
        return; // our own save is on its way
    if (isThere || !isNew())
        m_outdated = -1;
    const bool isMine = isThere && found->version == m_sent.version + 1 && m_sent.id == found->id
        && isSameContent(*found, m_sent);
    if (isMine && found->version != m_base.version)
        return takeSaved(found->version);
    if (isThere ? found->version == m_base.version && isSameContent(*found, m_base) : isNew()) {
        if (std::exchange(m_rival, std::nullopt))
            Q_EMIT rivalChanged();
        return;
    }
    TreeRival rival{isThere ? *found : PaasTree{id(), {}, 0, {}}, !isThere, {}};
    rival.by = saveOf(m_source.state(), id(), isThere ? found->version : 0).by;
    if (isThere && !isChanged())
        return startFrom(*found, *found); // nothing of mine is in the way
    if (m_rival == rival)
        return;
    m_rival = rival;
    Q_EMIT rivalChanged();
}

void TreeEdit::save()
{
    if (!isEditing() || isSaving() || !isChanged())
        return;
    if (m_source.isPast()) {
        Q_EMIT said(FleetSource::pastSentence(), true);
        return;
    }
    if (m_source.address() != m_address) {
        Q_EMIT said(tr("These changes belong to %1, but %2 is watched now: connect there again, or "
                       "discard them.")
                        .arg(oneLine(m_address, 80), oneLine(m_source.address(), 80)),
                    true);
        return;
    }
    m_sent = *m_tree;
    m_sent.version = m_base.version;
    m_store.save(m_sent);
}

void TreeEdit::takeSaved(qint64 version)
{
    if (!isEditing() || m_sent.id != id())
        return;
    const PaasTree mine = *m_tree;
    const qint64 before = m_base.version;
    PaasTree stored = std::exchange(m_sent, {});
    stored.version = version;
    startFrom(stored, stored);
    m_outdated = before;
    if (!isSameContent(mine, stored)) { // edited on while it was saved
        PaasTree next = mine;
        next.version = version;
        m_steps.push(new Step(*this, tr("Changed while it was saved"), stored, next));
    }
    Q_EMIT saved();
    Q_EMIT said(tr("The tree %1 has version %2 now.").arg(id()).arg(version), false);
    watch();
}

void TreeEdit::takeRefusal(const SaveResult &result)
{
    m_sent = {};
    if (!isEditing() || m_store.isBusy())
        return;
    if (result.kind == SaveResult::Kind::Missing) {
        m_rival = TreeRival{{id(), {}, 0, {}}, true, {}};
        Q_EMIT rivalChanged();
        return;
    }
    watch(); // the other version itself comes with the next reading of the trees
    if (!m_rival)
        Q_EMIT said(tr("Not saved: %1 Your changes are kept.")
                        .arg(conflictSentence(result, m_base.version, m_source.now())),
                    true);
}

void TreeEdit::remove(const QString &id)
{
    const auto tree = m_source.state().trees.constFind(id);
    if (tree != m_source.state().trees.cend())
        m_store.remove(id, tree->version);
}

} // namespace Treewarden
