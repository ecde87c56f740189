// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/configurationwatch.h"

#include "agent/app/configurationreport.h"
#include "agent/reporting/heartbeat.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

#include <QDebug>

namespace Treewarden {

using namespace Qt::StringLiterals;

ConfigurationWatch::ConfigurationWatch(RedisConnection &connection, ConfigurationTrust &trust,
                                       QString ip, QString machineId, ServerConfig first,
                                       QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_trust(trust)
    , m_ip(std::move(ip))
    , m_machineId(std::move(machineId))
    , m_current(std::move(first))
    , m_lastRead(m_current.fields)
{
}

void ConfigurationWatch::accept(ServerConfig configuration)
{
    m_current = std::move(configuration);
    m_trust.keep(m_current.fields);
}

void ConfigurationWatch::judgeAgain()
{
    m_mustJudge = true;
}

void ConfigurationWatch::read()
{
    // A storm of reload signals is one reading, and one more for what was written meanwhile.
    if (std::exchange(m_isReading, true)) {
        m_mustReadAgain = true;
        return;
    }
    m_connection.pipeline(
        {RedisConnection::Words{"HGETALL", Keys::serverConfig(m_ip)},
         RedisConnection::Words{"HGET", Keys::serversRemoved, m_ip.toUtf8()}},
        this,
        [this](const QList<RedisReply> &replies) {
            m_isReading = false;
            takeReplies(replies);
            if (std::exchange(m_mustReadAgain, false))
                read();
            else
                Q_EMIT settled();
        },
        RedisConnection::Queueing::Never);
}

void ConfigurationWatch::takeReplies(const QList<RedisReply> &replies)
{
    const RedisReply &configuration = replies.at(0), &tombstone = replies.at(1);
    const auto fields = configuration.value.toHash();
    const bool isGone = configuration.isOk() && fields.isEmpty();
    // What it means that the configuration is gone is the tombstone's to say.
    const RedisReply &decisive = isGone ? tombstone : configuration;
    if (isGone && tombstone.isOk() && isTombstoneOf(tombstone.value.text, m_machineId))
        Q_EMIT removed();
    else if (decisive.isOk())
        take(fields);
    else if (decisive.outcome == RedisReply::Outcome::Answered)
        qWarning().noquote()
            << u"cannot read the configuration of %1: %2; going on with the last one"_s.arg(
                   m_ip, oneLine(decisive.error));
}

void ConfigurationWatch::take(const QHash<QByteArray, QByteArray> &fields)
{
    const bool isKnown = fields == m_lastRead;
    if (isKnown && !m_mustJudge)
        return;
    m_mustJudge = false;
    m_lastRead = fields;
    if (fields.isEmpty()) {
        if (!isKnown)
            Q_EMIT vanished();
        return;
    }
    if (const auto judged = m_trust.judge(fields); !judged)
        return Q_EMIT refused({judged.error().text});
    if (fields == m_current.fields)
        return m_trust.keep(fields);
    const ParsedConfig parsed = parseServerConfig(m_ip, fields, ConfigReader::Server);
    for (const QString &warning : warningSentences(parsed))
        qWarning().noquote() << u"configuration of %1: %2"_s.arg(m_ip, warning);
    if (!parsed.config)
        return Q_EMIT refused(errorSentences(parsed));
    if (const QString foreign = foreignConfigurationSentence(m_ip, *parsed.config, m_machineId);
        !foreign.isEmpty())
        return Q_EMIT refused({foreign});
    Q_EMIT changed(*parsed.config);
}

} // namespace Treewarden
