// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How many refresh commands a second one agent answers: the real agent, a real Redis, commands
// signed beforehand.
//     refreshrate [COUNT [PER-SECOND]]     (10,000 at once)
#include "shared/core/steadyclock.h"
#include "shared/protocol/channels.h"
#include "shared/trust/signedcommand.h"
#include "tests/integration/agentharness.h"

#include <QCoreApplication>
#include <QFile>
#include <QThread>
#include <QUuid>

#include <cstdio>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QString ip = u"127.0.0.1"_s;

double cpuSeconds(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const QList<QByteArray> words = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return double(words.value(11).toLongLong() + words.value(12).toLongLong())
        / double(sysconf(_SC_CLK_TCK));
}

void writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

QList<QByteArrayList> signedCommands(int count, const QString &machineId, const SigningKey &key)
{
    QList<QByteArrayList> commands;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (int i = 0; i < count; ++i) {
        const CommandRequest request{QUuid::createUuid().toString(QUuid::WithoutBraces),
                                     i,
                                     ip,
                                     machineId,
                                     {u"system"_s, u"default"_s},
                                     u"refresh"_s,
                                     now,
                                     now + 60'000,
                                     u"benchmark"_s,
                                     {}};
        commands << QByteArrayList{"XADD", "command:127.0.0.1", "*"}
                + signCommand(request, key).words();
    }
    return commands;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int count = arguments.value(1, u"10000"_s).toInt(),
              perSecond = arguments.value(2, u"0"_s).toInt();
    const SigningKey key = SigningKey::generate(u"benchmark"_s).value();
    const QTemporaryDir folder;
    writeFile(folder.filePath(u"trusted-keys"_s), key.trustedLine());
    writeFile(folder.filePath(u"agent.conf"_s),
              u"[security]\ntrusted_keys=%1/trusted-keys\n[executor]\nsocket=%1/none\n"_s
                  .arg(folder.path())
                  .toUtf8());
    const RedisServer redis;
    redis.call({"HSET", "server:config:127.0.0.1", "version", "1"});
    AgentProcess agent(redis.urlText(),
                       {u"--ip"_s, ip, u"--config"_s, folder.filePath(u"agent.conf"_s)});
    agent.start();
    while (redis.text({"GET", "server:alive:127.0.0.1"}) != "1")
        QThread::msleep(10);
    const QString machineId
        = QString::fromUtf8(redis.text({"HGET", "server:info:127.0.0.1", "machine_id"}));
    const auto commands = signedCommands(count, machineId, key);
    const double before = cpuSeconds(agent.processId());
    const qint64 start = steadyMilliseconds();
    for (int i = 0; i < count; ++i) {
        if (perSecond > 0)
            QThread::msleep(
                qMax<qint64>(i * 1000LL / perSecond - (steadyMilliseconds() - start), 0));
        redis.call(commands.at(i));
        redis.call({"PUBLISH", Channels::manage(ip), Channels::commandSignal});
    }
    const qint64 sent = steadyMilliseconds() - start;
    while (redis.call({"XLEN", "commands"}).integer < count
           && steadyMilliseconds() - start < 120'000)
        QThread::msleep(5);
    const qint64 answered = steadyMilliseconds() - start;
    QSet<QByteArray> ids;
    qsizetype done = 0;
    for (const RedisValue &entry : redis.call({"XRANGE", "commands", "-", "+"}).elements) {
        const auto words = entry.elements.value(1).toHash();
        ids << words.value("id");
        done += words.value("state") == "done" ? 1 : 0;
    }
    std::printf(
        "%d commands sent within %lld ms, %lld done (%lld ids) within %lld ms: %.0f a second; "
        "the agent used %.2f s CPU\n",
        count, static_cast<long long>(sent), static_cast<long long>(done),
        static_cast<long long>(ids.size()), static_cast<long long>(answered),
        double(done) * 1000 / double(answered), cpuSeconds(agent.processId()) - before);
    return done == count && ids.size() == count ? 0 : 1;
}
