// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treepage.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/models/treeseveral.h"
#include "console/views/actionbar.h"
#include "console/views/actionmenu.h"
#include "console/views/card.h"
#include "console/views/emptystate.h"
#include "console/views/filterfield.h"
#include "console/views/graphtools.h"
#include "console/views/healthicon.h"
#include "console/views/newtreeform.h"
#include "console/views/pageheader.h"
#include "console/views/pagetabs.h"
#include "console/views/tonedlabel.h"
#include "console/views/treebranches.h"
#include "console/views/treeeditor.h"
#include "console/views/treegraph.h"
#include "console/views/treeinspector.h"
#include "console/views/treelist.h"
#include "shared/core/textformat.h"

#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

TreePage::TreePage(FleetSource &source, ActionCentre *actions, QWidget *parent)
    : Page(source, parent)
    , m_model(source)
    , m_header(new PageHeader(tr("Service tree")))
    , m_badge(new HealthBadge)
    , m_chooser(new QComboBox)
    , m_find(new FilterField(tr("Find in tree"), u"/"_s))
    , m_version(new TonedLabel({}, TonedLabel::Tone::Caption))
    , m_content(new QStackedWidget)
    , m_list(new TreeList(source))
    , m_branches(new TreeBranches(*m_list))
    , m_graph(new TreeGraph)
    , m_views(new QStackedWidget)
    , m_view(new SegmentedChoice({tr("List"), tr("Graph")}))
    , m_graphTools(new GraphTools(*m_graph))
    , m_inspector(new TreeInspector)
    , m_tools(makeTools())
    , m_body(new QWidget)
    , m_empty(new EmptyState)
{
    m_filter.setSourceModel(&m_model);
    makeList();
    makeBody();
    m_header->addBeside(m_badge);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_tools);
    column->addWidget(m_content, 1);

    connect(m_view, &QTabBar::currentChanged, this, &TreePage::showView);
    connect(m_graph, &TreeGraph::roleOpened, this, &TreePage::openRole);
    connect(m_graph, &TreeGraph::roleChosen, this,
            [this](const QString &role) { choose(m_filter.tree() + u'/' + role); });
    connect(m_inspector, &TreeInspector::serverChosen, this, &Page::openServer);
    connect(m_inspector, &TreeInspector::nodeChosen, this, &TreePage::choose);
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, m_branches,
            &TreeBranches::remember);
    connect(&m_model, &TreeModel::updated, this, &TreePage::showTrees);
    connect(&m_model, &TreeModel::updated, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(&source, &FleetSource::liveChanged, this, &TreePage::showTrees);
    connect(&m_ages, &QTimer::timeout, this, [this] {
        if (isVisible())
            m_model.refresh();
    });
    m_ages.start(5s);
    m_model.setWatched(false); // until it is shown
    if (actions) {
        addActions(*actions);
        addEditor(*actions);
    }
    showTrees();
}

void TreePage::makeBody()
{
    auto *card = new Card;
    card->column()->setContentsMargins(1, 1, 1, 5);
    m_views->addWidget(m_list);
    m_views->addWidget(m_graph);
    card->column()->addWidget(m_views);
    m_side = new QVBoxLayout;
    m_side->setSpacing(12);
    m_side->addWidget(m_inspector, 1);
    m_columns = new QHBoxLayout(m_body);
    m_columns->setContentsMargins(20, 0, 20, 12);
    m_columns->setSpacing(16);
    m_columns->addWidget(card, 1);
    m_columns->addLayout(m_side);
    m_content->addWidget(m_body);
    m_content->addWidget(m_empty);
}

/// Verbs below the details, and the same in a menu at the list.
void TreePage::addActions(ActionCentre &actions)
{
    m_bar = new ActionBar(actions, {u"restart"_s, u"stop"_s});
    m_inspector->addFooter(m_bar);
    connect(m_bar, &ActionBar::actionRequested, this, &Page::actionRequested);
    connect(m_bar, &ActionBar::maintenanceRequested, this, &Page::maintenanceRequested);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QWidget::customContextMenuRequested, this,
            [this, &actions](const QPoint &place) { openMenu(actions, place); });
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

ActionScope TreePage::actionTarget() const
{
    const PaasTree *tree = m_model.tree(m_filter.tree());
    const QModelIndex index = m_model.indexOfKey(m_key);
    // What is only planned is nothing to act on.
    if (!tree || !index.isValid() || (m_editor && m_editor->isEditing(tree->id)))
        return {};
    const QList<TreePlace> places = m_list->isVisible() ? m_list->places() : QList<TreePlace>();
    return places.size() > 1 ? scopeOf(*tree, places) : scopeOf(*tree, treePlaceOf(index));
}

QWidget *TreePage::makeTools()
{
    auto *tools = new QWidget;
    auto *line = new QHBoxLayout(tools);
    line->setContentsMargins(20, 0, 20, 12);
    line->setSpacing(8);
    m_chooser->setAccessibleName(tr("PaaS"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_chooser->setMinimumHeight(30);
    m_find->setMaximumWidth(260);
    line->addWidget(m_view);
    line->addWidget(m_chooser);
    line->addWidget(m_find);
    line->addWidget(m_graphTools);
    m_graphTools->hide();
    line->addStretch(1);
    line->addWidget(m_version);
    connect(m_chooser, &QComboBox::activated, this,
            [this] { leaveTree(m_chooser->currentData().toString()); });
    connect(m_find, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter.setText(text);
        if (text.isEmpty())
            m_branches->restore();
        else
            m_list->expandAll();
        choose(m_key);
    });
    connect(m_find, &FilterField::left, m_list, qOverload<>(&QWidget::setFocus));
    auto *find = new QShortcut(QKeySequence(u"/"_s), this);
    connect(find, &QShortcut::activated, m_find,
            [this] { m_find->setFocus(Qt::ShortcutFocusReason); });
    return tools;
}

/// The list can be searched, the graph zoomed.
void TreePage::showView()
{
    const bool isGraph = m_view->currentIndex() == 1;
    m_find->setVisible(!isGraph);
    m_graphTools->setVisible(isGraph);
    if (m_editor)
        m_editor->closePanel();
    m_views->setCurrentIndex(m_view->currentIndex());
    if (isGraph) {
        m_find->clear();
        showStates();
        m_graph->fit();
    }
}

void TreePage::makeList()
{
    m_list->setModel(&m_filter);
    m_list->fitColumns();
    connect(m_list, &QTreeView::activated, this, &TreePage::activate);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    m_key = currentKey();
                showDetails();
            });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TreePage::showDetails);
}

void TreePage::open(const QString &what)
{
    m_model.catchUp();
    const QString id = what.section(u'/', 0, 0);
    if (!treeIds().contains(id) || !mayLeave([this, what] { open(what); }, id))
        return;
    m_find->clear();
    chooseTree(id);
    choose(what);
}

QVariantMap TreePage::place() const
{
    QVariantMap place = Page::place();
    place.insert(u"chosen"_s, m_key.isEmpty() ? m_filter.tree() : m_key);
    if (m_newTree && m_content->currentWidget() == m_newTree)
        place.insert(u"newTree"_s, m_newTree->draft());
    return place;
}

void TreePage::setPlace(const QVariantMap &place)
{
    open(place[u"chosen"_s].toString());
    Page::setPlace(place);
    if (!m_newTree || !place.contains(u"newTree"_s))
        return;
    openNewTree();
    m_newTree->setDraft(place[u"newTree"_s].toMap());
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

void TreePage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_model.setWatched(true);
    showTrees();
}

void TreePage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_model.setWatched(false);
}

QString TreePage::currentKey() const
{
    return m_list->currentIndex().data(TreeModel::KeyRole).toString();
}

void TreePage::chooseTree(const QString &id)
{
    m_branches->forget();
    m_filter.setTree(id);
    m_key = id;
    m_branches->restore();
    choose(id);
    showStates();
}

/// The node of this key or, when it is gone, the nearest above it.
QString TreePage::nearestKey(QString key) const
{
    while (key.contains(u'/') && !m_model.indexOfKey(key).isValid())
        key.truncate(key.lastIndexOf(u'/'));
    return key;
}

QStringList TreePage::treeIds() const
{
    QStringList ids = source().state().trees.keys();
    if (m_editor && m_editor->isEditing() && !ids.contains(m_editor->edit().id()))
        ids << m_editor->edit().id(); // it is new
    return ids;
}

void TreePage::choose(const QString &key)
{
    QModelIndex index = m_filter.mapFromSource(m_model.indexOfKey(nearestKey(key)));
    if (!index.isValid())
        index = m_filter.index(0, 0);
    if (m_list->currentIndex() != index) // else it would end a selection of several
        m_list->setCurrentIndex(index);
    if (index.isValid())
        m_list->scrollTo(index);
    showDetails();
}

/// The trees or the states of their nodes are others.
void TreePage::showTrees()
{
    const QStringList trees = treeIds();
    const bool isEmpty = trees.isEmpty();
    m_tools->setVisible(!isEmpty);
    m_badge->setVisible(!isEmpty);
    if (m_content->currentWidget() != m_newTree || !m_newTree)
        m_content->setCurrentWidget(isEmpty ? m_empty : m_body);
    showEmpty();
    if (isEmpty) {
        m_filter.setTree({});
        m_chooser->clear();
        return;
    }
    QStringList ids;
    for (int i = 0; i < m_chooser->count(); ++i)
        ids << m_chooser->itemData(i).toString();
    if (ids != trees) {
        m_chooser->clear();
        for (const QString &id : trees)
            m_chooser->addItem(tr("PaaS: %1").arg(oneLine(id, 40)), id);
    }
    if (!trees.contains(m_filter.tree()))
        chooseTree(trees.first());
    if (m_list->currentIndex().isValid())
        showDetails();
    else {
        m_branches->restore();
        choose(m_key);
    }
    showStates();
}

void TreePage::showStates()
{
    const PaasTree *tree = m_model.tree(m_filter.tree());
    if (!tree)
        return;
    m_chooser->setCurrentIndex(m_chooser->findData(tree->id));
    const int bad = m_model.sickRoles(tree->id);
    if (m_view->currentIndex() == 1)
        m_graph->setTree(source().state(), rollupOf(*tree), *tree, source().now());
    const auto health = Health(m_model.indexOfTree(tree->id).data(TreeModel::HealthRole).toInt());
    const QString id = oneLine(tree->id, 40);
    m_badge->setHealth(health,
                       bad == 0       ? tr("%1: all roles alive").arg(id)
                           : bad == 1 ? tr("%1: 1 role not alive").arg(id)
                                      : tr("%1: %2 roles not alive").arg(id).arg(bad));
    m_version->setText(versionText(*tree));
    if (m_edit)
        m_edit->setEnabled(source().isLive() && !source().isPast()
                           && !m_editor->edit().isEditing());
}

/// What a tree adds up to; one that is being edited is none of the fleet's yet.
const FleetRollup &TreePage::rollupOf(const PaasTree &tree)
{
    const auto known = source().state().trees.constFind(tree.id);
    if (known != source().state().trees.cend() && &*known == &tree)
        return source().rollup();
    m_editedRollup.rebuild(source().state(), tree, source().now());
    return m_editedRollup;
}

void TreePage::showDetails()
{
    if (m_bar) {
        m_bar->setTarget(actionTarget());
        m_bar->setVisible(!m_bar->target().maintenanceKeys().isEmpty());
        Q_EMIT actionTargetChanged();
    }
    const FleetState &state = source().state();
    const PaasTree *tree = m_model.tree(m_filter.tree());
    const QModelIndex index = m_model.indexOfKey(m_key);
    if (!tree || !index.isValid()) {
        m_inspector->clear();
        return;
    }
    const PaasRole *role = roleAt(*tree, treePlaceOf(index).role);
    if (m_editor)
        m_editor->setPlace(treePlaceOf(index));
    m_graph->setChosen(role ? role->role : QString());
    const QString ip = index.data(TreeModel::IpRole).toString();
    if (role && !ip.isEmpty())
        m_inspector->setDetails(detailsOf(
            state, *role, {ip, index.data(TreeModel::InstanceRole).toString()}, source().now()));
    else if (role)
        m_inspector->setDetails(detailsOf(state, rollupOf(*tree), *tree, *role, source().now()));
    else
        m_inspector->setDetails(detailsOf(rollupOf(*tree), *tree));
}

/// Of the graph's card the instances, in the list.
void TreePage::openRole(const QString &role)
{
    m_view->setCurrentIndex(0);
    choose(m_filter.tree() + u'/' + role);
    m_list->expand(m_list->currentIndex());
    m_list->setFocus();
}

void TreePage::activate(const QModelIndex &index)
{
    const QString ip = index.data(TreeModel::IpRole).toString();
    if (!ip.isEmpty() && !(m_editor && m_editor->isEditing()))
        Q_EMIT openServer(ip);
    else
        m_list->setExpanded(index.siblingAtColumn(0),
                            !m_list->isExpanded(index.siblingAtColumn(0)));
}

} // namespace Treewarden
