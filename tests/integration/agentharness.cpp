// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/agentharness.h"

#include "shared/protocol/event.h"

#include <QFile>
#include <QJsonDocument>
#include <QUuid>

#include <algorithm>
#include <csignal>
#include <sys/prctl.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

bool isLike(const QJsonObject &object, const QJsonObject &like)
{
    for (auto it = like.begin(); it != like.end(); ++it) {
        if (object.value(it.key()) != it.value())
            return false;
    }
    return true;
}

} // namespace

AgentProcess::AgentProcess(const QString &redisUrl, const QStringList &arguments)
    : m_arguments(QStringList{u"--redis"_s, redisUrl} + arguments)
    , m_stateDirectory(m_folder.filePath(u"state"_s))
{
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

AgentProcess::~AgentProcess()
{
    m_process.kill();
    m_process.waitForFinished(patience);
}

void AgentProcess::start()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"STATE_DIRECTORY"_s, m_stateDirectory);
    m_process.setProcessEnvironment(environment);
    m_process.start(QStringLiteral(TREEWARDEN_AGENT), m_arguments);
    if (!m_process.waitForStarted(patience))
        qFatal("treewarden-agent does not start: %s", qPrintable(m_process.errorString()));
}

int AgentProcess::wait()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(patience))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

void AgentProcess::signal(int number)
{
    ::kill(pid_t(m_process.processId()), number);
}

QByteArray AgentProcess::errors()
{
    m_errors += m_process.readAllStandardError();
    return m_errors;
}

Victims::~Victims()
{
    for (QProcess *process : std::as_const(m_processes)) {
        process->kill();
        process->waitForFinished(patience);
        delete process;
    }
}

QString Victims::fullName(const QString &name) const
{
    // The temporary folder's name is random, so no other test's process matches.
    return m_folder.path().section(u'/', -1) + u'/' + name;
}

QString Victims::start(const QString &name)
{
    kill(name);
    const QString path = m_folder.filePath(name);
    if (!QFile::exists(path) && !QFile::copy(u"/bin/sleep"_s, path))
        qFatal("cannot copy /bin/sleep");
    auto *process = new QProcess;
    process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process->start(path, {u"100000"_s});
    if (!process->waitForStarted(patience))
        qFatal("cannot start a victim");
    m_processes.insert(name, process);
    return fullName(name);
}

void Victims::kill(const QString &name)
{
    if (QProcess *process = m_processes.take(name)) {
        process->kill();
        process->waitForFinished(patience);
        delete process;
    }
}

Listener::Listener(const RedisServer &redis)
    : m_subscriber(redis.url())
{
    connect(&m_subscriber, &RedisSubscriber::message, this,
            [this](const QByteArray &channel, const QByteArray &payload) {
                if (channel == "update:info")
                    m_messages << QJsonDocument::fromJson(payload).object();
                else
                    m_aliveSignals << payload;
            });
    m_subscriber.subscribe("update:info");
    m_subscriber.subscribe("update:info:127.0.0.1:alive");
    m_subscriber.open();
}

int Listener::count(const QString &type, const QJsonObject &like) const
{
    return int(std::count_if(m_messages.begin(), m_messages.end(), [&](const QJsonObject &message) {
        return message.value(u"type").toString() == type && isLike(message, like);
    }));
}

QList<QJsonObject> Listener::messages(const QString &type) const
{
    QList<QJsonObject> found;
    std::copy_if(
        m_messages.begin(), m_messages.end(), std::back_inserter(found),
        [&type](const QJsonObject &message) { return message.value(u"type").toString() == type; });
    return found;
}

QJsonObject Listener::last(const QString &type, const QJsonObject &like) const
{
    const auto it
        = std::find_if(m_messages.rbegin(), m_messages.rend(), [&](const QJsonObject &message) {
              return message.value(u"type").toString() == type && isLike(message, like);
          });
    return it == m_messages.rend() ? QJsonObject() : *it;
}

void Listener::clear()
{
    m_messages.clear();
    m_aliveSignals.clear();
}

int countEvents(const RedisServer &redis, const QString &type, const QJsonObject &like)
{
    int count = 0;
    for (const RedisValue &entry : redis.call({"XRANGE", "events", "-", "+"}).elements) {
        const auto event
            = parseEvent(entry.elements.value(0).text, entry.elements.value(1).toList());
        count += event && event->type == type && isLike(event->json, like);
    }
    return count;
}

QByteArray servicesJson(const QStringList &processes)
{
    QJsonObject instances;
    for (const QString &process : processes) {
        const QString command = u"ps aux | grep %1 | wc -l"_s.arg(process);
        instances.insert(process.section(u'/', -1),
                         QJsonObject{{u"alive"_s, QJsonObject{{u"cmd"_s, command}}}});
    }
    return QJsonDocument(QJsonObject{{u"dummy"_s, instances}}).toJson(QJsonDocument::Compact);
}

void enrol(const RedisServer &redis, const QStringList &processes)
{
    redis.call({"HSET", "server:config:127.0.0.1", "version", "1", "services",
                servicesJson(processes), "intervals",
                R"({"heartbeat":1,"lease":6,"services":0.5})"});
    redis.call({"HSETNX", "servers:alive", "127.0.0.1", "0"});
}

} // namespace Treewarden
