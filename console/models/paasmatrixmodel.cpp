// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/paasmatrixmodel.h"

#include "console/models/fleettext.h"
#include "shared/core/textformat.h"
#include "shared/protocol/role.h"

#include <QLocale>
#include <QSet>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

PaasMatrixModel::PaasMatrixModel(FleetSource &source, QObject *parent)
    : QAbstractTableModel(parent)
    , m_source(source)
    , m_refreshing(200ms, [this] { refresh(); })
    , m_rebuilding(0ms, [this] { rebuild(); })
{
    connect(&source, &FleetSource::reset, this, [this] { m_rebuilding.doIn(0ms); });
    connect(&source, &FleetSource::treesChanged, this, &PaasMatrixModel::rebuild);
    const auto later = [this] { m_refreshing.ask(); };
    connect(&source, &FleetSource::serverChanged, this, later);
    connect(&source, &FleetSource::serverAdded, this, later);
    connect(&source, &FleetSource::serverRemoved, this, later);
    connect(&source, &FleetSource::maintenanceChanged, this, later);
    rebuild();
}

void PaasMatrixModel::setWatched(bool isWatched)
{
    m_rebuilding.setHeld(!isWatched);
    m_refreshing.setHeld(!isWatched);
}

void PaasMatrixModel::rebuild()
{
    beginResetModel();
    QHash<QString, QString> titles;
    for (const PaasTree &tree : m_source.state().trees)
        for (const PaasRole &role : tree.roles)
            titles.insert(role.role, roleTitle(role));
    m_roles.clear();
    m_titles.clear();
    for (const Treewarden::Role &known : knownRoles())
        if (titles.contains(known.id))
            m_roles << known.id;
    QStringList others = titles.keys();
    others.removeIf([this](const QString &role) { return m_roles.contains(role); });
    others.sort();
    m_roles += others;
    for (const QString &role : std::as_const(m_roles))
        m_titles << titles.value(role);
    m_rows.clear();
    for (const PaasTree &tree : m_source.state().trees) {
        m_rows << Row{tree.id, oneLine(tree.id, 64), Health::Unknown, {}};
        roll(m_rows.last());
    }
    endResetModel();
}

void PaasMatrixModel::refresh()
{
    for (Row &row : m_rows)
        roll(row);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void PaasMatrixModel::roll(Row &row) const
{
    row.roles = QList<std::optional<RoleHealth>>(m_roles.size());
    const FleetState &state = m_source.state();
    const auto tree = state.trees.constFind(row.id);
    if (tree == state.trees.cend())
        return;
    const FleetRollup &rollup = m_source.rollup();
    for (qsizetype i = 0; i < tree->roles.size(); ++i) {
        const qsizetype column = m_roles.indexOf(tree->roles[i].role);
        if (column >= 0 && !tree->roles[i].instances.isEmpty())
            row.roles[column] = rollup.role(row.id, i);
    }
    row.health = rollup.tree(row.id);
}

int PaasMatrixModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PaasMatrixModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 1 + int(m_roles.size());
}

QVariant PaasMatrixModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[index.row()];
    if (role == TreeRole)
        return row.id;
    if (index.column() == 0) {
        if (role == HealthRole)
            return int(row.health);
        return role == Qt::DisplayRole ? row.title
            : role == Qt::ToolTipRole  ? healthText(row.health)
                                       : QVariant();
    }
    const std::optional<RoleHealth> &rolled = row.roles[index.column() - 1];
    const QLocale locale;
    switch (role) {
    case HealthRole:
        return rolled ? QVariant(int(rolled->health)) : QVariant();
    case AliveRole:
        return rolled ? rolled->alive : 0;
    case TotalRole:
        return rolled ? rolled->total : 0;
    case Qt::DisplayRole:
        return !rolled
            ? u"–"_s
            : u"%1/%2"_s.arg(locale.toString(rolled->alive), locale.toString(rolled->total));
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return rolled ? tr("%1: %2, %3 of %4")
                            .arg(m_titles[index.column() - 1], healthText(rolled->health),
                                 locale.toString(rolled->alive), locale.toString(rolled->total))
                      : tr("%1: none").arg(m_titles[index.column() - 1]);
    default:
        return {};
    }
}

QVariant PaasMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section > m_titles.size())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section ? Qt::AlignCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return section ? m_titles[section - 1] : QString();
    return {};
}

} // namespace Treewarden
