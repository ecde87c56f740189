// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/discovery/discovery.h"

#include "agent/discovery/founddaemon.h"
#include "agent/probes/listentable.h"
#include "shared/protocol/role.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QJsonObject with(QJsonObject object, const QJsonObject &more)
{
    for (auto it = more.begin(); it != more.end(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

/// The questions that the probe tcp puts to daemons without a probe of their own.
QJsonObject tcpQuestion(const QString &role)
{
    if (role == u"memcached")
        return {{u"send"_s, u"version\\r\\n"_s}, {u"expect"_s, u"VERSION"_s}};
    if (role == u"gearman")
        return {{u"send"_s, u"version\\n"_s}, {u"expect"_s, u"OK"_s}};
    return {{u"expect"_s, u"GANGLIA_XML"_s}};
}

/// A native check that works on that daemon as it runs now.
QJsonObject checkOf(const Role &role, const FoundDaemon &daemon)
{
    const QJsonObject process{{u"probe"_s, u"process"_s}, {u"name"_s, daemon.program}};
    if (!daemon.isReachable())
        return process;
    if (role.id == u"redis" || role.id == u"mysql" || role.id == u"ssh")
        return with({{u"probe"_s, role.id}}, daemon.target());
    if (daemon.port == 0)
        return process;
    if (role.id == u"nginx" || role.id == u"apache" || role.id == u"varnish"
        || role.id == u"couchbase") {
        const QString host = daemon.host.contains(u':') ? u'[' + daemon.host + u']' : daemon.host;
        // Workers outlive their master and go on serving: without it the service is broken all the
        // same.
        const QString needed = role.id == u"nginx" ? u"nginx: master process"_s : daemon.program;
        return {{u"probe"_s, u"http"_s},
                {u"url"_s, u"http://%1:%2/"_s.arg(host).arg(daemon.port)},
                {u"status"_s, u"any"_s},
                {u"every"_s, 15},
                {u"process"_s, needed}};
    }
    if (role.id == u"memcached" || role.id == u"gearman" || role.id == u"gmond")
        return with(with({{u"probe"_s, u"tcp"_s}}, daemon.target()), tcpQuestion(role.id));
    return process;
}

} // namespace

QJsonObject discoverServices(const ProcSnapshot &processes, const QString &procRoot)
{
    const QList<Listener> listeners = readListeners(procRoot);
    QJsonObject services;
    for (const Role &role : knownRoles()) {
        QJsonObject instances;
        for (const FoundDaemon &daemon : findDaemons(role, processes, listeners, procRoot)) {
            const QString name = daemon.port > 0 ? QString::number(daemon.port) : u"default"_s;
            if (instances.contains(name))
                continue;
            QJsonObject instance{{u"alive"_s, checkOf(role, daemon)}};
            if (role.id == u"ssh")
                instance.insert(u"protected"_s, true);
            instances.insert(name, instance);
        }
        if (!instances.isEmpty())
            services.insert(role.id, instances);
    }
    return services;
}

} // namespace Treewarden
