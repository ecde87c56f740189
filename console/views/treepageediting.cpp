// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TreePage that lets people change trees.
#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/views/actionbar.h"
#include "console/views/actionmenu.h"
#include "console/views/emptystate.h"
#include "console/views/newtreeform.h"
#include "console/views/pageheader.h"
#include "console/views/pagetabs.h"
#include "console/views/tonedlabel.h"
#include "console/views/treebranches.h"
#include "console/views/treechangespanel.h"
#include "console/views/treeeditbar.h"
#include "console/views/treeeditor.h"
#include "console/views/treeform.h"
#include "console/views/treeinspector.h"
#include "console/views/treelist.h"
#include "console/views/treepage.h"
#include "console/views/treepalette.h"
#include "shared/fleet/treefilling.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>

namespace Treewarden {
using namespace Qt::StringLiterals;

void TreePage::addEditor(ActionCentre &actions)
{
    m_editor = new TreeEditor(actions.treeEdit(), source(), m_model, *m_list, *m_graph, this);
    m_newTree = new NewTreeForm;
    m_content->addWidget(m_newTree);
    m_views->addWidget(m_editor->panel());
    m_columns->insertWidget(0, m_editor->palette());
    m_side->insertWidget(0, m_editor->form());
    static_cast<QVBoxLayout *>(layout())->insertWidget(2, m_editor->bar());
    addEditButtons();
    connect(m_editor, &TreeEditor::editingChanged, this, &TreePage::showEditing);
    connect(m_editor, &TreeEditor::treeChanged, this, [this](const QString &key) {
        if (!key.isEmpty())
            choose(key);
    });
    connect(m_editor, &TreeEditor::keyChanging, this, [this](const QString &key) { m_key = key; });
    connect(m_editor, &TreeEditor::keysChanging, this, [this](const QHash<QString, QString> &keys) {
        m_branches->rename(keys);
        m_key = keys.value(m_key, m_key);
    });
    connect(m_editor, &TreeEditor::panelToggled, this, [this](bool isShown) {
        if (isShown)
            m_views->setCurrentWidget(m_editor->panel());
        else
            m_views->setCurrentIndex(m_view->currentIndex());
    });
    connect(&actions.treeEdit(), &TreeEdit::said, this, [this](const QString &) {
        m_editor->bar()->setVisible(true); // also of a tree that is removed
    });
    connect(m_newTree, &NewTreeForm::wanted, this, &TreePage::makeNewTree);
    connect(m_newTree, &NewTreeForm::cancelled, this, [this] {
        m_content->setCurrentWidget(m_body);
        showTrees();
    });
    connect(m_empty, &EmptyState::buttonClicked, this, &TreePage::openNewTree);
    showEditing();
}

/// At the right of the tools, and their keys.
void TreePage::addEditButtons()
{
    m_edit = new QPushButton(tr("Edit tree"));
    m_edit->setObjectName(u"edittree"_s);
    m_edit->setToolTip(tr("Ctrl+E"));
    m_more = new QPushButton(u"⋯"_s);
    m_more->setObjectName(u"moretrees"_s);
    m_more->setFixedWidth(36);
    m_more->setAccessibleName(tr("More about trees"));
    m_more->setToolTip(tr("More about trees"));
    for (QPushButton *button : {m_edit, m_more}) {
        button->setAutoDefault(false);
        static_cast<QHBoxLayout *>(m_tools->layout())->addWidget(button);
    }
    const auto toggle = [this] {
        if (m_editor->isEditing())
            m_editor->finish();
        else if (m_edit->isEnabled())
            m_editor->begin(m_filter.tree());
    };
    auto *keys = new QShortcut(QKeySequence(u"Ctrl+E"_s), this);
    connect(keys, &QShortcut::activated, this, toggle);
    connect(m_edit, &QPushButton::clicked, this, toggle);
    connect(m_more, &QPushButton::clicked, this, [this] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        const bool isFree
            = source().isLive() && !source().isPast() && !m_editor->edit().isEditing();
        menu->addAction(tr("New tree…"), this, &TreePage::openNewTree)->setEnabled(isFree);
        menu->addAction(tr("Remove tree…"), this, [this] { m_editor->removeTree(m_filter.tree()); })
            ->setEnabled(isFree);
        menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 2)));
    });
}

void TreePage::showEditing()
{
    const bool isEditing = m_editor->isEditing();
    m_editor->bar()->setVisible(isEditing);
    m_editor->palette()->setVisible(isEditing);
    m_editor->form()->setVisible(isEditing);
    if (m_bar)
        m_bar->setVisible(!isEditing);
    m_columns->setContentsMargins(20, isEditing ? 12 : 0, 20, 12);
    m_list->setColumnHidden(TreeModel::SinceColumn, isEditing); // the names need the room
    if (isEditing && m_filter.tree() != m_editor->edit().id()) {
        showTrees();
        chooseTree(m_editor->edit().id());
    }
    if (m_content->currentWidget() == m_newTree)
        m_content->setCurrentWidget(m_body);
    showTrees();
}

/// What stands here while there is no tree.
void TreePage::showEmpty()
{
    const bool isRead = source().hasState();
    m_empty->setText(isRead ? tr("There is no service tree yet.")
                            : tr("No fleet has been read yet."),
                     isRead ? tr("A service tree tells which roles a platform is made of, where "
                                 "each runs and what it needs.\nThe command line makes one too: "
                                 "treewarden paas set dev --template --from-fleet")
                            : source().trouble(),
                     isRead && m_editor ? tr("New tree…") : QString());
}

void TreePage::openNewTree()
{
    if (m_editor->edit().isEditing())
        return;
    m_content->setCurrentWidget(m_newTree);
    m_newTree->open();
}

void TreePage::makeNewTree(PaasTree tree, bool isFromFleet)
{
    if (isFromFleet)
        tree = filledFromFleet(tree, source().state());
    if (const auto begun = m_editor->edit().beginNew(tree); !begun)
        m_newTree->setFault(begun.error().text);
}

/// "Version 118, saved by chen 13:20": by whom and when as far as the events tell it.
QString TreePage::versionText(const PaasTree &tree) const
{
    if (tree.version == 0)
        return tr("Not saved yet");
    const TreeSave save = saveOf(source().state(), tree.id, tree.version);
    if (save.by.isEmpty() || save.timestamp <= 0)
        return tr("Version %1").arg(tree.version);
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(save.timestamp);
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(source().now());
    return tr("Version %1, saved by %2 %3", "number, who, when")
        .arg(QString::number(tree.version), save.by,
             when.date() == now.date() ? when.toString(u"HH:mm"_s)
                                       : when.toString(u"yyyy-MM-dd HH:mm"_s));
}

/// While the tree is edited the verbs of editing, else those of acting.
void TreePage::openMenu(ActionCentre &actions, const QPoint &place)
{
    QMenu *shown = nullptr;
    if (m_editor->isEditing(m_filter.tree())) {
        shown = new QMenu(this);
        m_editor->fillMenu(*shown);
    } else {
        auto *menu = new ActionMenu(actions, ActionMenu::Shortcuts::No, this);
        menu->setTarget(actionTarget());
        connect(menu, &ActionMenu::actionRequested, this, &Page::actionRequested);
        connect(menu, &ActionMenu::maintenanceRequested, this, &Page::maintenanceRequested);
        shown = menu;
    }
    shown->setAttribute(Qt::WA_DeleteOnClose);
    shown->popup(m_list->viewport()->mapToGlobal(place));
}

/// Another tree is chosen: what was changed of this one is asked about first.
void TreePage::leaveTree(const QString &id)
{
    if (mayLeave([this, id] { chooseTree(id); }, id))
        chooseTree(id);
    else
        m_chooser->setCurrentIndex(m_chooser->findData(m_filter.tree()));
}

bool TreePage::mayLeave(const std::function<void()> &then)
{
    return mayLeave(then, {});
}

/// For `tree` while that is the one that is edited nothing is left.
bool TreePage::mayLeave(const std::function<void()> &then, const QString &tree)
{
    if (!m_editor || !m_editor->edit().isEditing() || m_editor->isEditing(tree))
        return true;
    if (!m_editor->mayLeave(then))
        return false;
    m_editor->finish();
    return true;
}

} // namespace Treewarden
