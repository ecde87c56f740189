// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actiondesk.h"
#include "console/models/fleetsource.h"
#include "shared/core/now.h"

#include <QRandomGenerator>
#include <QTimer>

namespace Treewarden {

/// exampleFleet() living in this process, without Redis or agents: loads move every second, now and
/// then something dies and comes back.
class ExampleSource : public FleetSource
{
    Q_OBJECT
public:
    explicit ExampleSource(Now now = systemNow(), quint32 seed = 20, QObject *parent = nullptr);

    /// What address() begins with.
    static bool isExample(const QString &address);

    const FleetState &state() const override { return m_state; }

    bool hasState() const override { return true; }

    bool isLive() const override { return true; }

    qint64 staleSince() const override { return 0; }

    QString trouble() const override { return {}; }

    qint64 retryIn() const override { return 0; }

    qint64 messageCount() const override { return m_messageCount; }

    QString address() const override;

    qint64 now() const override { return m_now(); }

    RedisConnection *connection() override { return nullptr; }

    void retryNow() override { }

    /// One second goes by.
    void step();

private:
    void moveLoads();
    void changeSomething();
    void setServerAlive(FleetServer &server, bool isAlive);
    void setServiceAlive(FleetServer &server, FleetService &service, bool isAlive);
    void tellEvent(const QString &type, const QString &ip, QJsonObject json);
    template<typename T>
    qsizetype pick(const T &container);

    Now m_now;
    FleetState m_state;
    QStringList m_ips; ///< sorted
    QRandomGenerator m_random;
    QTimer m_second;
    qint64 m_messageCount = 0;
    int m_untilChange = 8; ///< seconds
    QStringList m_broken; ///< "ip" or "ip/role/instance", oldest first
};

/// Takes no orders: there is nobody who would carry them out.
class ExampleDesk : public ActionDesk
{
    Q_OBJECT
public:
    using ActionDesk::ActionDesk;

    QString send(const CommandOrder &, const SigningKey &) override { return {}; }

    ActionImpact impactOf(const QList<CommandOrder> &, int) const override { return {}; }

    RollingPlan plan(const QString &, const QString &, const QString &) const override
    {
        return {};
    }

    bool roll(const RollingPlan &, const SigningKey &) override { return false; }

    void stopRolling() override { }

    const RollingProgress &rolling() const override { return m_nothing; }

    void startMaintenance(const QStringList &, const Maintenance &) override { refuse(); }

    void endMaintenance(const QStringList &, const QString &) override { refuse(); }

private:
    void refuse();

    RollingProgress m_nothing;
};

} // namespace Treewarden
