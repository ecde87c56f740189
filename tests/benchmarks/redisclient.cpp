// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisconnection.h"
#include "tests/support/redisserver.h"

#include <QCoreApplication>

#include <hiredis/hiredis.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace Treewarden;

// What one SET costs this process, 100 at a time over a Unix socket, beside hiredis' blocking API.
// Both run in turns, for the machine's speed drifts; the median of the turns is printed. Usage:
// redisclient [operations a turn]

namespace {

constexpr int depth = 100;
constexpr int turns = 7;

double cpuMicroseconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e6 + double(now.tv_nsec) / 1e3;
}

double hiredisTurn(redisContext *context, int operations)
{
    const char *words[]{"SET", "benchmark:key", "0123456789abcdef"};
    const size_t sizes[]{3, 13, 16};
    const double start = cpuMicroseconds();
    for (int done = 0; done < operations; done += depth) {
        for (int i = 0; i < depth; ++i)
            redisAppendCommandArgv(context, 3, words, sizes);
        for (int i = 0; i < depth; ++i) {
            void *reply = nullptr;
            if (redisGetReply(context, &reply) != REDIS_OK)
                qFatal("hiredis: %s", context->errstr);
            freeReplyObject(reply);
        }
    }
    return (cpuMicroseconds() - start) / operations;
}

double connectionTurn(RedisConnection &connection, int operations)
{
    const RedisConnection::Words words{"SET", "benchmark:key", "0123456789abcdef"};
    int done = 0;
    std::function<void()> ask = [&] {
        for (int i = 0; i < depth; ++i) {
            connection.command(words, &connection, [&](const RedisReply &reply) {
                if (!reply.isOk())
                    qFatal("%s", qPrintable(reply.error));
                if (++done % depth == 0 && done < operations)
                    ask();
            });
        }
    };
    const double start = cpuMicroseconds();
    ask();
    while (done < operations)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return (cpuMicroseconds() - start) / operations;
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int operations = argc > 1 ? atoi(argv[1]) : 100'000;
    const RedisServer server;
    redisContext *context = redisConnectUnix(server.socketPath().toLocal8Bit().constData());
    RedisConnection connection(server.url());
    connection.open();
    while (!connection.isConnected())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QList<double> theirs, ours;
    for (int turn = 0; turn < turns; ++turn) {
        theirs.append(hiredisTurn(context, operations));
        ours.append(connectionTurn(connection, operations));
    }
    std::printf("hiredis, blocking: %.3f µs CPU an operation\nRedisConnection:   %.3f µs CPU an "
                "operation, %.2f times\n",
                median(theirs), median(ours), median(ours) / median(theirs));
    redisFree(context);
    return 0;
}
