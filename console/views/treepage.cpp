// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treepage.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/views/actionbar.h"
#include "console/views/actionmenu.h"
#include "console/views/card.h"
#include "console/views/emptystate.h"
#include "console/views/filterfield.h"
#include "console/views/healthicon.h"
#include "console/views/pageheader.h"
#include "console/views/pagetabs.h"
#include "console/views/tableheader.h"
#include "console/views/tonedlabel.h"
#include "console/views/treedelegate.h"
#include "console/views/treegraph.h"
#include "console/views/treeinspector.h"
#include "shared/core/textformat.h"

#include <QComboBox>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTreeView>
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
    , m_list(new QTreeView)
    , m_graph(new TreeGraph)
    , m_views(new QStackedWidget)
    , m_view(new SegmentedChoice({tr("List"), tr("Graph")}))
    , m_graphTools(makeGraphTools())
    , m_inspector(new TreeInspector)
    , m_tools(makeTools())
    , m_body(new QWidget)
    , m_empty(new EmptyState)
{
    m_filter.setSourceModel(&m_model);
    makeList();
    m_header->addBeside(m_badge);
    auto *card = new Card;
    card->column()->setContentsMargins(1, 1, 1, 5);
    m_views->addWidget(m_list);
    m_views->addWidget(m_graph);
    card->column()->addWidget(m_views);
    auto *body = new QHBoxLayout(m_body);
    body->setContentsMargins(20, 0, 20, 12);
    body->setSpacing(16);
    body->addWidget(card, 1);
    body->addWidget(m_inspector);
    m_content->addWidget(m_body);
    m_content->addWidget(m_empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_tools);
    column->addWidget(m_content, 1);

    connect(m_view, &QTabBar::currentChanged, this, &TreePage::showView);
    connect(m_graph, &TreeGraph::roleChosen, this,
            [this](const QString &role) { choose(m_filter.tree() + u'/' + role); });
    connect(m_inspector, &TreeInspector::serverChosen, this, &Page::openServer);
    connect(m_inspector, &TreeInspector::nodeChosen, this, &TreePage::choose);
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, &TreePage::rememberExpanded);
    connect(&m_model, &TreeModel::updated, this, &TreePage::showTrees);
    connect(&source, &FleetSource::liveChanged, this, &TreePage::showTrees);
    connect(&m_ages, &QTimer::timeout, this, [this] {
        if (isVisible())
            m_model.refresh();
    });
    m_ages.start(5s);
    m_model.setWatched(false); // until it is shown
    if (actions)
        addActions(*actions);
    showTrees();
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
            [this, &actions](const QPoint &place) {
                auto *menu = new ActionMenu(actions, ActionMenu::Shortcuts::No, this);
                menu->setAttribute(Qt::WA_DeleteOnClose);
                menu->setTarget(actionTarget());
                connect(menu, &ActionMenu::actionRequested, this, &Page::actionRequested);
                connect(menu, &ActionMenu::maintenanceRequested, this, &Page::maintenanceRequested);
                menu->popup(m_list->viewport()->mapToGlobal(place));
            });
}

ActionScope TreePage::actionTarget() const
{
    const auto tree = source().state().trees.constFind(m_filter.tree());
    const QModelIndex index = m_model.indexOfKey(m_key);
    if (tree == source().state().trees.cend() || !index.isValid())
        return {};
    const PaasRole *role = findRole(*tree, index.data(TreeModel::RoleRole).toString());
    if (!role)
        return {{}, tree->id, {}};
    ActionScope target;
    const QString ip = index.data(TreeModel::IpRole).toString();
    for (const PaasInstance &instance : role->instances) {
        if (ip.isEmpty()
            || instance == PaasInstance{ip, index.data(TreeModel::InstanceRole).toString()})
            target.places.append({instance.ip, {role->role, instance.instance}});
    }
    if (ip.isEmpty() && !target.isEmpty()) {
        target.tree = tree->id;
        target.role = role->role;
    }
    return target;
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
    line->addStretch(1);
    line->addWidget(m_version);
    connect(m_chooser, &QComboBox::activated, this,
            [this] { chooseTree(m_chooser->currentData().toString()); });
    connect(m_find, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter.setText(text);
        if (text.isEmpty())
            expandWhatMatters();
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

QWidget *TreePage::makeGraphTools()
{
    auto *tools = new QWidget;
    auto *line = new QHBoxLayout(tools);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    const auto addButton = [&](const QString &text, const QString &name, auto action) {
        auto *button = new QPushButton(text);
        button->setAccessibleName(name);
        button->setToolTip(name);
        connect(button, &QAbstractButton::clicked, m_graph, action);
        line->addWidget(button);
        return button;
    };
    addButton(u"−"_s, tr("Smaller"), [this] { m_graph->zoom(0.8); })->setFixedWidth(32);
    auto *percent = new TonedLabel({}, TonedLabel::Tone::Secondary);
    percent->setAlignment(Qt::AlignCenter);
    percent->setMinimumWidth(QFontMetrics(uiFont()).horizontalAdvance(u"100 %"_s) + 8);
    line->addWidget(percent);
    addButton(u"+"_s, tr("Larger"), [this] { m_graph->zoom(1.25); })->setFixedWidth(32);
    addButton(tr("Fit"), tr("Show all of the tree"), [this] { m_graph->fit(); });
    connect(m_graph, &TreeGraph::zoomChanged, percent,
            [this, percent] { percent->setText(tr("%1 %", "zoom").arg(m_graph->zoomPercent())); });
    tools->hide();
    return tools;
}

/// The list can be searched, the graph zoomed.
void TreePage::showView()
{
    const bool isGraph = m_view->currentIndex() == 1;
    m_find->setVisible(!isGraph);
    m_graphTools->setVisible(isGraph);
    m_views->setCurrentIndex(m_view->currentIndex());
    if (isGraph) {
        m_find->clear();
        m_graph->fit();
    }
}

void TreePage::makeList()
{
    auto *header = new TableHeader;
    m_list->setModel(&m_filter);
    m_list->setHeader(header);
    m_list->setItemDelegate(new TreeDelegate(m_list));
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setIndentation(18);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setExpandsOnDoubleClick(false);
    m_list->setAccessibleName(tr("Service tree"));
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(TreeModel::NameColumn, QHeaderView::Stretch);
    const int widths[] = {0, 120, 90, 140, 110};
    for (int column = TreeModel::StateColumn; column < TreeModel::ColumnCount; ++column) {
        header->setSectionResizeMode(column, QHeaderView::Interactive);
        header->resizeSection(column, widths[column]);
    }
    connect(m_list, &QTreeView::activated, this, &TreePage::activate);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    m_key = currentKey();
                showDetails();
            });
}

void TreePage::open(const QString &what)
{
    const QString id = what.section(u'/', 0, 0);
    if (!source().state().trees.contains(id))
        return;
    m_find->clear();
    chooseTree(id);
    choose(what);
}

QVariantMap TreePage::place() const
{
    QVariantMap place = Page::place();
    place.insert(u"chosen"_s, m_key.isEmpty() ? m_filter.tree() : m_key);
    return place;
}

void TreePage::setPlace(const QVariantMap &place)
{
    open(place[u"chosen"_s].toString());
    Page::setPlace(place);
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
    m_hasExpanded = false;
    m_filter.setTree(id);
    m_key = id;
    expandWhatMatters();
    choose(id);
    showStates();
}

void TreePage::choose(const QString &key)
{
    QModelIndex index = m_filter.mapFromSource(m_model.indexOfKey(key));
    if (!index.isValid())
        index = m_filter.index(0, 0);
    m_list->setCurrentIndex(index);
    if (index.isValid())
        m_list->scrollTo(index);
    showDetails();
}

/// The trees or the states of their nodes are others.
void TreePage::showTrees()
{
    const QMap<QString, PaasTree> &trees = source().state().trees;
    const bool isEmpty = trees.isEmpty();
    m_tools->setVisible(!isEmpty);
    m_badge->setVisible(!isEmpty);
    m_content->setCurrentWidget(isEmpty ? m_empty : m_body);
    m_empty->setText(
        source().hasState() ? tr("There is no service tree yet.")
                            : tr("No fleet has been read yet."),
        source().hasState() ? tr(
            "Write its template with: treewarden paas template dev > dev.json\n"
            "Fill in where each role runs, then save it with: treewarden paas set dev dev.json")
                            : source().trouble());
    if (isEmpty) {
        m_filter.setTree({});
        m_chooser->clear();
        return;
    }
    QStringList ids;
    for (int i = 0; i < m_chooser->count(); ++i)
        ids << m_chooser->itemData(i).toString();
    if (ids != trees.keys()) {
        m_chooser->clear();
        for (const PaasTree &tree : trees)
            m_chooser->addItem(tr("PaaS: %1").arg(oneLine(tree.id, 40)), tree.id);
    }
    if (!trees.contains(m_filter.tree()))
        chooseTree(trees.firstKey());
    if (m_list->currentIndex().isValid())
        showDetails();
    else {
        expandWhatMatters();
        choose(m_key);
    }
    showStates();
}

void TreePage::showStates()
{
    const auto tree = source().state().trees.constFind(m_filter.tree());
    if (tree == source().state().trees.cend())
        return;
    m_chooser->setCurrentIndex(m_chooser->findData(tree->id));
    int bad = 0;
    for (const PaasRole &role : tree->roles) {
        const RoleHealth health = roleHealth(source().state(), *tree, role, source().now());
        bad += health.total > 0 && health.health != Health::Alive;
    }
    m_graph->setTree(source().state(), *tree, source().now());
    const Health health = treeHealth(source().state(), *tree, source().now());
    const QString id = oneLine(tree->id, 40);
    m_badge->setHealth(health,
                       bad == 0       ? tr("%1: all roles alive").arg(id)
                           : bad == 1 ? tr("%1: 1 role not alive").arg(id)
                                      : tr("%1: %2 roles not alive").arg(id).arg(bad));
    m_version->setText(tr("Version %1").arg(tree->version));
}

void TreePage::showDetails()
{
    if (m_bar) {
        m_bar->setTarget(actionTarget());
        m_bar->setVisible(!m_bar->target().maintenanceKeys().isEmpty());
        Q_EMIT actionTargetChanged();
    }
    const FleetState &state = source().state();
    const auto tree = state.trees.constFind(m_filter.tree());
    const QModelIndex index = m_model.indexOfKey(m_key);
    if (tree == state.trees.cend() || !index.isValid()) {
        m_inspector->clear();
        return;
    }
    const PaasRole *role = findRole(*tree, index.data(TreeModel::RoleRole).toString());
    m_graph->setChosen(role ? role->role : QString());
    const QString ip = index.data(TreeModel::IpRole).toString();
    if (role && !ip.isEmpty())
        m_inspector->setDetails(detailsOf(
            state, *role, {ip, index.data(TreeModel::InstanceRole).toString()}, source().now()));
    else if (role)
        m_inspector->setDetails(detailsOf(state, *tree, *role, source().now()));
    else
        m_inspector->setDetails(detailsOf(state, *tree, source().now()));
}

void TreePage::activate(const QModelIndex &index)
{
    const QString ip = index.data(TreeModel::IpRole).toString();
    if (!ip.isEmpty())
        Q_EMIT openServer(ip);
    else
        m_list->setExpanded(index.siblingAtColumn(0),
                            !m_list->isExpanded(index.siblingAtColumn(0)));
}

void TreePage::rememberExpanded()
{
    m_expanded.clear();
    m_hasExpanded = m_filter.rowCount() > 0;
    const auto visit = [this](const auto &self, const QModelIndex &parent) -> void {
        for (int row = 0; row < m_filter.rowCount(parent); ++row) {
            const QModelIndex index = m_filter.index(row, 0, parent);
            if (m_list->isExpanded(index))
                m_expanded.insert(index.data(TreeModel::KeyRole).toString());
            self(self, index);
        }
    };
    visit(visit, {});
}

/// What was open before, or at first: all down to the roles, and of those that are not alive their
/// instances.
void TreePage::expandWhatMatters()
{
    const auto visit = [this](const auto &self, const QModelIndex &parent) -> void {
        for (int row = 0; row < m_filter.rowCount(parent); ++row) {
            const QModelIndex index = m_filter.index(row, 0, parent);
            const auto kind = TreeModel::Kind(index.data(TreeModel::KindRole).toInt());
            const bool isSick = Health(index.data(TreeModel::HealthRole).toInt()) != Health::Alive;
            const bool isOpen = m_hasExpanded
                ? m_expanded.contains(index.data(TreeModel::KeyRole).toString())
                : kind != TreeModel::Kind::Role || isSick;
            m_list->setExpanded(index, isOpen);
            self(self, index);
        }
    };
    visit(visit, {});
}

} // namespace Treewarden
