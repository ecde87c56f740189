// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/savedchange.h"

#include "console/models/fleetsource.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"

#include <QJsonArray>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostChanges = 40, longestText = 400;
constexpr int deepest = 6;

QString shortJson(const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    const QByteArray json = compactJson({{u"_"_s, value}});
    return oneLine(QString::fromUtf8(json.mid(5, json.size() - 6).left(4 * longestText)),
                   longestText);
}

/// The entries of a list by their name, where all of them have one.
std::optional<QJsonObject> named(const QJsonValue &list)
{
    QJsonObject entries;
    const QJsonArray array = list.toArray();
    for (const auto &entry : array) {
        const QJsonObject object = entry.toObject();
        const QString group = object.value(u"group").toString();
        const QString name = object.value(object.contains(u"id") ? u"id" : u"role").toString();
        const QString key = entries.contains(name) ? group + u' ' + name : name;
        if (name.isEmpty() || entries.contains(key))
            return std::nullopt;
        entries.insert(key, object);
    }
    return list.isArray() && !entries.isEmpty() ? std::optional(entries) : std::nullopt;
}

void compareSaved(const QJsonValue &before, const QJsonValue &after, const QString &path, int depth,
                  QList<FieldChange> &changes);

void compareSavedMembers(const QJsonObject &before, const QJsonObject &after, const QString &path,
                         int depth, QList<FieldChange> &changes)
{
    QStringList names = before.keys();
    for (const QString &name : after.keys()) {
        if (!before.contains(name))
            names << name;
    }
    for (const QString &name : std::as_const(names)) {
        const QString step = oneLine(name, 64);
        compareSaved(before.value(name), after.value(name),
                     path.isEmpty() ? step : path + u'.' + step, depth + 1, changes);
    }
}

void compareSaved(const QJsonValue &before, const QJsonValue &after, const QString &path, int depth,
                  QList<FieldChange> &changes)
{
    if (before == after || changes.size() >= mostChanges)
        return;
    if (before.isObject() && after.isObject() && depth < deepest) {
        compareSavedMembers(before.toObject(), after.toObject(), path, depth, changes);
        return;
    }
    const auto entries = named(before), others = named(after);
    if (entries && others && depth < deepest)
        compareSavedMembers(*entries, *others, path, depth, changes);
    else
        changes.append({path, shortJson(before), shortJson(after)});
}

/// What one version held: of a configuration its fields, taken apart; of a tree the tree.
std::optional<QJsonObject> contentOf(const RedisValue &history, qint64 version)
{
    for (const RedisValue &entry : history.elements) {
        const auto json = parseJsonObject(entry.toBytes(), u"the history"_s, 16 << 20);
        if (!json || jsonInteger(json->value(u"version")) != version)
            continue;
        QJsonObject content = json->value(u"tree").toObject();
        const QJsonObject config = json->value(u"config").toObject();
        for (auto field = config.begin(); field != config.end(); ++field) {
            const auto parsed = parseJsonValue(field->toString().toUtf8(), u"a field"_s);
            content.insert(field.key(), parsed ? *parsed : QJsonValue(*field));
        }
        for (const QString &always : {u"version"_s, u"signer"_s, u"signature"_s})
            content.remove(always);
        return content;
    }
    return std::nullopt;
}

} // namespace

QList<FieldChange> fieldChanges(const QJsonObject &before, const QJsonObject &after)
{
    QList<FieldChange> changes;
    compareSavedMembers(before, after, {}, 0, changes);
    return changes;
}

SavedChange::SavedChange(FleetSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
}

void SavedChange::forget()
{
    ++m_question;
}

void SavedChange::ask(const QString &ip, const QString &paas, qint64 version)
{
    const int question = ++m_question;
    RedisConnection *connection = m_source.connection();
    if (!connection || version <= 0)
        return;
    const QByteArray key = paas.isEmpty() ? Keys::serverConfigHistory(ip) : Keys::paasHistory(paas);
    connection->command(
        {"LRANGE", key, QByteArray::number(-Keys::historyLength), "-1"}, this,
        [this, question, version](const RedisReply &reply) {
            if (question != m_question || !reply.isOk())
                return;
            const auto before = contentOf(reply.value, version - 1),
                       after = contentOf(reply.value, version);
            Q_EMIT told(before && after ? fieldChanges(*before, *after) : QList<FieldChange>());
        },
        RedisConnection::Queueing::Never);
}

} // namespace Treewarden
