// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/eventrecord.h"
#include "console/models/savedchange.h"
#include "console/views/card.h"

class QPushButton;

namespace Treewarden {

class DetailsText;
class FleetSource;

/// Everything that was told of one event, and the ways on from it.
class EventDetails : public Card
{
    Q_OBJECT
public:
    explicit EventDetails(FleetSource &source, QWidget *parent = nullptr);

    /// nullptr: none is chosen.
    void show(const EventRecord *record);

    DetailsText &text() { return *m_text; }

Q_SIGNALS:
    void momentRequested(qint64 time);
    void serverChosen(const QString &ip);
    void treeChosen(const QString &id);

private:
    QPushButton *addButton(const QString &title, int place);
    QString treeOf(const EventRecord &record) const;
    void copyJson() const;
    void showChanges(const QList<FieldChange> &changes);

    FleetSource &m_source;
    SavedChange m_change;
    DetailsText *m_text;
    QWidget *m_buttons;
    QPushButton *m_moment, *m_server, *m_tree, *m_copy;
    std::optional<EventRecord> m_record;
};

} // namespace Treewarden
