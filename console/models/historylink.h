// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace Treewarden {

class FleetSource;
class RedisConnection;

/// A connection for what is long: beside the source's own, so that a history that is too large for
/// a reply cannot end the fleet's, and the fleet does not wait behind it. Opens with the first
/// question.
class HistoryLink : public QObject
{
    Q_OBJECT
public:
    explicit HistoryLink(FleetSource &source, QObject *parent = nullptr);
    ~HistoryLink() override;

    /// nullptr where there is no Redis.
    RedisConnection *connection();

Q_SIGNALS:
    /// Redis was away, or is another one: what was asked is not answered, what is known may be old.
    void restarted();

private:
    FleetSource &m_source;
    std::unique_ptr<RedisConnection> m_connection;
};

} // namespace Treewarden
