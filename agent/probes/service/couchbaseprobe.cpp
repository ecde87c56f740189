// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/couchbasepool.h"
#include "agent/probes/httpanswer.h"
#include "agent/probes/localcredentials.h"
#include "agent/probes/parameters.h"
#include "agent/probes/socketprobe.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

CheckResult notCouchbase(const QString &where, const QString &why)
{
    return CheckResult::died(u"what %1 answers is not Couchbase's: %2"_s.arg(where, why),
                             u"couchbase.protocol"_s, {{u"target"_s, where}, {u"why"_s, why}});
}

/// GET /pools/default, a connection each.
class CouchbaseRest : public SocketConversation
{
public:
    CouchbaseRest(LocalCredentials credentials, const SocketTarget &target)
        : m_credentials(std::move(credentials))
        , m_where(target.text())
    {
    }

    QByteArray begin(bool) override
    {
        HttpRequest request{m_where.toUtf8(), "/pools/default", {}, false};
        m_loginFault = u"it wants a user and a password: give the probe credentials"_s;
        if (m_credentials.isGiven()) {
            const auto login = m_credentials.read();
            m_loginFault = login ? u"it refuses the user or the password"_s : login.error().text;
            if (login)
                request.authorization = "Basic " + (login->user + ':' + login->password).toBase64();
        }
        return request.bytes();
    }

    SocketTurn hear(QByteArrayView reply, bool isEnd) override
    {
        const auto answer = parseHttpAnswer(reply, isEnd);
        if (!answer)
            return {notCouchbase(m_where, oneLine(answer.error().text, 80)), {}};
        if (!answer->has_value())
            return {};
        return {judge(**answer), {}, false, true};
    }

private:
    CheckResult judge(const HttpAnswer &answer) const
    {
        const int status = answer.head.status;
        if (status == 401 || status == 403)
            return noted(u"Couchbase at %1 lives, but the agent cannot log in: %2"_s.arg(
                             m_where, m_loginFault),
                         u"couchbase.login"_s, m_loginFault);
        if (status == 404)
            return noted(u"Couchbase at %1 lives but belongs to no cluster yet"_s.arg(m_where),
                         u"couchbase.unused"_s);
        if (status != 200)
            return notCouchbase(m_where, u"HTTP status %1"_s.arg(status));
        const auto node = parseCouchbasePool(answer.body);
        if (!node)
            return notCouchbase(m_where, node.error().text);
        CheckResult result = judge(*node);
        result.info = node->info;
        return result;
    }

    CheckResult judge(const CouchbaseNode &node) const
    {
        if (node.status != u"healthy")
            return CheckResult::died(
                u"Couchbase at %1 says its node is in the state %2"_s.arg(m_where, node.status),
                u"couchbase.status"_s, {{u"target"_s, m_where}, {u"status"_s, node.status}});
        const QString sentence = u"Couchbase at %1 is no active node of its cluster: %2"_s.arg(
            m_where, node.membership);
        if (node.membership == u"inactiveFailed")
            return CheckResult::died(sentence, u"couchbase.membership"_s,
                                     {{u"target"_s, m_where}, {u"membership"_s, node.membership}});
        if (node.membership == u"inactiveAdded")
            return CheckResult::aliveWithNote(
                sentence, u"couchbase.membership"_s,
                {{u"target"_s, m_where}, {u"membership"_s, node.membership}});
        return CheckResult::isAlive();
    }

    CheckResult noted(const QString &note, const QString &code, const QString &why = {}) const
    {
        QJsonObject args{{u"target"_s, m_where}};
        if (!why.isEmpty())
            args.insert(u"why"_s, why);
        return CheckResult::aliveWithNote(note, code, args);
    }

    LocalCredentials m_credentials;
    QString m_where, m_loginFault;
};

/// NOOP to the data service over a connection that is kept.
class CouchbaseData : public SocketConversation
{
public:
    explicit CouchbaseData(const QString &where)
        : m_where(where)
    {
    }

    QByteArray begin(bool) override { return couchbaseNoop(); }

    SocketTurn hear(QByteArrayView reply, bool) override
    {
        const auto status = parseCouchbaseNoop(reply);
        if (!status)
            return {};
        if (!*status)
            return {notCouchbase(m_where, status->error().text), {}};
        CheckResult result = CheckResult::isAlive();
        result.info.insert(u"status"_s, **status);
        return {result, {}};
    }

private:
    QString m_where;
};

} // namespace

/// The node's own word over REST; `"as":"memcached"`, or the port 11210, asks the data service
/// whether it answers.
Result<std::unique_ptr<ServiceProbe>> makeCouchbaseServiceProbe(const ServiceDefinition &service,
                                                                const ProbeCheck &check,
                                                                const ProbeContext &)
{
    constexpr int dataPort = 11210;
    Parameters parameters(service, check);
    auto socket = readSocketParameters(&parameters, service, check, 5);
    const auto credentials = LocalCredentials::of(&parameters, socket.target);
    const QString as
        = parameters.text(u"as"_s, socket.target.port == dataPort ? u"memcached"_s : u"rest"_s);
    if (as != u"memcached" && as != u"rest")
        parameters.fail(u"as must be rest or memcached"_s);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    if (as == u"memcached")
        return makeConversingProbe(u"Couchbase"_s, u"answers NOOP"_s,
                                   std::make_shared<CouchbaseData>(socket.target.text()), socket);
    return makeConversingProbe(u"Couchbase"_s,
                               u"answers /pools/default"_s + credentials.description(),
                               std::make_shared<CouchbaseRest>(credentials, socket.target), socket);
}

} // namespace Treewarden
