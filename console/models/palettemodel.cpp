// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/palettemodel.h"

#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int groupCount = 4;
constexpr int mostRecent = 8; ///< of those shown before anything is typed

using Kind = PaletteItem::Kind;

/// Servers, services with roles and trees, pages, actions.
int groupOf(Kind kind)
{
    switch (kind) {
    case Kind::Server:
        return 0;
    case Kind::Page:
    case Kind::Filter:
        return 2;
    case Kind::Action:
    case Kind::Choice:
        return 3;
    default:
        return 1;
    }
}

QString groupTitle(int group)
{
    const QString titles[groupCount] = {PaletteModel::tr("Servers"), PaletteModel::tr("Services"),
                                        PaletteModel::tr("Pages"), PaletteModel::tr("Actions")};
    return titles[group];
}

PaletteItem paletteHeading(const QString &title)
{
    PaletteItem item;
    item.title = title;
    return item;
}

} // namespace

PaletteModel::PaletteModel(FleetSource &source, QObject *parent)
    : QAbstractListModel(parent)
    , m_source(source)
{
    const auto goStale = [this] { m_isStale = true; };
    connect(&source, &FleetSource::reset, this, goStale);
    for (auto signal : {&FleetSource::serverAdded, &FleetSource::serverRemoved})
        connect(&source, signal, this, goStale);
    connect(&source, &FleetSource::serverChanged, this,
            [this](const QString &ip) { m_touched.insert(ip); });
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const PaletteItem &item = m_rows[index.row()];
    if (role == Qt::DisplayRole)
        return item.title;
    if (role != Qt::AccessibleTextRole)
        return {};
    QStringList words{item.title};
    if (item.health)
        words << healthText(*item.health);
    for (const QString &word : {item.note, item.detail, item.shortcut, item.whyNot}) {
        if (!word.isEmpty())
            words << word;
    }
    return words.join(u", "_s);
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || m_rows[index.row()].kind == Kind::Heading)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

int PaletteModel::selectable(int row, int step) const
{
    while (row >= 0 && row < m_rows.size() && m_rows[row].kind == Kind::Heading)
        row += step;
    return row >= 0 && row < m_rows.size() ? row : -1;
}

PaletteModel::Offer PaletteModel::offerOf(const PaletteItem &item)
{
    QString words = item.title;
    if (item.kind == Kind::Role || item.kind == Kind::Tree)
        words += u' ' + item.what(); // its id, however people call it
    else if (item.kind == Kind::Filter)
        words += u' ' + item.note;
    else if (item.kind != Kind::Choice)
        words += u' ' + item.detail;
    return {item, words.left(200).toLower()};
}

void PaletteModel::open(const QList<PaletteItem> &offered, const QStringList &recent)
{
    readNames();
    m_isChoosing = false;
    m_recent = recent;
    m_offered.clear();
    offerTrees();
    for (const PaletteItem &item : offered)
        m_offered << offerOf(item);
    m_text.clear();
    showRows();
}

/// Most changes are of states and values: names are read anew only when one is another.
void PaletteModel::readNames()
{
    const auto &servers = m_source.state().servers;
    const bool isStale
        = m_isStale || std::any_of(m_touched.cbegin(), m_touched.cend(), [&](const QString &ip) {
              const auto server = servers.constFind(ip);
              return server == servers.cend() || !m_index.isUpToDate(*server);
          });
    m_touched.clear();
    m_isStale = false;
    if (isStale)
        m_index.build(m_source.state());
}

void PaletteModel::offerTrees()
{
    const FleetState &state = m_source.state();
    for (const PaasTree &tree : state.trees) {
        PaletteItem item;
        item.kind = Kind::Tree;
        item.key = u"tree/"_s + tree.id;
        item.title = oneLine(tree.id, 60);
        item.detail = tr("PaaS");
        item.health = m_source.rollup().tree(tree.id);
        item.target.tree = tree.id;
        m_offered << offerOf(item);
        for (const PaasRole &role : tree.roles) {
            if (role.instances.isEmpty())
                continue;
            item.kind = Kind::Role;
            item.key = u"tree/%1/%2"_s.arg(tree.id, role.role);
            item.title
                = tr("%1 in %2", "a role in a PaaS").arg(roleTitle(role), oneLine(tree.id, 60));
            item.detail = tr("Role");
            item.health = roleHealth(state, tree, role, m_source.now()).health;
            item.target = {};
            for (const PaasInstance &instance : role.instances)
                item.target.places.append({instance.ip, {role.role, instance.instance}});
            item.target.tree = tree.id;
            item.target.role = role.role;
            m_offered << offerOf(item);
        }
    }
}

void PaletteModel::setChoices(const QList<PaletteItem> &choices)
{
    m_isChoosing = true;
    m_offered.clear();
    for (const PaletteItem &choice : choices)
        m_offered << offerOf(choice);
    m_text.clear();
    showRows();
}

void PaletteModel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    showRows();
}

QString PaletteModel::sentence() const
{
    if (!m_rows.isEmpty())
        return {};
    const QString typed = m_text.trimmed();
    if (typed.isEmpty())
        return tr("There is nothing to choose from.");
    return m_isChoosing || typed.startsWith(u'>')
        ? tr("No action is called that.")
        : tr("No server, service, page or action is called that.");
}

void PaletteModel::showRows()
{
    beginResetModel();
    const QString typed = m_text.trimmed();
    const bool isActionsOnly = typed.startsWith(u'>');
    m_rows = typed.isEmpty() && !m_isChoosing
        ? rowsForNothing()
        : rowsFor(isActionsOnly ? typed.mid(1) : typed, isActionsOnly);
    endResetModel();
}

/// What was used last, then every page and action.
QList<PaletteItem> PaletteModel::rowsForNothing() const
{
    QList<PaletteItem> rows;
    for (const QString &key : m_recent) {
        const PaletteItem item = itemOfKey(key);
        if (item.kind == Kind::Heading || rows.size() >= mostRecent)
            continue;
        rows << item;
    }
    if (!rows.isEmpty())
        rows.prepend(paletteHeading(tr("Used last")));
    const qsizetype most = mostItems + groupCount;
    for (int group : {2, 3}) {
        bool isFirst = true;
        for (const Offer &offer : m_offered) {
            if (groupOf(offer.item.kind) != group || rows.size() >= most || !offer.item.isEnabled)
                continue;
            if (std::exchange(isFirst, false))
                rows << paletteHeading(groupTitle(group));
            rows << offer.item;
        }
    }
    return rows;
}

/// Groups stand in the order of their best. While several have something, none takes all the room.
QList<PaletteItem> PaletteModel::rowsFor(const QString &typed, bool isActionsOnly) const
{
    const QList<Scored> all = found(fuzzyWords(typed), isActionsOnly);
    int best = 0;
    for (const Scored &scored : all)
        best = qMax(best, scored.score);
    QList<Scored> groups[groupCount];
    for (const Scored &scored : all) {
        if (scored.score > best / 3) // letters strewn about are no match beside a real one
            groups[groupOf(scored.item.kind)] << scored;
    }
    QList<int> order;
    for (int group = 0; group < groupCount; ++group) {
        std::stable_sort(groups[group].begin(), groups[group].end(), &comesBefore);
        if (!groups[group].isEmpty())
            order << group;
    }
    std::stable_sort(order.begin(), order.end(), [&groups](int left, int right) {
        return groups[left].first().score > groups[right].first().score;
    });
    QList<PaletteItem> rows;
    for (int group : std::as_const(order)) {
        if (!m_isChoosing)
            rows << paletteHeading(groupTitle(group));
        const qsizetype share = mostItems / order.size();
        for (const Scored &scored : groups[group].first(qMin(share, groups[group].size())))
            rows << scored.item;
    }
    return rows;
}

QList<PaletteModel::Scored> PaletteModel::found(const QList<FuzzyWord> &words,
                                                bool isActionsOnly) const
{
    QList<Scored> all;
    if (!isActionsOnly && !m_isChoosing) {
        all = foundRecent(words);
        QSet<QString> keys;
        for (const Scored &scored : std::as_const(all))
            keys.insert(scored.item.key);
        const PaletteIndex::Hits hits = m_index.search(words, mostItems);
        for (const auto *found : {&hits.servers, &hits.services}) {
            for (const PaletteIndex::Hit &hit : *found) {
                const QString &ip = m_index.ip(hit.server);
                const PaletteItem item = hit.service < 0
                    ? serverItem(ip)
                    : serviceItem(ip, m_index.service(hit.service));
                if (item.kind != Kind::Heading && !keys.contains(item.key))
                    all << Scored{hit.score, item};
            }
        }
    }
    for (const Offer &offer : m_offered) {
        if (isActionsOnly && offer.item.kind != Kind::Action)
            continue;
        // Without words everything fits, in its order.
        int score = words.isEmpty() ? 1 : fuzzyScore(words, FuzzyText(offer.words));
        if (score == 0)
            continue;
        if (const qsizetype place = m_recent.indexOf(offer.item.key);
            place >= 0 && !words.isEmpty())
            score += 200 - int(qMin<qsizetype>(place, 19)) * 5;
        if (offer.item.kind == Kind::Role || offer.item.kind == Kind::Tree)
            score += 60; // the whole before its parts
        all << Scored{score, offer.item};
    }
    return all;
}

/// What can be done first; among those that fit as well what is worst.
bool PaletteModel::comesBefore(const Scored &left, const Scored &right)
{
    if (left.item.isEnabled != right.item.isEnabled)
        return left.item.isEnabled;
    if (left.score != right.score)
        return left.score > right.score;
    return left.item.health.value_or(Health::Alive) > right.item.health.value_or(Health::Alive);
}

/// Servers and services that were used last come before others that fit as well.
QList<PaletteModel::Scored> PaletteModel::foundRecent(const QList<FuzzyWord> &words) const
{
    QList<Scored> all;
    int bonus = 205;
    for (const QString &key : m_recent) {
        bonus = qMax(bonus - 5, 100);
        if (!key.startsWith(u"server/"))
            continue;
        const PaletteItem item = itemOfKey(key);
        if (item.kind == Kind::Heading)
            continue;
        const QString text = (item.title + u' ' + item.note).toLower();
        if (const int score = fuzzyScore(words, FuzzyText(text)))
            all << Scored{score + bonus, item};
    }
    return all;
}

PaletteItem PaletteModel::serverItem(const QString &ip) const
{
    const FleetState &state = m_source.state();
    const auto server = state.servers.constFind(ip);
    if (server == state.servers.cend())
        return {};
    PaletteItem item;
    item.kind = Kind::Server;
    item.key = u"server/"_s + ip;
    item.title = serverText(state, ip);
    if (item.title != ip)
        item.note = oneLine(ip, 45);
    item.detail = tr("Server");
    item.health = serverHealth(state, *server, m_source.now());
    item.target.places = {{ip, systemService}};
    return item;
}

PaletteItem PaletteModel::serviceItem(const QString &ip, const ServiceId &id) const
{
    const FleetState &state = m_source.state();
    const auto server = state.servers.constFind(ip);
    if (server == state.servers.cend())
        return {};
    const auto service = server->services.constFind(id);
    if (service == server->services.cend())
        return {};
    PaletteItem item;
    item.kind = Kind::Service;
    item.key = u"server/%1/%2/%3"_s.arg(ip, id.role, id.instance);
    item.title = serviceText(state, ip, id);
    item.note = oneLine(ip, 45);
    item.detail = tr("Service");
    item.health = serviceHealth(state, *server, *service, m_source.now());
    item.target.places = {{ip, id}};
    return item;
}

PaletteItem PaletteModel::itemOfKey(const QString &key) const
{
    const QStringList parts = key.split(u'/');
    if (parts.first() == u"server" && parts.size() == 2)
        return serverItem(parts[1]);
    if (parts.first() == u"server" && parts.size() == 4)
        return serviceItem(parts[1], {parts[2], parts[3]});
    for (const Offer &offer : m_offered) {
        if (offer.item.key == key && offer.item.isEnabled)
            return offer.item;
    }
    return {};
}

} // namespace Treewarden
