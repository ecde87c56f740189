// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/mysqlconversation.h"

#include "agent/probes/lines.h"
#include "agent/probes/mysqlgreeting.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// A variable of SHOW GLOBAL STATUS: its word in the workload, and whether a rate is made of it.
struct MySqlStatusRow
{
    const char *variable, *name;
    bool isCounter;
};

constexpr MySqlStatusRow mySqlStatusRows[] = {
    {"Uptime", "uptime", false},
    {"Threads_connected", "threads_connected", false},
    {"Threads_running", "threads_running", false},
    {"Max_used_connections", "max_used_connections", false},
    {"Innodb_row_lock_current_waits", "row_lock_waits", false},
    {"Connections", "connections", true},
    {"Aborted_connects", "aborted_connects", false},
    {"Questions", "questions", true},
    {"Slow_queries", "slow_queries", true},
};

QByteArray statusQuery()
{
    QByteArray names;
    for (const MySqlStatusRow &row : mySqlStatusRows)
        names += (names.isEmpty() ? "'" : ",'") + QByteArray(row.variable) + '\'';
    return mySqlQuery("SHOW GLOBAL STATUS WHERE Variable_name IN (" + names + ')');
}

} // namespace

MySqlConversation::MySqlConversation(LocalCredentials credentials, InfoPace pace,
                                     const QString &where, bool isUnixSocket)
    : m_credentials(std::move(credentials))
    , m_where(where)
    , m_isUnixSocket(isUnixSocket)
    , m_pace(pace)
{
}

QByteArray MySqlConversation::begin(bool isNewConnection)
{
    if (!isNewConnection)
        return ask();
    m_state = State::Greeting;
    m_mayBeReplica = true;
    m_replicationStopped.clear();
    m_info = {};
    return {};
}

SocketTurn MySqlConversation::hear(QByteArrayView reply, bool)
{
    switch (m_state) {
    case State::Greeting:
        return hearGreeting(reply);
    case State::Login:
        return hearLogin(reply);
    case State::Ping:
        return hearPing(reply);
    case State::Status:
    case State::Replication:
        return hearRows(reply);
    }
    return {};
}

SocketTurn MySqlConversation::hearGreeting(QByteArrayView reply)
{
    const auto verdict = judgeMysqlGreeting(reply, m_where);
    if (!verdict)
        return {};
    if (verdict->alive != true || !verdict->reason.isEmpty())
        return {verdict, {}, false, true};
    m_info = verdict->info;
    const auto login = m_credentials.read();
    if (!login)
        return noLogin(login.error().text);
    const auto packet = takeMySqlPacket(&reply);
    const auto greeting = packet ? parseMySqlGreeting(packet->payload) : std::nullopt;
    if (!greeting)
        return noLogin(u"its greeting is of an old kind"_s);
    m_login = *login;
    m_version = greeting->version;
    m_plugin = greeting->plugin;
    m_nonce = greeting->nonce;
    m_state = State::Login;
    return {{}, mySqlLogin(*greeting, m_login.user, m_login.password)};
}

SocketTurn MySqlConversation::hearLogin(QByteArrayView reply)
{
    constexpr int moreData = 0x01, isCached = 0x03;
    const QByteArrayView all = reply;
    while (const auto packet = takeMySqlPacket(&reply)) {
        if (packet->isOk()) {
            m_login = {}; // the password need not stay in memory
            return {{}, ask()};
        }
        if (packet->isError()) {
            const MySqlFault refusal = parseMySqlFault(packet->payload);
            return noLogin(oneLine(QString::fromUtf8(refusal.text), 120));
        }
        if (packet->first() == 0xfe)
            return switchLogin(*packet);
        if (packet->first() != moreData || packet->payload.size() < 2)
            return rubbish(all);
        if (packet->payload[1] != isCached)
            return proveFully(*packet);
    }
    return {};
}

SocketTurn MySqlConversation::switchLogin(const MySqlPacket &packet)
{
    const auto wanted = parseMySqlLoginSwitch(packet.payload);
    const auto proof
        = wanted ? mySqlProof(wanted->plugin, m_login.password, wanted->nonce) : std::nullopt;
    if (!proof) {
        const QByteArray plugin = wanted ? wanted->plugin : "mysql_old_password";
        return noLogin(u"its login with %1 is none of mysql_native_password and "
                       "caching_sha2_password"_s.arg(oneLine(QString::fromUtf8(plugin), 60)));
    }
    m_plugin = wanted->plugin;
    m_nonce = wanted->nonce;
    return {{}, mySqlPacket(packet.sequence + 1, *proof)};
}

/// The server does not have the password's hash in its memory and wants the password itself: that
/// is for Unix sockets only.
SocketTurn MySqlConversation::proveFully(const MySqlPacket &packet)
{
    constexpr int wantsPassword = 0x04;
    if (m_plugin != "caching_sha2_password" || packet.payload[1] != wantsPassword)
        return rubbish(packet.payload);
    if (!m_isUnixSocket)
        return noLogin(
            u"the first login of this user since the server's start needs TLS or its Unix "
            "socket: give the probe its path"_s);
    return {{}, mySqlPacket(packet.sequence + 1, m_login.password + '\0')};
}

SocketTurn MySqlConversation::hearPing(QByteArrayView reply)
{
    const auto packet = takeMySqlPacket(&reply);
    if (!packet)
        return {};
    if (packet->isError())
        return fault(packet->payload);
    return packet->isOk() ? SocketTurn{alive(), {}} : rubbish(packet->payload);
}

SocketTurn MySqlConversation::hearRows(QByteArrayView reply)
{
    const auto rows = parseMySqlRows(reply);
    if (!rows)
        return {};
    if (!*rows)
        return rubbish(reply);
    if (m_state == State::Replication) {
        takeReplication(**rows);
        return {alive(), {}};
    }
    if ((*rows)->fault)
        return fault(reply.sliced(4));
    takeStatus(**rows);
    if (!m_mayBeReplica)
        return {alive(), {}};
    return {{}, askReplication()};
}

QByteArray MySqlConversation::ask()
{
    const bool wantsStatus = m_pace.isDue();
    m_state = wantsStatus ? State::Status : State::Ping;
    return wantsStatus ? statusQuery() : mySqlPing();
}

/// MySQL has its newer words since 8.0.22, and these only since 8.4.
QByteArray MySqlConversation::askReplication()
{
    m_state = State::Replication;
    const bool isNew = !m_version.contains("MariaDB")
        && (m_version.startsWith("8.") || m_version.startsWith("9."))
        && !m_version.startsWith("8.0.");
    return mySqlQuery(isNew ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS");
}

void MySqlConversation::takeStatus(const MySqlRows &rows)
{
    m_info = {{u"version"_s, oneLine(QString::fromUtf8(m_version), 80)}};
    m_rates.startReading();
    for (qsizetype i = 0; i < rows.rows.size(); ++i) {
        const auto name = rows.rows[i].value(0), value = rows.rows[i].value(1);
        const auto number = numberOf<quint64>(value.value_or(QByteArray()));
        if (!number)
            continue;
        for (const MySqlStatusRow &row : mySqlStatusRows) {
            if (name != row.variable)
                continue;
            const QString word = QLatin1StringView(row.name);
            m_info.insert(word, shownCounter(*number));
            if (row.isCounter)
                m_rates.add(&m_info, word, *number);
        }
    }
}

/// Who is no replica, and who may not ask, is not asked again over this connection.
void MySqlConversation::takeReplication(const MySqlRows &rows)
{
    m_replicationStopped.clear();
    if (rows.fault || rows.rows.isEmpty()) {
        m_mayBeReplica = false;
        return;
    }
    const auto either = [&rows](const char *one, const char *other) {
        const auto value = rows.value(0, one);
        return value ? value : rows.value(0, other);
    };
    const bool runs = either("Slave_IO_Running", "Replica_IO_Running") != "No"
        && either("Slave_SQL_Running", "Replica_SQL_Running") != "No";
    const auto behind = either("Seconds_Behind_Master", "Seconds_Behind_Source");
    if (const auto seconds = behind ? numberOf<quint64>(*behind) : std::nullopt)
        m_info.insert(u"seconds_behind"_s, shownCounter(*seconds));
    m_info.insert(u"replication"_s, runs ? u"running"_s : u"stopped"_s);
    if (!runs)
        m_replicationStopped = u"the replication of MySQL at %1 is stopped"_s.arg(m_where);
}

CheckResult MySqlConversation::alive() const
{
    CheckResult result = m_replicationStopped.isEmpty()
        ? CheckResult::isAlive()
        : CheckResult::aliveWithNote(m_replicationStopped, u"mysql.replication"_s,
                                     {{u"target"_s, m_where}});
    result.info = m_info;
    return result;
}

SocketTurn MySqlConversation::noLogin(const QString &why) const
{
    CheckResult result = CheckResult::aliveWithNote(
        u"MySQL at %1 lives, but the agent cannot log in: %2"_s.arg(m_where, why), u"mysql.login"_s,
        {{u"target"_s, m_where}, {u"why"_s, why}});
    result.info = m_info;
    return {result, {}, false, true};
}

SocketTurn MySqlConversation::rubbish(QByteArrayView said) const
{
    const QString shown
        = oneLine(QString::fromUtf8(said.first(std::min<qsizetype>(said.size(), 40))), 80);
    return {CheckResult::died(u"%1 answered \"%2\", which is no MySQL answer"_s.arg(m_where, shown),
                              u"mysql.protocol"_s, {{u"target"_s, m_where}, {u"said"_s, shown}}),
            {}};
}

SocketTurn MySqlConversation::fault(QByteArrayView payload) const
{
    const QString said = oneLine(QString::fromUtf8(parseMySqlFault(payload).text), 120);
    return {CheckResult::died(u"MySQL at %1 says: %2"_s.arg(m_where, said), u"mysql.error"_s,
                              {{u"target"_s, m_where}, {u"said"_s, said}}),
            {}};
}

} // namespace Treewarden
