// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/paastree.h"
#include "shared/fleet/savescripts.h"

#include <QObject>

namespace Treewarden {

class FleetSource;

/// Saves and removes service trees in the Redis that is watched, one thing at a time. As the
/// command line does, it saves trees unsigned: nothing is run because of a tree.
class TreeStore : public QObject
{
    Q_OBJECT
public:
    explicit TreeStore(FleetSource &source, QObject *parent = nullptr);

    bool isBusy() const { return m_isBusy; }

    /// Saves `tree` as the version after tree.version if that still stands (0: there is none yet).
    /// Fields of the stored text that this program does not know are kept.
    void save(const PaasTree &tree);
    /// Removes the tree if this version still stands.
    void remove(const QString &id, qint64 version);

Q_SIGNALS:
    void saved(qint64 version);
    void removed(const QString &id);
    /// Nothing was done: somebody else was faster.
    void refused(const Treewarden::SaveResult &result);
    /// A sentence. `isUnsure`: it may have been done nevertheless.
    void failed(const QString &sentence, bool isUnsure);
    void busyChanged();

private:
    RedisConnection *begin();
    void write(const PaasTree &tree, const QByteArray &stored);
    void fail(const RedisReply &reply);
    void setBusy(bool isBusy);

    FleetSource &m_source;
    bool m_isBusy = false;
    bool m_isWriting = false; ///< what is under way may have been done
    QMetaObject::Connection m_end; ///< tells that nobody answers any more
};

} // namespace Treewarden
