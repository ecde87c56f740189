// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configsession.h"
#include "console/models/fleetsource.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

void ConfigSession::reload()
{
    for (const ConfigDraft &draft : std::as_const(m_drafts))
        read(draft.ip);
}

void ConfigSession::read(const QString &ip)
{
    RedisConnection *connection = m_source.connection();
    if (!connection)
        return;
    const auto answered = [this, ip](const QList<RedisReply> &replies) {
        ConfigDraft &draft = m_drafts[indexOf(ip)];
        for (const RedisReply &reply : replies) {
            if (reply.isOk())
                continue;
            if (draft.standing == ConfigDraft::Standing::Loading) {
                draft.standing = ConfigDraft::Standing::Failed;
                draft.trouble = oneLine(reply.error, 300);
                Q_EMIT standingChanged();
            }
            return; // else what is known stays; the next reset reads again
        }
        draft.other = readSaveResult(
            {RedisValue::Type::Array,
             {},
             0,
             {{RedisValue::Type::Bulk, "conflict", 0, {}},
              {RedisValue::Type::Bulk, replies[0].value.toHash().value("version"), 0, {}},
              replies[2].value}},
            draft.version());
        take(ip, replies[0].value.toHash(), replies[1].value.toBytes().left(64));
    };
    connection->pipeline({{"HGETALL", Keys::serverConfig(ip)},
                          {"HGET", Keys::serverInfo(ip), "machine_id"},
                          {"LINDEX", Keys::serverConfigHistory(ip), "-1"}},
                         this, answered);
}

/// A draft that nobody changed follows; one that somebody did says so and is left alone.
void ConfigSession::take(const QString &ip, const ConfigFields &fields, const QByteArray &machineId)
{
    const int index = indexOf(ip);
    if (index < 0)
        return;
    ConfigDraft &draft = m_drafts[index];
    draft.machineId = machineId;
    if (fields.isEmpty()) {
        draft.standing = ConfigDraft::Standing::Missing;
        draft.trouble = tr("%1 has no configuration: it was removed, or never enrolled.")
                            .arg(oneLine(ip, 64));
    } else if (!draft.isReady() && !draft.isChanged()) {
        draft.start(fields);
    } else if (fields == draft.base) {
        draft.standing = ConfigDraft::Standing::Current;
    } else if (!draft.isChanged()) {
        draft.start(fields);
        forgetUndo();
    } else {
        draft.standing = ConfigDraft::Standing::Conflict;
        draft.otherFields = fields;
        draft.other.version = fields.value("version").toLongLong();
    }
    Q_EMIT changed();
    Q_EMIT checked();
    Q_EMIT standingChanged();
}

/// Steps of undo belong to the text that they were made in.
void ConfigSession::forgetUndo()
{
    m_undo.clear();
}

void ConfigSession::markSaved(const QString &ip, const ConfigFields &fields)
{
    const int index = indexOf(ip);
    if (index < 0)
        return;
    ConfigDraft &draft = m_drafts[index];
    draft.base = fields;
    draft.baseDocument = configDocument(fields);
    draft.standing = ConfigDraft::Standing::Current;
    const auto mine = fieldsOfDocument(draft.document, fields);
    if (draft.document != draft.baseDocument && mine && *mine == fields) {
        draft.document = draft.baseDocument; // only its layout differs
        forgetUndo();
    }
    draft.check();
    Q_EMIT changed();
    Q_EMIT checked();
    Q_EMIT standingChanged();
}

void ConfigSession::markConflict(const QString &ip, const SaveResult &result)
{
    const int index = indexOf(ip);
    if (index < 0)
        return;
    m_drafts[index].standing = ConfigDraft::Standing::Conflict;
    m_drafts[index].other = result;
    read(ip);
    Q_EMIT standingChanged();
}

void ConfigSession::putOnTop(const QString &ip)
{
    const int index = indexOf(ip);
    if (index < 0 || m_drafts[index].otherFields.isEmpty())
        return;
    m_drafts[index].moveOnto(ConfigFields(m_drafts[index].otherFields));
    forgetUndo();
    Q_EMIT changed();
    Q_EMIT checked();
    Q_EMIT standingChanged();
}

void ConfigSession::discard(const QString &ip)
{
    const int index = indexOf(ip);
    if (index < 0 || !m_drafts[index].isReady())
        return;
    ConfigDraft &draft = m_drafts[index];
    draft.start(ConfigFields(draft.otherFields.isEmpty() ? draft.base : draft.otherFields));
    forgetUndo();
    Q_EMIT changed();
    Q_EMIT checked();
    Q_EMIT standingChanged();
}

} // namespace Treewarden
