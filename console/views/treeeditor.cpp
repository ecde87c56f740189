// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treeeditor.h"

#include "console/models/fleetsource.h"
#include "console/models/treeedit.h"
#include "console/models/treemodel.h"
#include "console/models/treepreview.h"
#include "console/views/leavequestion.h"
#include "console/views/treechangespanel.h"
#include "console/views/treeeditbar.h"
#include "console/views/treeform.h"
#include "console/views/treegraph.h"
#include "console/views/treelist.h"
#include "console/views/treepalette.h"
#include "shared/core/textformat.h"

#include <QShortcut>

#include <utility>

namespace Treewarden {
using namespace Qt::StringLiterals;

TreeEditor::TreeEditor(TreeEdit &edit, FleetSource &source, TreeModel &model, TreeList &list,
                       TreeGraph &graph, QWidget *page)
    : QObject(page)
    , m_edit(edit)
    , m_source(source)
    , m_model(model)
    , m_list(list)
    , m_graph(graph)
    , m_page(page)
    , m_bar(new TreeEditBar(edit))
    , m_palette(new TreePalette(source))
    , m_form(new TreeForm(edit))
    , m_panel(new TreeChangesPanel)
{
    connectParts();
    addShortcuts();
    takeChange();
}

void TreeEditor::connectParts()
{
    connect(&m_edit, &TreeEdit::changed, this, &TreeEditor::takeChange);
    connect(&m_model, &TreeModel::updated, this, [this] {
        if (m_shown == Shown::Preview && m_panel->isVisible())
            fillPanel(); // the states before and after are live
    });
    connect(&m_source, &FleetSource::momentChanged, this, &TreeEditor::takeChange);
    connect(&m_edit, &TreeEdit::rivalChanged, this, [this] {
        if (m_edit.rival())
            m_then = nullptr; // first that has to be settled
        if (m_shown == Shown::Comparison)
            fillPanel();
    });
    connect(&m_edit, &TreeEdit::saved, this, [this] {
        if (const auto then = std::exchange(m_then, nullptr)) {
            m_edit.end();
            then();
        }
    });
    connect(&m_edit, &TreeEdit::said, this, [this](const QString &, bool isFailure) {
        if (isFailure)
            m_then = nullptr;
    });
    connect(m_bar, &TreeEditBar::saveRequested, &m_edit, &TreeEdit::save);
    connect(m_bar, &TreeEditBar::discardRequested, this, &TreeEditor::finish);
    connect(m_bar, &TreeEditBar::previewToggled, this,
            [this](bool isOn) { toggle(Shown::Preview, isOn); });
    connect(m_bar, &TreeEditBar::compareToggled, this,
            [this](bool isOn) { toggle(Shown::Comparison, isOn); });
    connect(m_palette, &TreePalette::chosen, this, &TreeEditor::add);
    connect(m_form, &TreeForm::removalRequested, this, &TreeEditor::remove);
    connect(m_form, &TreeForm::moving, this, [this](const PaasTree &next, const TreePlace &place) {
        Q_EMIT keyChanging(keyOf(next, place));
    });
    connect(m_form, &TreeForm::written, this, [this] {
        if (m_list.isVisible())
            m_list.setFocus();
        else
            m_graph.setFocus();
    });
    connect(&m_list, &TreeList::dropped, this,
            [this](const QList<TreeChange> &changes) { make(changes); });
    connect(&m_list, &TreeList::removalRequested, this, &TreeEditor::remove);
    connect(&m_list, &TreeList::additionRequested, this, &TreeEditor::openAddition);
    connect(&m_list, &TreeList::renameRequested, m_form, &TreeForm::startRenaming);
    connect(&m_list, &TreeList::shiftRequested, this, &TreeEditor::shift);
    connect(&m_graph, &TreeGraph::removalRequested, this, &TreeEditor::remove);
    connect(&m_graph, &TreeGraph::additionRequested, this, &TreeEditor::openAddition);
    connect(&m_graph, &TreeGraph::renameRequested, m_form, &TreeForm::startRenaming);
    connect(&m_graph, &TreeGraph::shiftRequested, this, &TreeEditor::shift);
    connect(&m_graph, &TreeGraph::needDrawn, this, [this](const QString &from, const QString &to) {
        for (const PaasRole &role : m_edit.tree().roles) {
            if (role.role == from)
                return make(
                    {{.kind = TreeChange::Kind::AddNeed, .role = placeOf(role), .text = to}});
        }
    });
}

/// What is being written in a field counts too.
void TreeEditor::finishWriting()
{
    if (QWidget *field = m_page->focusWidget(); field && m_form->isAncestorOf(field)) {
        field->clearFocus();
        field->setFocus();
    }
}

void TreeEditor::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto action) {
        auto *shortcut = new QShortcut(keys, m_page);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, action] {
            if (isEditing() && !m_edit.isSaving())
                action();
        });
    };
    add(QKeySequence::Undo, [this] { m_edit.steps().undo(); });
    add(QKeySequence::Redo, [this] { m_edit.steps().redo(); });
    add(QKeySequence::Save, [this] {
        finishWriting();
        if (!m_edit.rival())
            m_edit.save();
    });
    add(QKeySequence(u"Ctrl+P"_s), [this] {
        if (m_edit.isChanged())
            m_bar->setPreviewing(m_shown != Shown::Preview);
    });
}

/// In the past the changes wait until the present is shown again.
bool TreeEditor::isEditing() const
{
    return m_edit.isEditing() && !m_source.isPast();
}

bool TreeEditor::isEditing(const QString &tree) const
{
    return isEditing() && m_edit.id() == tree;
}

void TreeEditor::begin(const QString &tree)
{
    if (isEditing())
        return;
    if (const auto begun = m_edit.begin(tree); !begun) {
        m_bar->say(begun.error().text, Health::Degraded);
        m_bar->show();
    }
}

void TreeEditor::setPlace(const TreePlace &place)
{
    m_place = place;
    m_form->setPlace(place);
    if (isEditing())
        m_palette->setTree(m_edit.tree(), place.role.role);
}

/// The tree that is edited has changed, or it is edited no longer.
void TreeEditor::takeChange()
{
    const bool isNow = isEditing();
    m_model.setEdited(isNow ? std::optional(m_edit.tree()) : std::nullopt);
    if (isNow)
        m_palette->setTree(m_edit.tree(), m_place.role.role);
    if (isNow != m_wasEditing) {
        m_wasEditing = isNow;
        m_list.setEdit(isNow ? &m_edit : nullptr);
        m_graph.setEditable(isNow, [this](const QString &from, const QString &to) {
            for (const PaasRole &role : m_edit.tree().roles) {
                if (role.role != from)
                    continue;
                const auto next = Treewarden::changed(
                    m_edit.tree(),
                    {.kind = TreeChange::Kind::AddNeed, .role = placeOf(role), .text = to});
                return next ? QString() : next.error().text;
            }
            return QString();
        });
        show(Shown::Tree);
        Q_EMIT editingChanged();
    }
    if (m_shown == Shown::Preview && !m_edit.isChanged())
        show(Shown::Tree);
    fillPanel();
    Q_EMIT treeChanged(std::exchange(m_chooseAfter, QString()));
}

void TreeEditor::show(Shown shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    m_bar->setPreviewing(shown == Shown::Preview);
    m_bar->setComparing(shown == Shown::Comparison);
    fillPanel();
    Q_EMIT panelToggled(shown != Shown::Tree);
}

void TreeEditor::toggle(Shown shown, bool isOn)
{
    if (isOn)
        show(shown);
    else if (m_shown == shown)
        show(Shown::Tree);
}

void TreeEditor::fillPanel()
{
    if (m_shown == Shown::Preview)
        m_panel->setPreview(previewOf(m_edit, m_source.state(), m_source.now()));
    else if (m_shown == Shown::Comparison)
        m_panel->setPreview(comparisonOf(m_edit, m_source.state()));
}

void TreeEditor::finish()
{
    const auto end = [this] {
        m_edit.end();
        Q_EMIT editingChanged(); // also where only an outcome was still shown
    };
    if (mayLeave(end))
        end();
}

bool TreeEditor::mayLeave(const std::function<void()> &then)
{
    finishWriting();
    if (!m_edit.isEditing() || !m_edit.isChanged())
        return true;
    if (std::exchange(m_isAsking, true))
        return false;
    askToLeave(m_page, oneLine(m_edit.id(), 40), int(m_edit.changes().size()),
               [this, then](LeaveAnswer answer) {
                   m_isAsking = false;
                   if (answer == LeaveAnswer::Discard) {
                       m_edit.end();
                       then();
                   } else if (answer == LeaveAnswer::Save) {
                       m_then = then;
                       m_edit.save();
                   }
               });
    return false;
}

} // namespace Treewarden
