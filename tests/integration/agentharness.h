// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redissubscriber.h"
#include "tests/support/redisserver.h"

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace Treewarden {

/// The built treewarden-agent, started by a test; its state lives in a folder of its own.
class AgentProcess
{
public:
    explicit AgentProcess(const QString &redisUrl,
                          const QStringList &arguments
                          = {QStringLiteral("--ip"), QStringLiteral("127.0.0.1")});
    ~AgentProcess();

    /// Agents of the same server share the folder.
    void setStateDirectory(const QString &folder) { m_stateDirectory = folder; }

    QString stateDirectory() const { return m_stateDirectory; }

    void start();
    /// Waits for its end and gives its exit code; -1 when it crashed or did not end.
    int wait();
    void signal(int number);

    qint64 processId() const { return m_process.processId(); }

    bool isRunning() const { return m_process.state() == QProcess::Running; }

    QByteArray output() { return m_process.readAllStandardOutput(); }

    QByteArray errors();

private:
    QStringList m_arguments;
    QTemporaryDir m_folder;
    QString m_stateDirectory;
    QProcess m_process;
    QByteArray m_errors;
};

/// Processes that a test lets live and die, each under a name that is nobody else's.
class Victims
{
public:
    ~Victims();

    /// Starts one under `name` and gives the whole, unique name that ps shows.
    QString start(const QString &name);
    QString fullName(const QString &name) const;
    void kill(const QString &name);

private:
    QTemporaryDir m_folder;
    QHash<QString, QProcess *> m_processes;
};

/// Everything that was published, in order.
class Listener : public QObject
{
    Q_OBJECT
public:
    explicit Listener(const RedisServer &redis);

    bool isReady() const { return m_subscriber.isReady(); }

    /// Messages of `type` for which every member of `like` is equal.
    int count(const QString &type, const QJsonObject &like = {}) const;
    QList<QJsonObject> messages(const QString &type) const;
    QJsonObject last(const QString &type, const QJsonObject &like = {}) const;

    QList<QByteArray> aliveSignals() const { return m_aliveSignals; }

    void clear();

private:
    RedisSubscriber m_subscriber;
    QList<QJsonObject> m_messages;
    QList<QByteArray> m_aliveSignals;
};

/// Events of `type` in the stream for which every member of `like` is equal.
int countEvents(const RedisServer &redis, const QString &type, const QJsonObject &like = {});

/// Enrols 127.0.0.1 with one service `dummy` per name, each alive while a process of that name
/// runs, and with quick intervals.
void enrol(const RedisServer &redis, const QStringList &processes);
QByteArray servicesJson(const QStringList &processes);

} // namespace Treewarden
