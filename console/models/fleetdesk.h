// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actiondesk.h"
#include "shared/core/clock.h"
#include "shared/redis/redisconnection.h"

#include <QSet>

#include <memory>

namespace Treewarden {

class CommandSender;
class RollingRunner;
struct RollingStep;
class WatcherSource;

/// The desk of the program: sends to the agents of the Redis that is watched. When another one is
/// watched what is still under way is followed no longer.
class FleetDesk : public ActionDesk
{
    Q_OBJECT
public:
    explicit FleetDesk(WatcherSource &source, Clock clock = {}, QObject *parent = nullptr);
    ~FleetDesk() override;

    QString send(const CommandOrder &order, const SigningKey &key) override;
    ActionImpact impactOf(const QList<CommandOrder> &orders, int atOnce) const override;
    RollingPlan plan(const QString &tree, const QString &role,
                     const QString &action) const override;
    bool roll(const RollingPlan &plan, const SigningKey &key) override;
    void stopRolling() override;

    const RollingProgress &rolling() const override { return m_rolling; }

    void startMaintenance(const QStringList &keys, const Maintenance &maintenance) override;
    void endMaintenance(const QStringList &keys, const QString &by) override;

private:
    void attach();
    void detach();
    void tell(const QString &id);
    void showRolling();
    void write(const RedisConnection::Words &command);

    WatcherSource &m_source;
    Clock m_clock;
    std::unique_ptr<CommandSender> m_sender;
    std::unique_ptr<RollingRunner> m_runner;
    RollingProgress m_rolling;
    QSet<QString> m_open; ///< ids of orders that are not over
    QHash<QString, qint64> m_awaited; ///< by id: steady ms when its service was first awaited
};

} // namespace Treewarden
