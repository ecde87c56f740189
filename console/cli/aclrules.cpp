// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/aclrules.h"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace Treewarden {

namespace {

// Commands are named one by one, never by category: @write has FLUSHALL in it, @connection CLIENT
// KILL. What stands in parentheses is a selector: a command must be allowed by what stands outside
// all of them, or wholly by one. So an agent publishes here and listens there, adds to `events` and
// cannot delete it, changes fields of the index and cannot read it as a whole.

constexpr char adminRules[] = "~* &* +@all";

constexpr char consoleRules[] = R"(
    -@all +ping +select +role +time +info +acl|whoami +memory|usage
    +watch +unwatch +multi +exec +discard +eval +evalsha
    +get +getrange +mget +set +del +exists +pttl +rename +expire
    +hget +hmget +hgetall +hkeys +hlen +hexists +hset +hsetnx +hdel
    +lindex +llen +lrange +rpush +ltrim +smembers +sadd +srem
    +xread +xrange +xrevrange +xlen +xadd +unsubscribe
    ~servers:alive ~servers:since ~servers:pending ~servers:removed
    ~server:alive:* ~server:info:* ~server:config:* ~server:workload:*
    ~services:* ~service:* ~paas:* ~command:* ~maintenance ~events
    %R~commands %R~sweeper %R~alerts
    (+publish &update:info &manage:*)
    (+subscribe &update:info &update:info:*:alive)
)";

constexpr char webRules[] = R"(
    -@all +ping +select +role +time +memory|usage +multi +exec +discard
    +get +getrange +mget +exists +pttl +hget +hmget +hgetall +hkeys +hlen +hexists
    +lindex +llen +lrange +smembers +xread +xrange +xrevrange +xlen +unsubscribe
    %R~servers:alive %R~servers:since %R~servers:pending
    %R~server:alive:* %R~server:info:* %R~server:workload:*
    %R~services:* %R~service:* %R~paas:* %R~maintenance %R~alerts %R~events %R~sweeper
    (+exists %R~server:config:*)
    (+subscribe &update:info)
)";

constexpr char sweeperRules[] = R"(
    +eval +evalsha
    (+set +hset +xadd %W~servers:alive %W~servers:since %W~server:alive:* %W~events %W~sweeper)
    (+publish &update:info &update:info:*:alive)
    (+hset +hdel %W~alerts)
    (+hstrlen +hmget %R~server:config:*)
)";

constexpr char enrolRules[] = R"(
    -@all +ping +select +role +time +unsubscribe
    (+exists %R~server:config:*)
    (+hget %R~servers:removed)
    (+hset %W~servers:pending)
    (+subscribe &manage:*)
)";

constexpr char agentRules[] = R"(
    -@all +ping +select +role +time +watch +unwatch +multi +exec +discard
    +get +set +del +exists +pexpire +pttl +hget +hmget +hgetall +hset +hsetnx +hdel
    +lindex +llen +lrange +rpush +ltrim +xread +xrange +xrevrange +xlen +unsubscribe
    ~server:alive:{ip} ~server:info:{ip} ~services:{ip} ~service:{ip}:*
    ~server:workload:{ip} ~server:workload:{ip}:1s ~server:workload:{ip}:1m ~server:workload:{ip}:1h
    %R~server:config:{ip} %R~command:{ip}
    (+exists %R~server:config:*)
    (+hget +hset +hdel ~servers:alive)
    (+hset +hsetnx +hdel %W~servers:since)
    (+hset %W~servers:pending)
    (+hget %R~servers:removed)
    (+hlen +hget +hgetall %R~maintenance)
    (+get %R~paas:*)
    (+xadd %W~events %W~commands)
    (+publish &update:info &update:info:{ip}:alive)
    (+subscribe &manage:{ip} &manage:all)
)";

struct AclRow
{
    AclRole role;
    const char *name;
    const char *rules;
    const char *moreRules;
};

constexpr AclRow aclRows[] = {
    {AclRole::Admin, "admin", adminRules, ""},
    {AclRole::Console, "console", consoleRules, ""},
    {AclRole::Web, "web", webRules, ""},
    {AclRole::Sweeper, "sweeper", webRules, sweeperRules},
    {AclRole::Enrol, "enrol", enrolRules, ""},
    {AclRole::Agent, "agent", agentRules, ""},
};

const AclRow &rowOf(AclRole role)
{
    return *std::find_if(std::begin(aclRows), std::end(aclRows),
                         [role](const AclRow &row) { return row.role == role; });
}

/// The words of a rule text; a selector is one.
QList<QByteArray> splitRules(const QByteArray &text)
{
    QList<QByteArray> rules;
    bool isInside = false;
    for (const QByteArray &word : text.simplified().split(' ')) {
        if (word.isEmpty())
            continue;
        if (isInside)
            rules.last() += ' ' + word;
        else
            rules << word;
        isInside = (isInside || word.startsWith('(')) && !word.endsWith(')');
    }
    return rules;
}

} // namespace

QString aclRoleName(AclRole role)
{
    return QString::fromLatin1(rowOf(role).name);
}

std::optional<AclRole> aclRoleOf(const QString &name)
{
    for (const AclRow &row : aclRows) {
        if (name == QLatin1StringView(row.name))
            return row.role;
    }
    return std::nullopt;
}

QList<AclRole> allAclRoles()
{
    QList<AclRole> roles;
    for (const AclRow &row : aclRows)
        roles << row.role;
    return roles;
}

AclUser aclUser(AclRole role, const QString &ip)
{
    const AclRow &row = rowOf(role);
    const QByteArray text = QByteArray(row.rules) + row.moreRules;
    AclUser user{row.name, splitRules(text)};
    if (role != AclRole::Agent)
        return user;
    user.name += '-' + ip.toUtf8();
    for (QByteArray &rule : user.rules)
        rule.replace("{ip}", globEscaped(ip.toUtf8()));
    return user;
}

QByteArray globEscaped(const QByteArray &text)
{
    QByteArray escaped;
    for (const char c : text) {
        if (std::strchr("*?[]^\\", c))
            escaped += '\\';
        escaped += c;
    }
    return escaped;
}

QByteArray aclLine(const AclUser &user, const QByteArray &password)
{
    // acl-pubsub-default may be allchannels, as it was before Redis 7.
    return "user " + user.name + " reset resetchannels on " + password + ' ' + user.rules.join(' ');
}

} // namespace Treewarden
