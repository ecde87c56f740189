// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/infopace.h"
#include "agent/probes/localcredentials.h"
#include "agent/probes/parameters.h"
#include "agent/probes/redisanswer.h"
#include "agent/probes/socketprobe.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// A command as RESP2 sends it, whatever its words hold.
QByteArray respCommand(const QList<QByteArray> &words)
{
    QByteArray command = '*' + QByteArray::number(words.size()) + "\r\n";
    for (const QByteArray &word : words)
        command += '$' + QByteArray::number(word.size()) + "\r\n" + word + "\r\n";
    return command;
}

/// PING, once a heartbeat INFO in its place, and AUTH before them on a new connection.
class RedisConversation : public SocketConversation
{
public:
    RedisConversation(LocalCredentials credentials, InfoPace pace, const QString &where)
        : m_credentials(std::move(credentials))
        , m_pace(pace)
        , m_where(where)
    {
    }

    QByteArray begin(bool isNewConnection) override
    {
        const QByteArray login = loginIfDue(isNewConnection);
        m_awaitsLogin = !login.isEmpty();
        m_awaitsInfo = m_pace.isDue();
        return login + (m_awaitsInfo ? "INFO\r\n" : "PING\r\n");
    }

    SocketTurn hear(QByteArrayView reply, bool) override
    {
        auto answer = parseRespReply(reply);
        if (answer && m_awaitsLogin) {
            if (answer->type == '\0' || answer->size == 0)
                return {judgeRedisError(*answer, m_where), {}};
            m_loginFault
                = answer->type == '-' ? oneLine(QString::fromUtf8(answer->text), 120) : QString();
            const RespReply login = *answer;
            answer = parseRespReply(reply.sliced(login.size));
        }
        if (!answer)
            return {};
        const auto error = judgeRedisError(*answer, m_where);
        CheckResult result = error ? *error : judge(*answer);
        if (!m_loginFault.isEmpty() && result.alive == true)
            result = CheckResult::aliveWithNote(
                u"Redis at %1 lives, but the agent cannot log in: %2"_s.arg(m_where, m_loginFault),
                u"redis.login"_s, {{u"target"_s, m_where}, {u"why"_s, m_loginFault}});
        result.info = m_info;
        return {result, {}};
    }

private:
    /// AUTH on a new connection, and again a minute after it failed.
    QByteArray loginIfDue(bool isNewConnection)
    {
        constexpr qint64 pause = 60'000; // ms
        const qint64 now = steadyMilliseconds();
        const bool isDue
            = isNewConnection || (!m_loginFault.isEmpty() && now - m_loginTriedAt >= pause);
        if (!m_credentials.isGiven() || !isDue)
            return {};
        m_loginTriedAt = now;
        const auto login = m_credentials.read();
        m_loginFault = login ? QString() : login.error().text;
        if (!login)
            return {};
        return login->user.isEmpty() ? respCommand({"AUTH", login->password})
                                     : respCommand({"AUTH", login->user, login->password});
    }

    CheckResult judge(const RespReply &answer)
    {
        if (m_awaitsInfo) {
            m_info = redisInfo(answer.text);
            addRedisRates(&m_info, &m_rates);
        }
        return judgeRedisInfo(m_info, m_where);
    }

    LocalCredentials m_credentials;
    InfoPace m_pace;
    CounterRates m_rates;
    QString m_where;
    QString m_loginFault; ///< why the last login failed
    QJsonObject m_info; ///< of the last INFO
    qint64 m_loginTriedAt = 0;
    bool m_awaitsLogin = false, m_awaitsInfo = false;
};

} // namespace

/// PING over a connection that is kept; the numbers of INFO become the workload. A password comes
/// from a local file.
Result<std::unique_ptr<ServiceProbe>> makeRedisServiceProbe(const ServiceDefinition &service,
                                                            const ProbeCheck &check,
                                                            const ProbeContext &)
{
    Parameters parameters(service, check);
    const auto socket = readSocketParameters(&parameters, service, check, 0);
    const auto credentials = LocalCredentials::of(&parameters, socket.target);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    const InfoPace pace(service, check);
    const QString asks = pace.isWorkload() ? u"answers INFO"_s : u"answers PING"_s;
    return makeConversingProbe(
        u"Redis"_s, asks + credentials.description(),
        std::make_shared<RedisConversation>(credentials, pace, socket.target.text()), socket);
}

} // namespace Treewarden
