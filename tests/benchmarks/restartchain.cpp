// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/commandsite.h"
#include "tests/support/freeport.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>

#include <algorithm>
#include <csignal>
#include <cstdio>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// How long a restart takes from the sender's XADD to `done`, both by Redis' clock, beside the same
// restart run by hand: nginx and redis-server, restarted for real. Usage: restartchain [TURNS]

namespace {

/// A daemon that can be restarted by a script.
struct Restartable
{
    QString role, script, pidFile;
};

QString script(const CommandSite &site, const QString &name, const QByteArray &text)
{
    QFile file(site.path(name));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", qPrintable(file.fileName()));
    file.write("#!/bin/sh\nset -e\n" + text);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return file.fileName();
}

/// Ends what the pid file names, and waits for its end; one that init has not reaped yet is gone.
QByteArray stopping(const QString &pidFile)
{
    const QByteArray file = pidFile.toUtf8();
    return "if [ -s " + file + " ]; then p=$(cat " + file
        + "); kill -TERM $p; while readlink /proc/$p/exe >/dev/null; do sleep 0.002; done; fi\n";
}

Restartable nginx(const CommandSite &site)
{
    const QString pid = site.path(u"nginx.pid"_s), conf = site.path(u"nginx.conf"_s);
    QFile file(conf);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", qPrintable(conf));
    const QByteArray folder = site.path({}).toUtf8() + '/';
    file.write("user root; pid " + pid.toUtf8() + "; error_log " + folder
               + "ng.err; worker_processes 1; events {}\nhttp { access_log off;");
    for (const char *kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
        file.write(QByteArray(kind) + "_temp_path " + folder + kind + ";");
    file.write(" server { listen 127.0.0.1:" + QByteArray::number(freePort()) + "; } }\n");
    const QByteArray start = "nginx -c " + conf.toUtf8() + " -e " + folder + "ng.err\n";
    return {u"nginx"_s, script(site, u"restart-nginx"_s, stopping(pid) + start), pid};
}

Restartable redis(const CommandSite &site)
{
    const QString pid = site.path(u"redis.pid"_s);
    const QByteArray start = "redis-server --port 0 --unixsocket "
        + site.path(u"other.sock"_s).toUtf8() + " --daemonize yes --save '' --dir "
        + site.path({}).toUtf8() + " --pidfile " + pid.toUtf8() + " >/dev/null\n";
    return {u"redis"_s,
            script(site, u"restart-redis"_s,
                   stopping(pid) + start + "while [ ! -s " + pid.toUtf8()
                       + " ]; do sleep 0.002; done\n"),
            pid};
}

qint64 streamTime(const QByteArray &id)
{
    return id.left(id.indexOf('-')).toLongLong();
}

/// When Redis got the outcome of the command, by the id of its entry.
qint64 toldAt(CommandSite &site, const QString &id)
{
    for (const RedisValue &entry :
         site.redis().call({"XREVRANGE", "commands", "+", "-", "COUNT", "20"}).elements) {
        const auto fields = entry.elements.value(1).toHash();
        if (fields.value("id") == id.toLatin1() && fields.value("state") == "done")
            return streamTime(entry.elements.value(0).toBytes());
    }
    return 0;
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values.value(values.size() / 2);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int turns = argc > 1 ? atoi(argv[1]) : 20;
    CommandSite site;
    const SigningKey key = SigningKey::generate(u"bench"_s).value();
    site.trust(key.trustedLine());
    const QList<Restartable> daemons{nginx(site), redis(site)};
    QJsonObject controlled;
    for (const Restartable &daemon : daemons)
        controlled.insert(
            daemon.role,
            QJsonObject{{u"default"_s,
                         QJsonObject{{u"restart"_s,
                                      QJsonObject{{u"argv"_s, QJsonArray{daemon.script}}}}}}});
    site.configure(controlled, &key, 1);
    site.startExecutor();
    site.startAgent();
    for (const Restartable &daemon : daemons) {
        QList<double> chain, alone;
        for (int turn = 0; turn < turns; ++turn) {
            const CommandRequest request = site.request({daemon.role, u"default"_s}, u"restart"_s);
            const qint64 sent = streamTime(site.send(request, key));
            const QJsonObject end = site.finalState(request.id);
            if (end[u"state"_s].toString() != u"done"_s)
                qFatal("the restart did not succeed: %s\n%s",
                       qPrintable(end[u"detail"_s].toString()), site.log().constData());
            chain << double(toldAt(site, request.id) - sent);
            QElapsedTimer timer;
            timer.start();
            QProcess::execute(daemon.script, {});
            alone << double(timer.nsecsElapsed()) / 1e6;
        }
        std::sort(chain.begin(), chain.end());
        std::printf(
            "%-6s XADD to done: median %.0f ms, most %.0f ms; the restart alone: median %.1f ms\n",
            qPrintable(daemon.role), median(chain), chain.last(), median(alone));
        QFile pid(daemon.pidFile);
        if (pid.open(QIODevice::ReadOnly))
            ::kill(pid.readAll().trimmed().toInt(), SIGTERM);
    }
    return 0;
}
