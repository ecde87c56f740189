// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treestore.h"

#include "console/models/fleetsource.h"
#include "console/models/treejson.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

TreeStore::TreeStore(FleetSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
}

/// The connection to ask, or nullptr after it was told that there is none. One that goes away
/// meanwhile answers nothing any more.
RedisConnection *TreeStore::begin()
{
    RedisConnection *connection = m_source.connection();
    m_isWriting = false;
    setBusy(true);
    if (!connection) {
        fail({});
        return nullptr;
    }
    m_end = connect(connection, &QObject::destroyed, this, [this] {
        RedisReply lost;
        if (m_isWriting)
            lost.outcome = RedisReply::Outcome::Unknown;
        fail(lost);
    });
    return connection;
}

void TreeStore::setBusy(bool isBusy)
{
    if (isBusy == m_isBusy)
        return;
    m_isBusy = isBusy;
    disconnect(m_end);
    Q_EMIT busyChanged();
}

void TreeStore::save(const PaasTree &tree)
{
    RedisConnection *connection = m_isBusy ? nullptr : begin();
    if (!connection)
        return;
    connection->command(
        {"GET", Keys::paas(tree.id)}, this,
        [this, tree](const RedisReply &reply) {
            if (!reply.isOk())
                return fail(reply.isOutcomeUnknown() ? RedisReply{} : reply);
            write(tree, reply.value.toBytes());
        },
        RedisConnection::Queueing::Never);
}

void TreeStore::write(const PaasTree &tree, const QByteArray &stored)
{
    m_isWriting = true;
    PaasTree next = tree;
    ++next.version;
    const qint64 base = tree.version;
    m_source.connection()->command(
        savePaasWords(tree.id, treeJson(next, stored), base, base > 0, m_source.now()), this,
        [this, base](const RedisReply &reply) {
            if (!reply.isOk())
                return fail(reply);
            const SaveResult result = readSaveResult(reply.value, base);
            setBusy(false);
            if (result.kind == SaveResult::Kind::Stored)
                Q_EMIT saved(result.version);
            else
                Q_EMIT refused(result);
        },
        RedisConnection::Queueing::Never);
}

void TreeStore::remove(const QString &id, qint64 version)
{
    RedisConnection *connection = m_isBusy ? nullptr : begin();
    if (!connection)
        return;
    m_isWriting = true;
    connection->command(
        removePaasWords(id, version, m_source.now()), this,
        [this, id, version](const RedisReply &reply) {
            if (!reply.isOk())
                return fail(reply);
            const SaveResult result = readSaveResult(reply.value, version);
            setBusy(false);
            if (result.kind == SaveResult::Kind::Conflict)
                Q_EMIT refused(result);
            else
                Q_EMIT removed(id);
        },
        RedisConnection::Queueing::Never);
}

void TreeStore::fail(const RedisReply &reply)
{
    const bool isUnsure = reply.isOutcomeUnknown();
    const QString why = oneLine(reply.error);
    setBusy(false);
    if (isUnsure)
        Q_EMIT failed(tr("The connection to Redis ended before it answered, so the tree may be "
                         "saved or not: your changes are kept, and what stands is shown when Redis "
                         "is back."),
                      true);
    else if (why.isEmpty())
        Q_EMIT failed(tr("The tree was not saved since Redis is away: your changes are kept, save "
                         "them when it is back."),
                      false);
    else
        Q_EMIT failed(tr("The tree was not saved: %1. Your changes are kept.").arg(why), false);
}

} // namespace Treewarden
