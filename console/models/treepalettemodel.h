// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treeplace.h"

#include <QAbstractListModel>

namespace Treewarden {

class FleetSource;

/// What can be dragged into a service tree: the known roles, or the servers and services of the
/// fleet. Of a large fleet only so many as a person looks through; a filter finds the others.
class TreePaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class Content { Roles, Services };

    enum Role {
        NoteRole = Qt::UserRole, ///< said in a caption beside the name
        UsedRole, ///< bool: it stands in the tree already
        HeadingRole, ///< bool: a group, nothing to drag
    };

    static constexpr qsizetype mostEntries = 300;

    explicit TreePaletteModel(FleetSource &source, QObject *parent = nullptr);

    void setContent(Content content);
    void setFilter(const QString &text);
    /// What of it is used already; `role` is the one whose services come first, or empty.
    void setTree(const PaasTree &tree, const QString &role);
    /// Reads the fleet anew.
    void refresh();

    /// What the row would put into a tree; nothing for a heading.
    std::optional<TreeDrag> dragOf(const QModelIndex &index) const;

    /// How many matched but are not shown.
    qsizetype hiddenCount() const { return m_hidden; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

private:
    struct Entry
    {
        QString text, note;
        std::optional<TreeDrag> drag;
        bool isUsed = false;

        friend bool operator==(const Entry &, const Entry &) = default;
    };

    QList<Entry> roleEntries() const;
    QList<Entry> serviceEntries();
    bool matches(const QString &text) const;

    FleetSource &m_source;
    Content m_content = Content::Roles;
    QString m_filter, m_role;
    PaasTree m_tree;
    QStringList m_ips; ///< sorted; empty: to be read
    QList<Entry> m_entries;
    qsizetype m_hidden = 0;
};

/// The format of a TreeDrag between a palette and a tree of this program.
QString treeDragFormat();
QByteArray toBytes(const TreeDrag &drag);
/// Nothing for what no palette made: anybody may drag anything here.
std::optional<TreeDrag> parseTreeDrag(const QByteArray &bytes);

} // namespace Treewarden
