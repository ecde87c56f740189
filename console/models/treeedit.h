// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treediff.h"
#include "console/models/treeplace.h"
#include "console/models/treestore.h"

#include <QUndoStack>

#include <optional>

namespace Treewarden {

class FleetSource;
struct FleetState;

/// What somebody else made of the tree while it is edited here.
struct TreeRival
{
    PaasTree tree;
    bool isRemoved = false;
    QString by; ///< empty when it is not known

    friend bool operator==(const TreeRival &, const TreeRival &) = default;
};

/// Who saved a version of a tree, as the events tell it; empty when they don't.
struct TreeSave
{
    QString by;
    qint64 timestamp = 0;
};

TreeSave saveOf(const FleetState &state, const QString &tree, qint64 version);

/// One service tree while somebody changes it: the version it began with, the tree as it is now,
/// undo and redo. Nothing of it is in Redis before save().
class TreeEdit : public QObject
{
    Q_OBJECT
public:
    explicit TreeEdit(FleetSource &source, QObject *parent = nullptr);
    ~TreeEdit() override;

    bool isEditing() const { return m_tree.has_value(); }

    /// True for a tree that is not in Redis yet.
    bool isNew() const { return isEditing() && m_base.version == 0; }

    const QString &id() const { return m_base.id; }

    /// The tree as it is edited; only while isEditing().
    const PaasTree &tree() const { return *m_tree; }

    const PaasTree &base() const { return m_base; }

    Result<void> begin(const QString &id);
    /// A tree that does not exist yet; the content of `tree` counts as one change.
    Result<void> beginNew(const PaasTree &tree);
    /// Gives everything up.
    void end();

    /// Makes the changes as one step, or none of them: why, a sentence.
    Result<void> make(const QList<TreeChange> &changes);

    Result<void> make(const TreeChange &change) { return make(QList{change}); }

    /// What somebody wrote into a field of a node and was refused, so that it can be mended.
    struct Refusal
    {
        TreePlace place;
        QString field, text, why;
    };

    /// The last one, until a change is taken; nothing when there was none.
    const std::optional<Refusal> &refusal() const { return m_refusal; }

    void setRefusal(const std::optional<Refusal> &refusal) { m_refusal = refusal; }

    QUndoStack &steps() { return m_steps; }

    /// What is different from the base.
    const QList<TreeChange> &changes() const { return m_changes; }

    bool isChanged() const { return isNew() || !m_changes.isEmpty(); }

    /// What somebody else saved meanwhile, if anybody did.
    const std::optional<TreeRival> &rival() const { return m_rival; }

    /// What would become of my changes on top of the rival's version.
    TreeMerge merged() const;
    /// Goes on from the rival's version with my changes on it. Where the tree was removed it
    /// becomes a new one.
    void putOnTop();
    /// Goes on from the rival's version without my changes.
    void takeTheirs();

    bool isSaving() const { return m_store.isBusy(); }

    void save();
    /// Removes the tree that is not edited, or the one that is, from Redis.
    void remove(const QString &id);

Q_SIGNALS:
    /// Another tree, other content, or it began or ended.
    void changed();
    void rivalChanged();
    void savingChanged();
    void saved();
    /// What became of it, a sentence; a failure changed nothing here.
    void said(const QString &sentence, bool isFailure);

private:
    class Step;

    void clearSteps();
    void tell();
    void startFrom(const PaasTree &base, const PaasTree &tree);
    void watch();
    void takeSaved(qint64 version);
    void takeRefusal(const SaveResult &result);

    FleetSource &m_source;
    TreeStore m_store;
    QUndoStack m_steps;
    PaasTree m_base;
    std::optional<PaasTree> m_tree;
    QList<TreeChange> m_changes;
    std::optional<TreeRival> m_rival;
    std::optional<Refusal> m_refusal;
    QString m_address; ///< of the Redis that the tree belongs to
    PaasTree m_sent; ///< what a save sent last
    qint64 m_outdated = -1; ///< the version that may still be told after a save
};

} // namespace Treewarden
