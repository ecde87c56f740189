// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/alerts/alertrules.h"

#include "shared/config/serverconfig.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype atOnce = 200;
constexpr qint64 largestField = 64 << 10; ///< bytes; 64 rules take a quarter of it

} // namespace

AlertRulesReader::AlertRulesReader(RedisConnection &connection, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
}

void AlertRulesReader::read(const QString &ip)
{
    m_waiting.insert(ip);
    askSoon();
}

void AlertRulesReader::clear()
{
    ++m_generation;
    m_waiting.clear();
    m_asked.clear();
}

/// One question at a time, for all that were named meanwhile.
void AlertRulesReader::askSoon()
{
    if (m_isPlanned || !m_asked.isEmpty() || m_waiting.isEmpty())
        return;
    m_isPlanned = true;
    QMetaObject::invokeMethod(this, &AlertRulesReader::ask, Qt::QueuedConnection);
}

void AlertRulesReader::ask()
{
    m_isPlanned = false;
    QList<QString> ips;
    QList<RedisConnection::Words> sizes;
    while (!m_waiting.isEmpty() && ips.size() < atOnce) {
        const QString ip = *m_waiting.begin();
        m_waiting.erase(m_waiting.begin());
        m_asked.insert(ip);
        ips << ip;
        sizes << RedisConnection::Words{"HSTRLEN", Keys::serverConfig(ip), "alerts"}
              << RedisConnection::Words{"HSTRLEN", Keys::serverConfig(ip), "intervals"};
    }
    if (ips.isEmpty())
        return;
    const auto take = [this, ips, asked = m_generation](const QList<RedisReply> &replies) {
        if (asked == m_generation)
            takeSizes(ips, replies);
    };
    m_connection.pipeline(sizes, this, take, RedisConnection::Queueing::Never);
}

void AlertRulesReader::takeSizes(const QList<QString> &ips, const QList<RedisReply> &sizes)
{
    if (!areAnswered(sizes))
        return;
    QList<QString> withRules;
    QList<RedisConnection::Words> fields;
    for (qsizetype i = 0; i < ips.size(); ++i) {
        const qint64 rules = sizes[2 * i].value.integer, intervals = sizes[2 * i + 1].value.integer;
        if (std::max(rules, intervals) > largestField)
            m_complaints.complain(
                u"size"_s,
                u"the alerts or intervals of %1 have more than %2, so no rule of it is judged: "
                u"shorten them"_s.arg(ips[i], formatBytes(largestField)));
        if (rules <= 0 || std::max(rules, intervals) > largestField) {
            tell(ips[i], {});
            continue;
        }
        withRules << ips[i];
        fields << RedisConnection::Words{"HMGET", Keys::serverConfig(ips[i]), "alerts", "intervals",
                                         "version"};
    }
    if (withRules.isEmpty())
        return askSoon();
    const auto take = [this, withRules, asked = m_generation](const QList<RedisReply> &replies) {
        if (asked == m_generation)
            takeFields(withRules, replies);
    };
    m_connection.pipeline(fields, this, take, RedisConnection::Queueing::Never);
}

void AlertRulesReader::takeFields(const QList<QString> &ips, const QList<RedisReply> &replies)
{
    if (!areAnswered(replies))
        return;
    for (qsizetype i = 0; i < ips.size(); ++i)
        tell(ips[i], understood(ips[i], replies[i].value.toList()));
    askSoon();
}

void AlertRulesReader::tell(const QString &ip, const ServerRules &rules)
{
    m_asked.remove(ip);
    // Who is named again meanwhile tells soon what is newer.
    if (!m_waiting.contains(ip))
        Q_EMIT hasRead(ip, rules);
}

bool AlertRulesReader::areAnswered(const QList<RedisReply> &replies)
{
    const auto wrong = std::find_if(replies.begin(), replies.end(),
                                    [](const RedisReply &reply) { return !reply.isOk(); });
    if (wrong == replies.end())
        return true;
    clear();
    if (wrong->outcome == RedisReply::Outcome::Answered)
        Q_EMIT failed(oneLine(wrong->error));
    return false;
}

/// What is wrong keeps all rules of the server from being judged, and is told.
ServerRules AlertRulesReader::understood(const QString &ip, const QList<QByteArray> &fields)
{
    ServerRules rules;
    rules.version = fields.value(2).left(20).toLongLong();
    QHash<QByteArray, QByteArray> hash{{"alerts", fields.value(0)}};
    if (!fields.value(1).isEmpty())
        hash.insert("intervals", fields.value(1));
    const ParsedConfig parsed = parseServerConfig(ip, hash);
    if (parsed.config) {
        rules.rules = parsed.config->alerts;
        rules.interval = parsed.config->intervals.workload.count();
    } else {
        m_complaints.complain(u"rules"_s,
                              u"no alert of %1 is judged: %2 (treewarden config check)"_s.arg(
                                  ip, oneLine(parsed.errorText(), 300)));
    }
    return rules;
}

} // namespace Treewarden
