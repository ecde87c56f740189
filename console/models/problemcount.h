// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace Treewarden {

class FleetSource;

/// How many problems a source has now: counted while somebody wants to know, soon after something
/// changed.
class ProblemCount : public QObject
{
    Q_OBJECT
public:
    explicit ProblemCount(FleetSource &source, QObject *parent = nullptr);

    /// Counts soon, in a turn of its own: that may look at every service. From then on whenever
    /// something changed.
    void begin();
    void end();

    int count() const { return m_count; }

Q_SIGNALS:
    void changed();

private:
    void recount();

    FleetSource &m_source;
    bool m_isWanted = false;
    int m_count = 0;
    QTimer m_soon;
};

} // namespace Treewarden
