// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configsaver.h"

#include "console/models/fleetsource.h"
#include "console/models/keyring.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"

#include <QCoreApplication>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

Result<ConfigFields> boundToMachine(ConfigFields fields, const QString &ip,
                                    const QByteArray &machineId)
{
    const QByteArray bound = fields.value("machine_id");
    if (!machineId.isEmpty() && !bound.isEmpty() && machineId != bound) {
        return Error{
            QCoreApplication::translate(
                "Treewarden::ConfigSaver",
                "Another machine reports as %1 (machine_id %2) than the enrolled one (%3): "
                "look who it is. If the server was replaced, accept it again.")
                .arg(oneLine(ip, 64), oneLine(QString::fromUtf8(machineId), 64),
                     oneLine(QString::fromUtf8(bound), 64))};
    }
    if (bound.isEmpty() && !machineId.isEmpty())
        fields.insert("machine_id", machineId);
    return fields;
}

ConfigSaver::ConfigSaver(std::shared_ptr<ConfigSession> session, KeyRing &keys, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_keys(keys)
{
}

QStringList ConfigSaver::changedServers() const
{
    QStringList ips;
    for (const ConfigDraft &draft : m_session->drafts()) {
        if (draft.isReady() && draft.isChanged())
            ips << draft.ip;
    }
    return ips;
}

QString ConfigSaver::whyNot(Signing signing) const
{
    if (m_session->source().isPast())
        return FleetSource::pastSentence();
    if (!m_session->source().isLive() || !m_session->source().connection())
        return tr("Redis does not answer: nothing can be saved now. What was changed stays here.");
    if (changedServers().isEmpty())
        return tr("Nothing was changed.");
    for (const ConfigDraft &draft : m_session->drafts()) {
        const QString server = serverText(m_session->source().state(), draft.ip);
        if (!draft.isChanged())
            continue;
        if (draft.standing == ConfigDraft::Standing::Conflict)
            return tr("Somebody else saved the configuration of %1 meanwhile: say first what "
                      "becomes of your changes.")
                .arg(server);
        for (const PlacedIssue &issue : draft.issues) {
            if (issue.isError())
                return tr("The configuration of %1 has an error at line %2: %3")
                    .arg(server)
                    .arg(issue.line)
                    .arg(oneLine(issue.issue.line(), 200));
        }
        if (signing == Signing::Unsigned && draft.isSigned())
            return tr("The configuration of %1 is signed, and agents that trust keys would ignore "
                      "one that is not: unlock your key.")
                .arg(server);
    }
    return {};
}

void ConfigSaver::start(Signing signing)
{
    m_session->checkNow();
    if (m_isRunning || !whyNot(signing).isEmpty())
        return;
    m_signing = signing;
    m_turns.clear();
    for (const QString &ip : changedServers())
        m_turns << Turn{ip, Turn::State::Waiting, {}};
    m_current = -1;
    m_isRunning = true;
    // Another Redis may be chosen meanwhile; what is then owed never comes.
    connect(m_session->source().connection(), &QObject::destroyed, this, &ConfigSaver::giveUp);
    next();
}

void ConfigSaver::giveUp()
{
    if (!m_isRunning)
        return;
    for (Turn &turn : m_turns) {
        if (turn.state == Turn::State::Waiting || turn.state == Turn::State::Saving) {
            turn.state = Turn::State::Failed;
            turn.sentence = tr("The connection to this Redis was ended before the answer.");
        }
    }
    m_isRunning = false;
    Q_EMIT progressed();
    Q_EMIT finished();
}

int ConfigSaver::savedCount() const
{
    return int(std::count_if(m_turns.begin(), m_turns.end(),
                             [](const Turn &turn) { return turn.state == Turn::State::Saved; }));
}

void ConfigSaver::next()
{
    if (++m_current >= m_turns.size()) {
        m_isRunning = false;
        Q_EMIT progressed();
        Q_EMIT finished();
        return;
    }
    m_turns[m_current].state = Turn::State::Saving;
    Q_EMIT progressed();
    save(m_turns[m_current].ip);
}

void ConfigSaver::end(Turn::State state, const QString &sentence)
{
    m_turns[m_current].state = state;
    m_turns[m_current].sentence = sentence;
    next();
}

void ConfigSaver::save(const QString &ip)
{
    const ConfigDraft *draft = m_session->draft(ip);
    RedisConnection *connection = m_session->source().connection();
    const SigningKey *key = m_signing == Signing::Signed ? m_keys.use() : nullptr;
    if (!connection)
        return end(Turn::State::Failed, tr("No Redis is configured any more."));
    if (m_signing == Signing::Signed && !key)
        return end(Turn::State::Failed, tr("The key was locked before it was this one's turn."));
    auto fields = fieldsOfDocument(draft->document, draft->base);
    if (fields && key)
        fields = boundToMachine(*fields, ip, draft->machineId);
    if (!fields)
        return end(Turn::State::Failed, fields.error().text);
    const qint64 base = draft->version();
    const ConfigFields saved = versionedConfig(ip, *fields, base + 1, key);
    connection->command(
        saveConfigWords(ip, saved, m_session->source().now()), this,
        [this, ip, saved, base](const RedisReply &reply) { answered(ip, saved, base, reply); },
        RedisConnection::Queueing::Never);
}

void ConfigSaver::answered(const QString &ip, const ConfigFields &fields, qint64 base,
                           const RedisReply &reply)
{
    if (reply.isOutcomeUnknown())
        return lookWhatStands(ip, fields);
    if (!reply.isOk())
        return end(Turn::State::Failed, tr("Not saved: %1").arg(oneLine(reply.error, 300)));
    const SaveResult result = readSaveResult(reply.value, base);
    if (result.kind == SaveResult::Kind::Missing)
        return end(Turn::State::Failed, tr("Not saved: the server was removed meanwhile."));
    if (result.kind == SaveResult::Kind::Conflict) {
        m_session->markConflict(ip, result);
        return end(
            Turn::State::Conflict,
            tr("Not saved: %1")
                .arg(oneLine(conflictSentence(result, base, m_session->source().now()), 300)));
    }
    m_session->markSaved(ip, fields);
    end(Turn::State::Saved, tr("Saved as version %1.").arg(result.version));
}

/// The connection broke before the answer: what Redis holds says whether it was saved.
void ConfigSaver::lookWhatStands(const QString &ip, const ConfigFields &fields)
{
    RedisConnection *connection = m_session->source().connection();
    const QString notKnown
        = tr("Redis fell silent before it answered, so it is not known whether this was saved. "
             "What was changed stays here.");
    if (!connection)
        return end(Turn::State::Failed, notKnown);
    connection->command(
        {"HGETALL", Keys::serverConfig(ip)}, this,
        [this, ip, fields, notKnown](const RedisReply &reply) {
            if (!reply.isOk())
                return end(Turn::State::Failed, notKnown);
            if (reply.value.toHash() != fields)
                return end(Turn::State::Failed, tr("Not saved: the connection to Redis broke."));
            m_session->markSaved(ip, fields);
            end(Turn::State::Saved,
                tr("Saved as version %1.").arg(fields.value("version").toLongLong()));
        });
}

} // namespace Treewarden
