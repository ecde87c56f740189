// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/json.h"
#include "shared/trust/signedcommand.h"
#include "shared/trust/signedconfig.h"
#include "tests/agent/executor/executorpeer.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QUuid>

#include <fcntl.h>
#include <unistd.h>

namespace Treewarden {

/// The real program, in a folder of its own.
class ExecutorProcess
{
public:
    const QString ip = QStringLiteral("10.0.0.7");

    ExecutorProcess()
        : key(SigningKey::generate(QStringLiteral("chen")).value())
        , socketPath(folder.filePath(QStringLiteral("socket")))
    {
        write("trusted-keys", key.trustedLine());
        write("machine-id", "0123456789abcdef\n");
        write("executor.conf",
              "[executor]\nsocket=" + at("socket") + "\nstate_dir=" + at("state")
                  + "\nunits=children\nmachine_id_file=" + at("machine-id")
                  + "\n[security]\ntrusted_keys=" + at("trusted-keys")
                  + "\npolicy=" + at("policy.conf") + "\n");
    }

    ~ExecutorProcess()
    {
        process.kill();
        process.waitForFinished();
    }

    QByteArray at(const char *name) const
    {
        return folder.filePath(QString::fromLatin1(name)).toUtf8();
    }

    void write(const char *name, const QByteArray &text) const
    {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", name);
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }

    QStringList arguments(const QStringList &more = {}) const
    {
        return QStringList{QStringLiteral("--config"), QString::fromUtf8(at("executor.conf"))}
        + more;
    }

    int runOnce(const QStringList &more)
    {
        QProcess once;
        once.start(QStringLiteral(TREEWARDEN_EXECUTOR), arguments(more));
        once.waitForFinished(30'000);
        output = once.readAllStandardOutput() + once.readAllStandardError();
        return once.exitCode();
    }

    /// Until it listens.
    bool start()
    {
        process.setProcessChannelMode(QProcess::MergedChannels);
        const QStringList words
            = wrapper + QStringList{QStringLiteral(TREEWARDEN_EXECUTOR)} + arguments();
        process.start(words.first(), words.mid(1));
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 30'000 && process.state() != QProcess::NotRunning) {
            // What a killed one had begun to start may hold the old socket for a moment.
            ExecutorPeer peer(socketPath);
            if (peer.isConnected && peer.waitForType(QStringLiteral("welcome")))
                return true;
            process.waitForReadyRead(10);
        }
        output = process.readAll();
        return false;
    }

    QJsonObject configFrame(const QByteArray &controlled, qint64 version = 1,
                            const QByteArray &schedule = "[]") const
    {
        ConfigFields fields{{"controlled", controlled},
                            {"schedule", schedule},
                            {"machine_id", "0123456789abcdef"},
                            {"version", QByteArray::number(version)}};
        signConfig(ip, fields, key);
        QJsonObject object;
        for (auto field = fields.begin(); field != fields.end(); ++field)
            object[QString::fromLatin1(field.key())] = QString::fromLatin1(field->toBase64());
        return {{QStringLiteral("type"), QStringLiteral("config")},
                {QStringLiteral("ip"), ip},
                {QStringLiteral("fields"), object}};
    }

    CommandRequest request(const QString &role, const QString &action) const
    {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        return {QUuid::createUuid().toString(QUuid::WithoutBraces),
                1,
                ip,
                QStringLiteral("0123456789abcdef"),
                {role, QStringLiteral("default")},
                action,
                now,
                now + 50'000,
                QStringLiteral("chen@desk"),
                QStringLiteral("a test")};
    }

    QJsonObject commandFrame(const CommandRequest &request) const
    {
        const CommandEntry entry = signCommand(request, key);
        return {{QStringLiteral("type"), QStringLiteral("command")},
                {QStringLiteral("entry"), QString::number(request.issued) + QStringLiteral("-0")},
                {QStringLiteral("payload"), QString::fromLatin1(entry.payload.toBase64())},
                {QStringLiteral("key"), entry.key},
                {QStringLiteral("signature"), QString::fromLatin1(entry.signature)}};
    }

    QTemporaryDir folder;
    SigningKey key;
    QString socketPath;
    QStringList wrapper; ///< words before the program
    QProcess process;
    QByteArray output;
};

} // namespace Treewarden
