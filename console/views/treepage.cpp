// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treepage.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/models/treeseveral.h"
#include "console/views/actionbar.h"
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
