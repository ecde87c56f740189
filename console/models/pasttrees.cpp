// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pasttrees.h"

#include <utility>

namespace Treewarden {

namespace {

/// Calls `take(id, position)` for each event that tells of the end of a tree.
template<typename Take>
void forEachRemoval(const EventArchive &archive, Take take)
{
    const std::vector<EventSubject> &subjects = archive.subjects();
    for (size_t i = 0; i < subjects.size(); ++i) {
        if (subjects[i].kind != EventSubject::Kind::Tree)
            continue;
        for (EventPosition at = archive.newest(int(i)); at >= archive.first();
             at = archive.at(at).previous) {
            if (archive.at(at).change == EventChange::Ended)
                take(subjects[i].ip, at);
        }
    }
}

} // namespace

QStringList removedTrees(const EventArchive &archive)
{
    QStringList ids;
    forEachRemoval(archive, [&](const QString &id, EventPosition) {
        if (!ids.contains(id))
            ids << id;
    });
    return ids;
}

PastTrees::PastTrees(PastGround &ground)
    : m_ground(ground)
{
}

void PastTrees::setHistory(const TreeHistory &history)
{
    m_history = history;
    forEachRemoval(m_ground.archive, [this](const QString &id, EventPosition at) {
        m_history.addRemoval(id, m_ground.archive.at(at).since);
    });
}

/// A tree that no event is about since then is as it is now.
TreeHistory::Answer PastTrees::treeAt(const QString &id) const
{
    const auto found = m_ground.present.trees.constFind(id);
    const auto present
        = found == m_ground.present.trees.cend() ? std::nullopt : std::optional<PaasTree>(*found);
    const int subject = m_ground.archive.subjectOf({EventSubject::Kind::Tree, id, {}});
    if (present && (subject < 0 || m_ground.archive.newest(subject) < m_ground.position))
        return {present, false};
    return m_history.at(id, m_ground.moment, present);
}

void PastTrees::apply(PastChange &change)
{
    QStringList ids = m_history.ids();
    const QMap<QString, PaasTree> &present = m_ground.present.trees;
    for (auto tree = present.keyBegin(); tree != present.keyEnd(); ++tree) {
        if (!ids.contains(*tree))
            ids << *tree;
    }
    m_vague.clear();
    m_lost.clear();
    QMap<QString, PaasTree> &trees = m_ground.state.trees;
    for (const QString &id : std::as_const(ids)) {
        const TreeHistory::Answer answer = treeAt(id);
        if (answer.isVague)
            (answer.tree ? m_vague : m_lost) << id;
        const auto shown = std::as_const(trees).constFind(id);
        const bool isShown = shown != trees.cend();
        if (isShown == answer.tree.has_value()
            && (!isShown || shown->version == answer.tree->version))
            continue;
        change.areTreesOther = true;
        if (answer.tree)
            trees.insert(id, *answer.tree);
        else
            trees.remove(id);
    }
}

} // namespace Treewarden
