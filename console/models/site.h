// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actioncentre.h"
#include "console/models/actiondesk.h"
#include "console/models/fleetsource.h"
#include "console/models/sitetally.h"
#include "console/models/timesource.h"

#include <memory>

namespace Treewarden {

/// One fleet that the console watches, with what it takes to act on it. Pages show the one in
/// front; of all others only a line is counted.
class Site : public QObject
{
    Q_OBJECT
public:
    Site(const QString &id, const QString &name, std::unique_ptr<FleetSource> source,
         std::unique_ptr<ActionDesk> desk);

    const QString &id() const { return m_id; }

    /// What people call it, else its address.
    QString name() const;
    void setName(const QString &name);

    /// What the pages show.
    TimeSource &source() { return m_time; }

    /// How it stands now, whatever the pages show.
    FleetSource &live() { return *m_source; }

    ActionCentre &actions() { return m_actions; }

    const SiteTally &tally() const { return m_counter.tally(); }

    TallyCounter &counter() { return m_counter; }

Q_SIGNALS:
    /// Its name or its tally.
    void changed();

private:
    void tell();

    QString m_id, m_name;
    std::unique_ptr<FleetSource> m_source;
    TimeSource m_time;
    std::unique_ptr<ActionDesk> m_desk;
    ActionCentre m_actions;
    TallyCounter m_counter;
    SiteTally m_told;
};

/// "30 servers, 2 problems", "not connected": what stands below its name.
QString tallyText(const SiteTally &tally);

} // namespace Treewarden
