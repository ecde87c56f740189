// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/infopace.h"
#include "agent/probes/memcachedstats.h"
#include "agent/probes/parameters.h"
#include "agent/probes/socketprobe.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// `version` tells that it lives; once a heartbeat `stats` tells its numbers in place of it.
class MemcachedConversation : public SocketConversation
{
public:
    MemcachedConversation(InfoPace pace, const QString &where)
        : m_pace(pace)
        , m_where(where)
    {
    }

    QByteArray begin(bool) override { return m_pace.isDue() ? "stats\r\n" : "version\r\n"; }

    SocketTurn hear(QByteArrayView reply, bool) override
    {
        const auto answer = parseMemcachedAnswer(reply);
        if (!answer)
            return {};
        return {judge(*answer), {}};
    }

private:
    CheckResult judge(const MemcachedAnswer &answer)
    {
        const QString said = oneLine(QString::fromUtf8(answer.text), 120);
        switch (answer.kind) {
        case MemcachedAnswer::Kind::Rubbish:
            return CheckResult::died(
                u"%1 answered \"%2\", which is not memcached"_s.arg(m_where, said),
                u"memcached.protocol"_s, {{u"target"_s, m_where}, {u"said"_s, said}});
        case MemcachedAnswer::Kind::Refusal:
            return judgeRefusal(said);
        case MemcachedAnswer::Kind::Stats:
            takeStats(answer);
            break;
        case MemcachedAnswer::Kind::Version:
            break;
        }
        CheckResult result = m_isFull
            ? CheckResult::aliveWithNote(full(), u"memcached.full"_s, {{u"target"_s, m_where}})
            : CheckResult::isAlive();
        result.info = m_info;
        return result;
    }

    CheckResult judgeRefusal(const QString &said) const
    {
        const QJsonObject args{{u"target"_s, m_where}, {u"said"_s, said}};
        if (said.contains(u"Too many open connections"_s))
            return CheckResult::died(full(), u"memcached.full"_s, args);
        if (!said.contains(u"unauthenticated"_s))
            return CheckResult::died(u"memcached at %1 says: %2"_s.arg(m_where, said),
                                     u"memcached.error"_s, args);
        return CheckResult::aliveWithNote(
            u"memcached at %1 lives but says: %2"_s.arg(m_where, said), u"memcached.note"_s, args);
    }

    /// The held connection goes on when all others are taken: its answer tells that new ones are
    /// turned away.
    void takeStats(const MemcachedAnswer &stats)
    {
        m_info = memcachedInfo(stats, &m_rates);
        const quint64 rejected = stats.counters.value("rejected_connections");
        m_isFull = stats.counters.value("accepting_conns", 1) == 0
            || (m_rejected && rejected > *m_rejected);
        m_rejected = rejected;
    }

    QString full() const { return u"memcached at %1 has too many connections"_s.arg(m_where); }

    InfoPace m_pace;
    CounterRates m_rates;
    QString m_where;
    QJsonObject m_info; ///< of the last `stats`
    std::optional<quint64> m_rejected;
    bool m_isFull = false;
};

} // namespace

/// `version` and `stats` in the text protocol over a connection that is kept.
Result<std::unique_ptr<ServiceProbe>> makeMemcachedServiceProbe(const ServiceDefinition &service,
                                                                const ProbeCheck &check,
                                                                const ProbeContext &)
{
    Parameters parameters(service, check);
    const auto socket = readSocketParameters(&parameters, service, check, 0);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    return makeConversingProbe(
        u"memcached"_s, u"answers version and stats"_s,
        std::make_shared<MemcachedConversation>(InfoPace(service, check), socket.target.text()),
        socket);
}

} // namespace Treewarden
