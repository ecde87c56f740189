// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/trust/signedcommand.h"
#include "shared/trust/signedconfig.h"
#include "tests/support/redisserver.h"

#include <QJsonObject>
#include <QProcess>

#include <memory>

namespace Treewarden {

/// One server of a test that takes commands: the real treewarden-agent and treewarden-executor
/// against a private Redis, with keys, policy and configuration in a folder of their own. Its
/// address is 127.0.0.1. Functions that fail say so with qFatal().
class CommandSite
{
public:
    /// `policy`: lines of the section [policy].
    explicit CommandSite(const QByteArray &policy = "rate=1000000\nservice_rate=1000000\n");
    ~CommandSite();

    /// Writes the keys that the server trusts: those of keygen, one a line.
    void trust(const QByteArray &lines) const;
    /// Enrols the server, or changes its configuration: signed with `key` unless that is null.
    void configure(const QJsonObject &controlled, const SigningKey *key, qint64 version,
                   const QJsonObject &services = {});
    /// Stores these fields as they are, and tells everybody.
    void store(const ConfigFields &fields);
    ConfigFields fields(const QJsonObject &controlled, qint64 version,
                        const QJsonObject &services = {}) const;

    void startExecutor();
    void startAgent();
    void killExecutor(); ///< SIGKILL
    void killAgent();

    QProcess &agent() { return *m_agent; }

    QProcess &executor() { return *m_executor; }

    /// A request for this server that lives for a minute from now on.
    CommandRequest request(const ServiceId &service, const QString &action) const;
    /// XADD and the signal. Gives the entry's id in the stream.
    QByteArray send(const CommandEntry &entry) const;
    QByteArray send(const CommandRequest &request, const SigningKey &key) const;

    /// Everything that was told about commands so far, oldest first.
    QList<QJsonObject> told() const;
    /// The states of one command in the order they were told.
    QStringList statesOf(const QString &id) const;
    /// Waits until the command has a final state, and gives it; empty after the deadline.
    QJsonObject finalState(const QString &id, int milliseconds = 20'000) const;

    RedisServer &redis() { return m_redis; }

    QString path(const QString &name) const { return m_folder.filePath(name); }

    QString machineId() const { return m_machineId; }

    /// What both programs said so far.
    QByteArray log() const;

    static inline const QString ip = QStringLiteral("127.0.0.1");

private:
    void write(const QString &name, const QByteArray &text) const;
    std::unique_ptr<QProcess> start(const char *program, const QString &name,
                                    const QStringList &arguments);

    RedisServer m_redis;
    QTemporaryDir m_folder;
    QString m_machineId;
    std::unique_ptr<QProcess> m_agent, m_executor;
};

} // namespace Treewarden
