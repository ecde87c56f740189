// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/commands/maintenancewatch.h"

#include "shared/config/paastree.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

#include <QDebug>
#include <QSet>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

using Words = RedisConnection::Words;

constexpr qint64 mostFields = 10'000;
constexpr qsizetype mostTrees = 64, longestValue = 4096;

qint64 untilOf(const QByteArray &value)
{
    const auto object = parseJsonObject(value, u"maintenance"_s, longestValue);
    return object ? jsonInteger(object->value(u"until")).value_or(0) : 0;
}

void extend(MaintenanceWatch::Scopes &scopes, const QString &scope, qint64 until)
{
    scopes[scope] = std::max(scopes.value(scope), until);
}

} // namespace

MaintenanceWatch::MaintenanceWatch(RedisConnection &connection, QString ip, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_ip(std::move(ip))
{
    connect(&m_connection, &RedisConnection::disconnected, this, [this] { m_isReading = false; });
}

void MaintenanceWatch::read()
{
    if (std::exchange(m_isReading, true))
        return;
    // Its size first: no answer shall be larger than the hash can rightly be.
    m_connection.command(
        {"HLEN", Keys::maintenance}, this, [this](const RedisReply &reply) { takeSize(reply); },
        RedisConnection::Queueing::Never);
}

void MaintenanceWatch::takeSize(const RedisReply &reply)
{
    const qint64 size = reply.isOk() ? reply.value.integer : -1;
    if (size < 0 || size > mostFields) {
        m_isReading = false;
        if (size > mostFields)
            qWarning().noquote() << u"the hash maintenance has %1 fields, more than %2: it is not "
                                    u"read; delete what is over"_s.arg(size)
                                        .arg(mostFields);
        return;
    }
    if (size == 0)
        return use({});
    m_connection.command(
        {"HGETALL", Keys::maintenance}, this,
        [this](const RedisReply &answer) {
            if (answer.isOk())
                takeFields(answer.value.toHash());
            else
                m_isReading = false;
        },
        RedisConnection::Queueing::Never);
}

/// "ip", "ip/role", "ip/role/instance", "paas/id", "paas/id/role".
void MaintenanceWatch::takeFields(const QHash<QByteArray, QByteArray> &fields)
{
    Scopes scopes;
    m_paas.clear();
    QSet<QString> ids;
    for (auto it = fields.cbegin(); it != fields.cend(); ++it) {
        const QStringList parts = QString::fromUtf8(it.key().left(256)).split(u'/');
        const qint64 until = untilOf(*it);
        if (parts.size() > 3 || until <= 0)
            continue;
        const QStringList names = parts.mid(1);
        const bool isNamed = std::all_of(names.begin(), names.end(),
                                         [](const QString &name) { return isValidName(name); });
        if (isNamed && parts.first() == m_ip) {
            extend(scopes, names.join(u':'), until);
        } else if (isNamed && parts.first() == u"paas" && !names.isEmpty()
                   && (ids.size() < mostTrees || ids.contains(names.first()))) {
            ids.insert(names.first());
            m_paas.insert(names.join(u'/'), until);
        }
    }
    if (ids.isEmpty())
        return use(scopes);
    QList<Words> questions;
    for (const QString &id : std::as_const(ids))
        questions << Words{"GET", Keys::paas(id)};
    m_connection.pipeline(
        questions, this,
        [this, list = QStringList(ids.values()), scopes](const QList<RedisReply> &replies) {
            takeTrees(list, replies, scopes);
        },
        RedisConnection::Queueing::Never);
}

void MaintenanceWatch::takeTrees(const QStringList &ids, const QList<RedisReply> &replies,
                                 Scopes scopes)
{
    if (replies.last().outcome != RedisReply::Outcome::Answered) {
        m_isReading = false;
        return;
    }
    for (qsizetype i = 0; i < ids.size(); ++i) {
        const auto parsed = parsePaasTree(replies.at(i).value.text, ids.at(i));
        if (!parsed.tree)
            continue;
        const qint64 whole = m_paas.value(ids.at(i));
        for (const PaasRole &role : parsed.tree->roles) {
            const qint64 until = std::max(whole, m_paas.value(ids.at(i) + u'/' + role.role));
            for (const PaasInstance &instance : role.instances) {
                if (until > 0 && instance.ip == m_ip)
                    extend(scopes, role.role + u':' + instance.instance, until);
            }
        }
    }
    use(scopes);
}

void MaintenanceWatch::use(const Scopes &scopes)
{
    m_isReading = false;
    if (scopes == m_scopes)
        return;
    m_scopes = scopes;
    Q_EMIT changed(m_scopes);
}

} // namespace Treewarden
