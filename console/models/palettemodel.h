// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/paletteindex.h"
#include "console/models/paletteitem.h"

#include <QAbstractListModel>
#include <QSet>

namespace Treewarden {

class FleetSource;

/// What the command palette offers for what was typed: at most 50 things under the headings of
/// their groups, what was used last before the rest. A text that begins with ">" asks for actions
/// only. Names are read from the fleet when the palette opens.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr int mostItems = 50;

    explicit PaletteModel(FleetSource &source, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    const PaletteItem &item(int row) const { return m_rows[row]; }

    /// The first row that is no heading, from `row` on in steps of `step`; -1: none.
    int selectable(int row, int step) const;

    /// Reads the fleet's names anew when they may have changed, and takes what the window offers:
    /// pages and actions. `recent` are keys, the last used first.
    void open(const QList<PaletteItem> &offered, const QStringList &recent);
    /// Offers these alone, until open().
    void setChoices(const QList<PaletteItem> &choices);
    void setText(const QString &text);

    const QString &text() const { return m_text; }

    /// What to say instead of rows; empty when there are some.
    QString sentence() const;

private:
    struct Offer
    {
        PaletteItem item;
        QString words; ///< lower case: what it is found by
    };

    struct Scored
    {
        int score;
        PaletteItem item;
    };

    static Offer offerOf(const PaletteItem &item);
    static bool comesBefore(const Scored &left, const Scored &right);
    void readNames();
    void offerTrees();
    void showRows();
    QList<PaletteItem> rowsForNothing() const;
    QList<PaletteItem> rowsFor(const QString &typed, bool isActionsOnly) const;
    QList<Scored> found(const QList<FuzzyWord> &words, bool isActionsOnly) const;
    QList<Scored> foundRecent(const QList<FuzzyWord> &words) const;
    PaletteItem serverItem(const QString &ip) const;
    PaletteItem serviceItem(const QString &ip, const ServiceId &id) const;
    PaletteItem itemOfKey(const QString &key) const;

    FleetSource &m_source;
    PaletteIndex m_index;
    bool m_isStale = true; ///< the fleet's servers may be others than those of m_index
    QSet<QString> m_touched; ///< ips whose names or services may be others
    bool m_isChoosing = false;
    QList<Offer> m_offered; ///< roles and trees, pages, actions; or the choices
    QStringList m_recent;
    QString m_text;
    QList<PaletteItem> m_rows;
};

} // namespace Treewarden
