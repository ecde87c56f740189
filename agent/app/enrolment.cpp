// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/enrolment.h"

#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/protocol/keys.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

bool isGone(const RedisReply &reply)
{
    return reply.outcome != RedisReply::Outcome::Answered;
}

/// The user that asked to be enrolled may not read what it asked for.
QString refusalSentence(const RedisReply &reply, const QString &ip)
{
    if (!reply.value.text.startsWith("NOPERM"))
        return reply.error;
    return u"%1; the server is enrolled, so give its agent a user of its own (treewarden acl "
           u"--user "
           u"agent --ip %2) and start it again"_s.arg(reply.error, ip);
}

} // namespace

Enrolment::Enrolment(RedisConnection &connection, std::optional<QString> ip, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_ip(std::move(ip))
{
}

void Enrolment::look()
{
    // Whether it is there comes first even for a named address: who may only ask to be enrolled may
    // not read it.
    const HostAddresses addresses = m_ip ? HostAddresses{{*m_ip}, {}} : HostAddresses::read();
    const QStringList candidates = addresses.global + addresses.loopback;
    QList<RedisConnection::Words> questions;
    for (const QString &ip : candidates)
        questions << RedisConnection::Words{"EXISTS", Keys::serverConfig(ip)};
    if (questions.isEmpty())
        return readConfiguration(addressToAskUnder(addresses));
    m_connection.pipeline(
        questions, this,
        [this, candidates, globals = addresses.global.size()](const QList<RedisReply> &replies) {
            takeMatches(candidates, globals, replies);
        });
}

void Enrolment::takeMatches(const QStringList &candidates, qsizetype globals,
                            const QList<RedisReply> &replies)
{
    QStringList matches;
    for (qsizetype i = 0; i < candidates.size(); ++i) {
        const RedisReply &reply = replies.at(i);
        if (isGone(reply))
            return;
        if (!reply.isOk())
            return Q_EMIT failed(reply.error, ExitCode::Unavailable);
        // Every host has the loopback: it counts only where nothing else matches.
        if (reply.value.integer == 1 && (i < globals || matches.isEmpty()))
            matches << candidates.at(i);
    }
    if (matches.size() > 1) {
        return Q_EMIT failed(u"several addresses of this host are enrolled (%1): choose one with "
                             u"--ip or [agent] ip, and "
                             "remove the others"_s.arg(matches.join(u", "_s)),
                             ExitCode::BadConfiguration);
    }
    if (matches.isEmpty())
        return readTombstone(m_ip ? *m_ip : addressToAskUnder(HostAddresses::read()));
    readConfiguration(matches.first());
}

QString Enrolment::addressToAskUnder(const HostAddresses &addresses) const
{
    const auto local = canonicalIp(m_connection.localAddress());
    if (local && !isLoopback(*local))
        return *local;
    return addresses.global.isEmpty() ? u"127.0.0.1"_s : addresses.global.first();
}

void Enrolment::readConfiguration(const QString &ip)
{
    m_connection.command(
        {"HGETALL", Keys::serverConfig(ip)}, this, [this, ip](const RedisReply &reply) {
            if (isGone(reply))
                return;
            if (reply.value.text.startsWith("WRONGTYPE")) {
                return Q_EMIT failed(
                    u"server:config:%1 is no hash: delete it and enrol the server again"_s.arg(ip),
                    ExitCode::BadConfiguration);
            }
            if (!reply.isOk())
                return Q_EMIT failed(refusalSentence(reply, ip), ExitCode::Unavailable);
            const auto configuration = reply.value.toHash();
            if (configuration.isEmpty())
                readTombstone(ip);
            else
                Q_EMIT enrolled(ip, configuration);
        });
}

void Enrolment::readTombstone(const QString &ip)
{
    m_connection.command(
        {"HGET", Keys::serversRemoved, ip.toUtf8()}, this, [this, ip](const RedisReply &reply) {
            // What cannot be read is no reason not to ask.
            if (!isGone(reply))
                Q_EMIT notEnrolled(ip, reply.isOk() ? reply.value.text : QByteArray());
        });
}

void Enrolment::ask(const QString &ip, const QJsonObject &request, RedisConnection::Callback done)
{
    m_connection.command({"HSET", Keys::serversPending, ip.toUtf8(), compactJson(request)}, this,
                         std::move(done));
}

} // namespace Treewarden
