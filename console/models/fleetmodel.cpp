// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetmodel.h"

#include "console/models/fleettext.h"
#include "shared/core/textformat.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString missing = u"–"_s;

/// In the order of FleetModel::Column.
const QStringList columnWords{u"state"_s,  u"name"_s, u"ip"_s,   u"roles"_s,    u"paas"_s, u"cpu"_s,
                              u"memory"_s, u"load"_s, u"disk"_s, u"services"_s, u"since"_s};

int order(const QString &left, const QString &right)
{
    return left.compare(right, Qt::CaseInsensitive);
}

int order(double left, double right)
{
    return left < right ? -1 : left > right;
}

/// What is missing stands last in either direction.
std::optional<int> missingOrder(const std::optional<double> &left,
                                const std::optional<double> &right)
{
    if (left.has_value() == right.has_value())
        return left ? std::nullopt : std::optional(0);
    return left ? -1 : 1;
}

int textOrder(const FleetRow &left, const FleetRow &right, int column)
{
    switch (column) {
    case FleetModel::StateColumn:
        return int(right.health) - int(left.health); // worst first
    case FleetModel::IpColumn:
        return left.ipKey.compare(right.ipKey);
    case FleetModel::RolesColumn:
        return order(left.roles, right.roles);
    case FleetModel::TreesColumn:
        return order(left.trees, right.trees);
    default:
        return left.sortName.compare(right.sortName);
    }
}

bool isNumeric(int column)
{
    return column >= FleetModel::CpuColumn;
}

constexpr auto watchedPause = 100ms, unwatchedPause = 1000ms;
constexpr qsizetype mostShownOneByOne = 200;
constexpr qsizetype manyServers = 1000;
constexpr auto slice = 8ms;

} // namespace

FleetModel::FleetModel(FleetSource &source, QObject *parent)
    : QAbstractTableModel(parent)
    , m_source(source)
    , m_rebuilding(0ms, [this] { rebuild(); })
{
    m_flushTimer.setSingleShot(true);
    m_flushTimer.setInterval(watchedPause);
    m_heldTimer.setSingleShot(true);
    m_heldTimer.setInterval(1s);
    connect(&m_flushTimer, &QTimer::timeout, this, &FleetModel::flush);
    connect(&m_heldTimer, &QTimer::timeout, this, &FleetModel::countHeld);
    m_expiryTimer.start(30s);
    connect(&m_expiryTimer, &QTimer::timeout, this, &FleetModel::refreshAll);
    connect(&source, &FleetSource::reset, this,
            [this] { m_rebuilding.doIn(pauseUntil(0, m_source.state().servers.size())); });
    connect(&source, &FleetSource::serverChanged, this, &FleetModel::touch);
    connect(&source, &FleetSource::workloadChanged, this, &FleetModel::takeWorkload);
    connect(&source, &FleetSource::serverAdded, this, &FleetModel::addServer);
    connect(&source, &FleetSource::serverRemoved, this, &FleetModel::removeServer);
    connect(&source, &FleetSource::treesChanged, this, &FleetModel::refreshAll);
    connect(&source, &FleetSource::maintenanceChanged, this, &FleetModel::refreshAll);
    connect(&source, &FleetSource::momentChanged, this, [this] {
        if (!m_shown.isEmpty())
            Q_EMIT dataChanged(index(0, SinceColumn), index(rowCount() - 1, SinceColumn));
    });
    m_sliceTimer.setSingleShot(true);
    connect(&m_sliceTimer, &QTimer::timeout, this, &FleetModel::buildOn);
    m_builder.emplace(m_source, m_fleet);
    showRows();
}

QString FleetModel::columnWord(int column)
{
    return columnWords.value(column);
}

int FleetModel::columnOf(const QString &word)
{
    return int(columnWords.indexOf(word));
}

std::optional<double> FleetModel::number(const FleetRow &row, int column)
{
    switch (column) {
    case CpuColumn:
        return row.cpu;
    case MemoryColumn:
        return row.memory;
    case LoadColumn:
        return row.load;
    case DiskColumn:
        return row.disk;
    case ServicesColumn:
        return row.services ? double(row.servicesAlive) / row.services : std::optional<double>();
    case SinceColumn:
        return row.since ? std::optional<double>(double(-row.since)) : std::nullopt;
    default:
        return {};
    }
}

int FleetModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int FleetModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FleetModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_shown.size())
        return {};
    const FleetRow &shown = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return displayText(shown, index.column());
    case IpRole:
        return shown.ip;
    case HealthRole:
        return int(shown.health);
    case Qt::TextAlignmentRole:
        return int(isNumeric(index.column()) ? Qt::AlignRight | Qt::AlignVCenter
                                             : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (index.column() == SinceColumn && shown.since)
            return QLocale().toString(QDateTime::fromMSecsSinceEpoch(shown.since),
                                      QLocale::ShortFormat);
        return index.column() == RolesColumn || index.column() == NameColumn
            ? QVariant(displayText(shown, index.column()).toString().toHtmlEscaped())
            : QVariant();
    default:
        return {};
    }
}

QVariant FleetModel::displayText(const FleetRow &row, int column) const
{
    const QLocale locale;
    switch (column) {
    case StateColumn:
        return healthText(row.health);
    case NameColumn:
        return row.name;
    case IpColumn:
        return row.ip;
    case RolesColumn:
        return row.roles.isEmpty() ? missing : row.roles;
    case TreesColumn:
        return row.trees.isEmpty() ? missing : row.trees;
    case ServicesColumn:
        return row.services == 0
            ? missing
            : tr("%1 / %2")
                  .arg(row.areServicesKnown ? QString::number(row.servicesAlive) : u"?"_s)
                  .arg(row.services);
    case SinceColumn:
        return row.since ? formatDuration(qMax<qint64>(0, now() - row.since)) : missing;
    case LoadColumn:
        return row.load ? locale.toString(*row.load, 'f', 2) : missing;
    default: {
        const std::optional<double> value = number(row, column);
        return value ? locale.toString(*value, 'f', 1) : missing;
    }
    }
}

QVariant FleetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == LoadColumn || section >= ServicesColumn
                       ? Qt::AlignRight | Qt::AlignVCenter
                       : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StateColumn:
        return tr("State");
    case NameColumn:
        return tr("Name");
    case IpColumn:
        return tr("IP");
    case RolesColumn:
        return tr("Roles");
    case TreesColumn:
        return tr("PaaS");
    case CpuColumn:
        return tr("CPU %");
    case MemoryColumn:
        return tr("Memory %");
    case LoadColumn:
        return tr("Load");
    case DiskColumn:
        return tr("Disk %");
    case ServicesColumn:
        return tr("Services");
    case SinceColumn:
        return tr("Since");
    default:
        return {};
    }
}

int FleetModel::rowOf(const QString &ip) const
{
    const auto found = m_fleet.byIp.constFind(ip);
    return found == m_fleet.byIp.cend() ? -1 : int(m_shown.indexOf(*found));
}

QList<int> FleetModel::rowsOf(const QStringList &ips) const
{
    if (ips.isEmpty())
        return {};
    const QSet<QString> wanted(ips.begin(), ips.end());
    QList<int> rows;
    for (int row = 0; row < m_shown.size(); ++row)
        if (wanted.contains(m_fleet.rows[m_shown[row]].ip))
            rows << row;
    return rows;
}

int FleetModel::aliveCount() const
{
    return int(std::count_if(m_fleet.rows.begin(), m_fleet.rows.end(), [](const FleetRow &row) {
        return row.health == Health::Alive || row.health == Health::Degraded;
    }));
}

int FleetModel::countMatching(const FleetFilter &filter) const
{
    return int(std::count_if(m_fleet.rows.begin(), m_fleet.rows.end(),
                             [&filter](const FleetRow &row) { return filter.matches(row); }));
}

FilterNames FleetModel::names() const
{
    QSet<QString> lists, roles; // many servers have the same list of roles
    for (const FleetRow &row : m_fleet.rows) {
        if (row.roles.isEmpty() || lists.contains(row.roles))
            continue;
        lists.insert(row.roles);
        for (const QString &role : row.roleIds)
            roles.insert(role);
    }
    FilterNames names{QStringList(roles.begin(), roles.end()), m_source.state().trees.keys()};
    names.roles.sort();
    return names;
}

void FleetModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = qBound(0, column, ColumnCount - 1);
    m_sortOrder = order;
    sortNow();
}

void FleetModel::setFilter(const FleetFilter &filter)
{
    m_filter = filter;
    beginResetModel();
    m_shown = wantedOrder();
    m_positions.clear();
    endResetModel();
    setHeldCount(0);
}

void FleetModel::sortNow()
{
    const QList<int> wanted = wantedOrder();
    QList<bool> areShown(m_fleet.rows.size(), false);
    for (const int row : std::as_const(m_shown))
        areShown[row] = true;
    const bool areTheSame = wanted.size() == m_shown.size()
        && std::all_of(wanted.begin(), wanted.end(), [&](int row) { return areShown[row]; });
    if (!areTheSame) {
        beginResetModel();
        m_shown = wanted;
        endResetModel();
    } else {
        Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
        QList<int> places(m_fleet.rows.size(), -1);
        for (int i = 0; i < wanted.size(); ++i)
            places[wanted[i]] = i;
        QModelIndexList from = persistentIndexList(), to;
        for (const QModelIndex &index : std::as_const(from))
            to << createIndex(places[m_shown[index.row()]], index.column());
        m_shown = wanted;
        changePersistentIndexList(from, to);
        Q_EMIT layoutChanged({}, VerticalSortHint);
    }
    m_positions.clear();
    setHeldCount(0);
}

bool FleetModel::comesBefore(int left, int right) const
{
    const FleetRow &a = m_fleet.rows[left], &b = m_fleet.rows[right];
    int result = 0;
    if (isNumeric(m_sortColumn)) {
        const auto x = number(a, m_sortColumn), y = number(b, m_sortColumn);
        const std::optional<int> byAbsence = missingOrder(x, y);
        if (byAbsence && *byAbsence)
            return *byAbsence < 0;
        result = byAbsence ? 0 : order(*x, *y);
    } else {
        result = textOrder(a, b, m_sortColumn);
    }
    if (m_sortOrder == Qt::DescendingOrder)
        result = -result;
    if (result == 0)
        result = a.sortName.compare(b.sortName);
    return result ? result < 0 : a.ip < b.ip;
}

/// What rows are sorted by first: the smaller the earlier, in either order.
double FleetModel::sortValue(int row) const
{
    const FleetRow &shown = m_fleet.rows[row];
    double value = 0;
    if (isNumeric(m_sortColumn)) {
        const std::optional<double> known = number(shown, m_sortColumn);
        if (!known)
            return std::numeric_limits<double>::infinity(); // last in both orders
        value = *known;
    } else if (m_sortColumn == StateColumn) {
        value = -int(shown.health); // the worst first
    } else {
        value = m_sortColumn == IpColumn ? m_fleet.ipRanks[row] : m_fleet.nameRanks[row];
    }
    return m_sortOrder == Qt::DescendingOrder ? -value : value;
}

QList<int> FleetModel::wantedOrder()
{
    QList<int> wanted;
    wanted.reserve(m_fleet.rows.size());
    for (int i = 0; i < m_fleet.rows.size(); ++i)
        if (m_filter.matches(m_fleet.rows[i]))
            wanted << i;
    if (m_sortColumn == RolesColumn || m_sortColumn == TreesColumn) {
        std::sort(wanted.begin(), wanted.end(),
                  [this](int left, int right) { return comesBefore(left, right); });
        return wanted;
    }
    if (m_fleet.ipRanks.size() != m_fleet.rows.size())
        m_fleet.ipRanks = ranksByIp(m_fleet.rows);
    if (m_fleet.nameRanks.size() != m_fleet.rows.size())
        m_fleet.nameRanks = ranksByName(m_fleet.rows);

    struct SortKey
    {
        double value;
        int rank, row;
    };

    std::vector<SortKey> keys;
    keys.reserve(size_t(wanted.size()));
    for (const int row : std::as_const(wanted))
        keys.push_back({sortValue(row), m_fleet.nameRanks[row], row});
    std::sort(keys.begin(), keys.end(), [](const SortKey &a, const SortKey &b) {
        return a.value != b.value ? a.value < b.value : a.rank < b.rank;
    });
    std::transform(keys.begin(), keys.end(), wanted.begin(),
                   [](const SortKey &key) { return key.row; });
    return wanted;
}

/// Of a large fleet a slice at a time, while the rows before are still shown.
void FleetModel::rebuild()
{
    m_builder.emplace(m_source, m_fleet);
    if (m_source.state().servers.size() < manyServers)
        showRows();
    else
        m_sliceTimer.start();
}

void FleetModel::buildOn()
{
    if (!m_builder)
        return;
    if (m_builder->work(slice))
        showRows();
    else
        m_sliceTimer.start();
}

void FleetModel::showRows()
{
    while (!m_builder->work(slice)) { }
    beginResetModel();
    m_fleet = m_builder->take();
    m_builder.reset();
    m_sliceTimer.stop();
    m_changed.clear();
    m_newLoads.clear();
    m_shown = wantedOrder();
    m_positions.clear();
    endResetModel();
    setHeldCount(0);
    Q_EMIT countsChanged();
}

void FleetModel::touch(const QString &ip)
{
    m_changed.insert(ip);
    if (m_builder)
        m_builder->note(ip);
    if (!m_flushTimer.isActive())
        m_flushTimer.start();
}

/// Taken at once, while the server is at hand; told with the others.
void FleetModel::takeWorkload(const QString &ip)
{
    const auto server = m_source.state().servers.constFind(ip);
    const int index = m_fleet.byIp.value(ip, -1);
    if (m_builder && server != m_source.state().servers.cend())
        m_builder->takeWorkload(*server);
    if (index < 0 || server == m_source.state().servers.cend()
        || !updateWorkload(m_fleet.rows[index], *server))
        return;
    FleetRow &row = m_fleet.rows[index];
    if (m_source.isPast())
        row.cpuHistory.clear(); // moments that were looked at are no curve
    if (!std::exchange(row.isNew, true))
        m_newLoads << index;
    if (!m_flushTimer.isActive())
        m_flushTimer.start();
}

void FleetModel::addServer(const QString &ip)
{
    const auto server = m_source.state().servers.constFind(ip);
    if (server == m_source.state().servers.cend())
        return;
    if (m_fleet.byIp.contains(ip) || m_builder) {
        touch(ip);
        return;
    }
    FleetRow row;
    m_fleet.trees = treesByServer(m_source.state());
    updateRow(row, m_source.state(), *server, m_fleet.trees.value(ip), now());
    const int index = int(m_fleet.rows.size());
    m_fleet.byIp.insert(ip, index);
    m_fleet.rows << row;
    m_fleet.nameRanks.clear();
    m_fleet.ipRanks.clear();
    if (m_filter.matches(row))
        show(index);
    Q_EMIT countsChanged();
}

void FleetModel::show(int index)
{
    const auto place
        = std::lower_bound(m_shown.begin(), m_shown.end(), index,
                           [this](int left, int right) { return comesBefore(left, right); });
    const int at = int(place - m_shown.begin());
    beginInsertRows({}, at, at);
    m_shown.insert(at, index);
    m_positions.clear();
    endInsertRows();
}

void FleetModel::removeServer(const QString &ip)
{
    if (m_builder)
        m_builder->note(ip);
    const auto found = m_fleet.byIp.constFind(ip);
    if (found == m_fleet.byIp.cend())
        return;
    flush(); // while the indexes are what they were
    const int index = *found, shownAt = int(m_shown.indexOf(index));
    if (shownAt >= 0)
        beginRemoveRows({}, shownAt, shownAt);
    m_shown.removeOne(index);
    m_fleet.byIp.remove(ip);
    // The last row takes the free place, so that no other index changes.
    const int last = int(m_fleet.rows.size()) - 1;
    if (index != last) {
        m_fleet.rows[index] = m_fleet.rows[last];
        m_fleet.byIp[m_fleet.rows[index].ip] = index;
        std::replace(m_shown.begin(), m_shown.end(), last, index);
    }
    m_fleet.rows.removeLast();
    m_fleet.nameRanks.clear();
    m_fleet.ipRanks.clear();
    m_positions.clear();
    if (shownAt >= 0)
        endRemoveRows();
    Q_EMIT countsChanged();
}

/// What depends on more than a server itself: its trees, and maintenance, which may end without a
/// message. Only rows for which that changed are built anew.
void FleetModel::refreshAll()
{
    if (m_builder)
        return rebuild();
    const FleetState &state = m_source.state();
    const QHash<QString, QStringList> trees
        = std::exchange(m_fleet.trees, treesByServer(m_source.state()));
    for (const FleetRow &row : std::as_const(m_fleet.rows)) {
        const auto server = state.servers.constFind(row.ip);
        if (server != state.servers.cend()
            && (serverHealth(state, *server, now()) != row.health
                || trees.value(row.ip) != m_fleet.trees.value(row.ip)))
            touch(row.ip);
    }
}

void FleetModel::setWatched(bool isWatched)
{
    if (std::exchange(m_isWatched, isWatched) == isWatched)
        return;
    m_flushTimer.setInterval(isWatched ? watchedPause : unwatchedPause);
    if (isWatched)
        flush();
}

void FleetModel::flush()
{
    m_flushTimer.stop();
    const FleetState &state = m_source.state();
    QList<int> changedRows;
    for (const QString &ip : std::as_const(m_changed)) {
        const int index = m_fleet.byIp.value(ip, -1);
        const auto server = state.servers.constFind(ip);
        if (index < 0 || server == state.servers.cend())
            continue;
        const QString name = m_fleet.rows[index].sortName;
        updateRow(m_fleet.rows[index], state, *server, m_fleet.trees.value(ip), now());
        if (m_fleet.rows[index].sortName != name)
            m_fleet.nameRanks.clear();
        changedRows << index;
    }
    for (const int index : std::as_const(m_newLoads))
        m_fleet.rows[index].isNew = false;
    tellChanged(m_newLoads, CpuColumn, DiskColumn);
    tellChanged(changedRows, 0, ColumnCount - 1);
    // A server that dies under the filter "down" may not wait for "Sort now"; values that come and
    // go may.
    if (!m_filter.isEmpty() && !m_filter.dependsOnWorkload())
        showComing(changedRows);
    m_changed.clear();
    m_newLoads.resize(0); // as many will follow: the room stays
    if (!m_heldTimer.isActive())
        m_heldTimer.start();
    if (!changedRows.isEmpty())
        Q_EMIT countsChanged();
}

/// Of the rows that changed those that the filter takes now. A view takes many at once much longer
/// one by one.
void FleetModel::showComing(const QList<int> &changedRows)
{
    QList<bool> areShown(m_fleet.rows.size(), false);
    for (const int row : std::as_const(m_shown))
        areShown[row] = true;
    QList<int> coming;
    for (const int row : changedRows)
        if (!areShown[row] && m_filter.matches(m_fleet.rows[row]))
            coming << row;
    if (coming.size() > mostShownOneByOne)
        return sortNow();
    for (const int row : std::as_const(coming))
        show(row);
}

/// Rows that somebody sees are told one by one, so that only they are painted; the others in two
/// pieces, above and below.
void FleetModel::tellChanged(const QList<int> &indexes, int firstColumn, int lastColumn)
{
    if (indexes.isEmpty())
        return;
    if (m_positions.isEmpty()) {
        m_positions.fill(-1, m_fleet.rows.size());
        for (int i = 0; i < m_shown.size(); ++i)
            m_positions[m_shown[i]] = i;
    }
    const auto [first, last] = m_window ? m_window() : std::pair(0, -1);
    int above[2] = {int(m_shown.size()), -1}, below[2] = {int(m_shown.size()), -1};
    for (const int changed : indexes) {
        const int at = m_positions.value(changed, -1); // -1 also for one that came since
        if (at < 0)
            continue;
        if (at >= first && at <= last) {
            Q_EMIT dataChanged(index(at, firstColumn), index(at, lastColumn));
            continue;
        }
        auto &range = at < first ? above : below;
        range[0] = qMin(range[0], at), range[1] = qMax(range[1], at);
    }
    for (const auto &range : {above, below})
        if (range[1] >= 0)
            Q_EMIT dataChanged(index(range[0], firstColumn), index(range[1], lastColumn));
}

/// How many rows would come, go or move. Those that would stay in their order are the longest run
/// that is in order already (patience sorting): nearly all rows, nearly always, so that each costs
/// one comparison.
void FleetModel::countHeld()
{
    if (!m_isWatched)
        return;
    QList<bool> areShown(m_fleet.rows.size(), false);
    QList<int> tails;
    int stays = 0, goes = 0, comes = 0;
    for (const int row : std::as_const(m_shown)) {
        areShown[row] = true;
        if (!m_filter.matches(m_fleet.rows[row])) {
            ++goes;
            continue;
        }
        ++stays;
        if (tails.isEmpty() || comesBefore(tails.last(), row)) {
            tails << row;
            continue;
        }
        *std::lower_bound(tails.begin(), tails.end(), row, [this](int left, int right) {
            return comesBefore(left, right);
        }) = row;
    }
    for (int row = 0; row < m_fleet.rows.size(); ++row)
        comes += !areShown[row] && m_filter.matches(m_fleet.rows[row]);
    setHeldCount(goes + comes + stays - int(tails.size()));
}

void FleetModel::setHeldCount(int count)
{
    if (std::exchange(m_heldCount, count) != count)
        Q_EMIT heldCountChanged();
}

} // namespace Treewarden
