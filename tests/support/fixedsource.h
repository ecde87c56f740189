// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fleetsource.h"

namespace Treewarden {

/// A fleet that a test sets and changes by hand; its clock stands still until set.
class FixedSource : public FleetSource
{
    Q_OBJECT
public:
    FixedSource(FleetState state, qint64 now);

    const FleetState &state() const override { return m_state; }

    bool hasState() const override { return m_hasState; }

    bool isLive() const override { return m_hasState && m_staleSince == 0; }

    qint64 staleSince() const override { return m_staleSince; }

    QString trouble() const override { return m_trouble; }

    qint64 retryIn() const override { return m_retryIn; }

    qint64 messageCount() const override { return m_messageCount; }

    QString address() const override { return m_address; }

    qint64 now() const override { return m_now; }

    bool isPast() const override { return m_moment > 0; }

    qint64 moment() const override { return m_moment; }

    RedisConnection *connection() override { return nullptr; }

    void retryNow() override { ++retries; }

    /// What is changed here need not all be told.
    FleetState &edit()
    {
        forgetRollup();
        return m_state;
    }

    void setNow(qint64 now) { m_now = now; }

    /// Like a source that shows this moment; 0: the present.
    void setMoment(qint64 moment);

    void setAddress(const QString &address) { m_address = address; }

    /// Like a source that has connected but not read anything yet.
    void forget(const QString &trouble = {});
    void goStale(qint64 since, const QString &trouble, qint64 retryIn);
    void goLive();
    void replace(FleetState state);
    /// Sets a server's busy CPU and tells it.
    void setCpu(const QString &ip, double busy);
    /// Lets a server die or live and tells it.
    void setAlive(const QString &ip, std::optional<bool> alive);

    int retries = 0;

private:
    FleetState m_state;
    qint64 m_now, m_moment = 0, m_staleSince = 0, m_retryIn = 0, m_messageCount = 0;
    bool m_hasState = true;
    QString m_trouble, m_address = QStringLiteral("redis://10.207.26.240:6379/0");
};

} // namespace Treewarden
