// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/commandsite.h"

#include "shared/core/json.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/commandstate.h"
#include "shared/protocol/keys.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QTest>
#include <QUuid>

#include <csignal>
#include <sys/prctl.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

} // namespace

CommandSite::CommandSite(const QByteArray &policy)
{
    QDir(m_folder.path()).mkpath(u"agent"_s);
    for (const QString &file : {u"/etc/machine-id"_s, u"/var/lib/dbus/machine-id"_s}) {
        QFile id(file);
        if (m_machineId.isEmpty() && id.open(QIODevice::ReadOnly))
            m_machineId = QString::fromLatin1(id.readLine()).trimmed();
    }
    if (m_machineId.size() < 8)
        m_machineId = u"0123456789abcdef0123456789abcdef"_s;
    write(u"agent/machine-id"_s, m_machineId.toLatin1() + '\n');
    const QByteArray security = "[security]\ntrusted_keys=" + path(u"trusted-keys"_s).toUtf8()
        + "\npolicy=" + path(u"policy.conf"_s).toUtf8() + '\n';
    write(u"policy.conf"_s, "[policy]\n" + policy);
    write(u"executor.conf"_s,
          security + "[executor]\nsocket=" + path(u"e.sock"_s).toUtf8()
              + "\nstate_dir=" + path(u"executor"_s).toUtf8()
              + "\nunits=children\nmachine_id_file=" + path(u"agent/machine-id"_s).toUtf8() + '\n');
    write(u"agent.conf"_s, security + "[executor]\nsocket=" + path(u"e.sock"_s).toUtf8() + '\n');
}

CommandSite::~CommandSite()
{
    killAgent();
    killExecutor();
}

void CommandSite::write(const QString &name, const QByteArray &text) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
}

void CommandSite::trust(const QByteArray &lines) const
{
    write(u"trusted-keys"_s, lines);
}

ConfigFields CommandSite::fields(const QJsonObject &controlled, qint64 version,
                                 const QJsonObject &services) const
{
    return {{"services", compactJson(services)},
            {"controlled", compactJson(controlled)},
            {"machine_id", m_machineId.toUtf8()},
            {"version", QByteArray::number(version)}};
}

void CommandSite::configure(const QJsonObject &controlled, const SigningKey *key, qint64 version,
                            const QJsonObject &services)
{
    ConfigFields all = fields(controlled, version, services);
    if (key)
        signConfig(ip, all, *key);
    store(all);
}

void CommandSite::store(const ConfigFields &fields)
{
    // At once: an agent that starts meanwhile would not find itself enrolled.
    const QByteArray next = Keys::serverConfig(ip) + ":next";
    QByteArrayList words{"HSET", next};
    for (auto it = fields.begin(); it != fields.end(); ++it)
        words << it.key() << it.value();
    m_redis.call(words);
    m_redis.call({"RENAME", next, Keys::serverConfig(ip)});
    m_redis.call({"HSETNX", Keys::serversAlive, ip.toUtf8(), "0"});
    m_redis.call({"PUBLISH", Channels::manage(ip), Channels::reloadSignal});
}

std::unique_ptr<QProcess> CommandSite::start(const char *program, const QString &name,
                                             const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process->setStandardErrorFile(path(name + u".log"_s), QIODevice::Append);
    process->setStandardOutputFile(path(name + u".log"_s), QIODevice::Append);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"STATE_DIRECTORY"_s, path(name));
    process->setProcessEnvironment(environment);
    process->start(QString::fromLocal8Bit(program),
                   QStringList{u"--config"_s, path(name + u".conf"_s)} + arguments);
    if (!process->waitForStarted(patience))
        qFatal("%s does not start: %s", program, qPrintable(process->errorString()));
    return process;
}

void CommandSite::startExecutor()
{
    if (!QFile::exists(path(u"executor/journal"_s))) {
        const auto prepared = start(TREEWARDEN_EXECUTOR, u"executor"_s, {u"--prepare"_s});
        if (!prepared->waitForFinished(patience) || prepared->exitCode() != 0)
            qFatal("the executor cannot be prepared: %s", log().constData());
    }
    m_executor = start(TREEWARDEN_EXECUTOR, u"executor"_s, {});
}

void CommandSite::startAgent()
{
    m_agent = start(TREEWARDEN_AGENT, u"agent"_s, {u"--redis"_s, m_redis.urlText(), u"--ip"_s, ip});
}

void CommandSite::killExecutor()
{
    if (!m_executor)
        return;
    m_executor->kill();
    m_executor->waitForFinished(patience);
    m_executor.reset();
}

void CommandSite::killAgent()
{
    if (!m_agent)
        return;
    m_agent->kill();
    m_agent->waitForFinished(patience);
    m_agent.reset();
}

CommandRequest CommandSite::request(const ServiceId &service, const QString &action) const
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    return {QUuid::createUuid().toString(QUuid::WithoutBraces),
            now,
            ip,
            m_machineId,
            service,
            action,
            now,
            now + longestCommandLife,
            u"test@here"_s,
            u"because"_s};
}

QByteArray CommandSite::send(const CommandEntry &entry) const
{
    const QByteArray id
        = m_redis.text(QByteArrayList{"XADD", Keys::commandStream(ip), "MAXLEN", "~", "1000", "*"}
                       + QByteArrayList(entry.words()));
    m_redis.call({"PUBLISH", Channels::manage(ip), Channels::commandSignal});
    return id;
}

QByteArray CommandSite::send(const CommandRequest &request, const SigningKey &key) const
{
    return send(signCommand(request, key));
}

QList<QJsonObject> CommandSite::told() const
{
    QList<QJsonObject> messages;
    for (const RedisValue &entry : m_redis.call({"XRANGE", Keys::commands, "-", "+"}).elements) {
        const auto fields = entry.elements.value(1).toHash();
        if (const auto message = parseJsonObject(fields.value("json"), u"an outcome"_s))
            messages << *message;
    }
    return messages;
}

QStringList CommandSite::statesOf(const QString &id) const
{
    QStringList states;
    for (const QJsonObject &message : told()) {
        if (message[u"id"_s].toString() == id)
            states << message[u"state"_s].toString();
    }
    return states;
}

QJsonObject CommandSite::finalState(const QString &id, int milliseconds) const
{
    QJsonObject found;
    const auto look = [&] {
        for (const QJsonObject &message : told()) {
            const auto state = parseCommandState(message[u"state"_s].toString());
            if (message[u"id"_s].toString() == id && state && isFinal(*state))
                found = message;
        }
        return !found.isEmpty();
    };
    [[maybe_unused]] const bool isFound = QTest::qWaitFor(look, milliseconds);
    return found;
}

QByteArray CommandSite::log() const
{
    QByteArray all;
    for (const QString &name : {u"agent.log"_s, u"executor.log"_s}) {
        QFile file(path(name));
        if (file.open(QIODevice::ReadOnly))
            all += "--- " + name.toUtf8() + '\n' + file.readAll().right(8000);
    }
    return all;
}

} // namespace Treewarden
