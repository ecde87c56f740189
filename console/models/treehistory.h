// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {

/// The versions of the service trees by the time at which they were saved or removed.
class TreeHistory
{
public:
    struct Version
    {
        qint64 time; ///< Unix ms, by the clock of who saved it
        std::optional<PaasTree> tree; ///< absent: it was removed
    };

    /// How a tree stood at a moment.
    struct Answer
    {
        std::optional<PaasTree> tree;
        bool isVague = false; ///< that version is not remembered; this is the soonest after it
    };

    /// Takes the entries of LRANGE paas:{id}:history, oldest first; what cannot be read is left
    /// out.
    void take(const QString &id, const QList<QByteArray> &entries);
    void addRemoval(const QString &id, qint64 time);

    QStringList ids() const { return m_versions.keys(); }

    /// `present` is the tree as it stands now, if it does.
    Answer at(const QString &id, qint64 moment, const std::optional<PaasTree> &present) const;

private:
    void add(const QString &id, const Version &version);

    QMap<QString, QList<Version>> m_versions; ///< by time
};

/// Reads paas:{id}:removed and paas:{id}:history of one tree after another.
class TreeHistoryReader : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void read(RedisConnection &connection, const QStringList &ids);

Q_SIGNALS:
    void finished(const Treewarden::TreeHistory &history);

private:
    void readNext(RedisConnection &connection);

    QList<std::pair<QString, QByteArray>> m_waiting; ///< ids and keys
    TreeHistory m_history;
    int m_generation = 0;
};

} // namespace Treewarden
