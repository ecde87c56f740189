// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/workloadseries.h"

#include <QObject>

namespace Treewarden {

class FleetSource;

/// Follows the load of one server: first what Redis still holds of it, then each new sample. After
/// a time without Redis what was missed is read again.
class WorkloadFeed : public QObject
{
    Q_OBJECT
public:
    explicit WorkloadFeed(FleetSource &source, QObject *parent = nullptr);

    /// Follows another server; an empty ip: none.
    void follow(const QString &ip);

    const QString &ip() const { return m_ip; }

    const WorkloadSeries &series() const { return m_series; }

    /// True while the first answer is awaited.
    bool isLoading() const { return m_isLoading; }

    /// Why there is no history, a sentence; empty when it came.
    const QString &trouble() const { return m_trouble; }

    /// The server's clock now (Unix ms) as far as its samples tell it.
    qint64 serverTime() const;

Q_SIGNALS:
    /// Samples came, or loading ended.
    void changed();

private:
    void load();
    void takeLive(const QString &ip);
    void takeNewest();
    void takeHistory(const QList<QByteArray> &elements);

    FleetSource &m_source;
    QString m_ip;
    WorkloadSeries m_series;
    bool m_isLoading = false;
    QString m_trouble;
    qint64 m_clockOffset = 0; ///< server minus here, ms
};

} // namespace Treewarden
