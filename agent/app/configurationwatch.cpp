// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/configurationwatch.h"

#include "agent/app/configurationreport.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

#include <QDebug>

namespace Treewarden {

using namespace Qt::StringLiterals;

ConfigurationWatch::ConfigurationWatch(RedisConnection &connection, QString ip, ServerConfig first,
                                       QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_ip(std::move(ip))
    , m_current(std::move(first))
    , m_lastRead(m_current.fields)
{
}

void ConfigurationWatch::read()
{
    // A storm of reload signals is one reading, and one more for what was written meanwhile.
    if (std::exchange(m_isReading, true)) {
        m_mustReadAgain = true;
        return;
    }
    m_connection.command(
        {"HGETALL", Keys::serverConfig(m_ip)}, this,
        [this](const RedisReply &reply) {
            m_isReading = false;
            if (reply.isOk())
                take(reply.value.toHash());
            else if (reply.outcome == RedisReply::Outcome::Answered)
                qWarning().noquote()
                    << u"cannot read the configuration of %1: %2; going on with the last one"_s.arg(
                           m_ip, oneLine(reply.error));
            if (std::exchange(m_mustReadAgain, false))
                read();
        },
        RedisConnection::Queueing::Never);
}

void ConfigurationWatch::take(const QHash<QByteArray, QByteArray> &fields)
{
    if (fields == m_lastRead)
        return;
    m_lastRead = fields;
    if (fields.isEmpty())
        return Q_EMIT vanished();
    if (fields == m_current.fields)
        return;
    const ParsedConfig parsed = parseServerConfig(m_ip, fields);
    for (const QString &warning : warningSentences(parsed))
        qWarning().noquote() << u"configuration of %1: %2"_s.arg(m_ip, warning);
    if (parsed.config)
        Q_EMIT changed(*parsed.config);
    else
        Q_EMIT refused(errorSentences(parsed));
}

} // namespace Treewarden
