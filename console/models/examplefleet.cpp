// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/examplefleet.h"

#include "shared/protocol/role.h"

#include <algorithm>
#include <cmath>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 exampleHour = 3'600'000;

/// `services`: words of role:instance.
struct ExampleServer
{
    QString name, services;
};

const QList<ExampleServer> &exampleServers()
{
    static const QList<ExampleServer> servers{
        {u"lb-01"_s, u"varnish:6081 nginx:80 ssh:default"_s},
        {u"lb-02"_s, u"varnish:6081 nginx:80 ssh:default"_s},
        {u"web-01"_s, u"nginx:80 apache:8080 memcached:11211 ssh:default"_s},
        {u"web-02"_s, u"nginx:80 apache:8080 memcached:11211 ssh:default"_s},
        {u"web-03"_s, u"nginx:80 apache:8080 memcached:11211 ssh:default"_s},
        {u"web-04"_s, u"nginx:80 apache:8080 ssh:default"_s},
        {u"db-01"_s, u"mysql:3306 mysql:3307 redis:6379 ssh:default"_s},
        {u"db-02"_s, u"mysql:3306 mysql:3307 redis:6379 ssh:default"_s},
        {u"db-03"_s, u"mysql:3306 comdb:3399 ssh:default"_s},
        {u"file-01"_s, u"fs:default photolib:default ssh:default"_s},
        {u"gear-01"_s, u"gearman:4730 gearman:4731 ssh:default"_s},
        {u"search-01"_s, u"couchbase:8091 ssh:default"_s},
        {u"deploy-01"_s, u"deploy:default monitor:default ssh:default"_s},
        {u"mon-01"_s, u"monitor:default gmond:8649 ssh:default"_s},
    };
    return servers;
}

/// `instances`: words of server/instance.
struct ExampleRole
{
    QString tree, role, needs, instances;
};

const QList<ExampleRole> &exampleRoles()
{
    static const QList<ExampleRole> roles{
        {u"shop"_s, u"varnish"_s, u"nginx"_s, u"lb-01/6081 lb-02/6081"_s},
        {u"shop"_s, u"nginx"_s, u"apache"_s, u"web-01/80 web-02/80 web-03/80"_s},
        {u"shop"_s, u"apache"_s, u"mysql redis memcached"_s,
         u"web-01/8080 web-02/8080 web-03/8080"_s},
        {u"shop"_s, u"memcached"_s, {}, u"web-01/11211 web-02/11211 web-03/11211"_s},
        {u"shop"_s, u"mysql"_s, {}, u"db-01/3306 db-02/3306"_s},
        {u"shop"_s, u"redis"_s, {}, u"db-01/6379 db-02/6379"_s},
        {u"shop"_s, u"gearman"_s, u"mysql"_s, u"gear-01/4730"_s},
        {u"intranet"_s, u"nginx"_s, u"apache"_s, u"web-04/80"_s},
        {u"intranet"_s, u"apache"_s, u"mysql comdb fs"_s, u"web-04/8080"_s},
        {u"intranet"_s, u"mysql"_s, {}, u"db-01/3307 db-02/3307 db-03/3306"_s},
        {u"intranet"_s, u"comdb"_s, u"mysql"_s, u"db-03/3399"_s},
        {u"intranet"_s, u"fs"_s, {}, u"file-01/default"_s},
        {u"intranet"_s, u"gearman"_s, u"mysql"_s, u"gear-01/4731"_s},
        {u"intranet"_s, u"couchbase"_s, {}, u"search-01/8091"_s},
        {u"intranet"_s, u"deploy"_s, {}, u"deploy-01/default"_s},
        {u"intranet"_s, u"monitor"_s, {}, u"mon-01/default"_s},
    };
    return roles;
}

QString exampleIp(qsizetype number)
{
    return u"192.0.2.%1"_s.arg(number + 11);
}

QString exampleIp(const QString &name)
{
    for (qsizetype i = 0; i < exampleServers().size(); ++i) {
        if (exampleServers()[i].name == name)
            return exampleIp(i);
    }
    return {};
}

FleetServer makeServer(qsizetype number, qint64 now)
{
    const ExampleServer &row = exampleServers()[number];
    FleetServer server;
    server.ip = exampleIp(number);
    server.alive = server.wasSeen = true;
    server.since = now - (number * 37 % 90 + 3) * exampleHour;
    server.info.hostname = row.name;
    server.info.os = u"Debian GNU/Linux 12 (bookworm)"_s;
    server.info.kernel = u"6.1.0-18-amd64"_s;
    server.info.architecture = u"x86_64"_s;
    server.info.agentVersion = QStringLiteral(TREEWARDEN_VERSION);
    server.info.cpuCount = 8;
    server.info.memoryTotal = qint64(32) << 30;
    server.info.bootTime = server.since;
    server.info.started = server.since;
    server.info.addresses = {server.ip};
    server.workload = exampleWorkload(int(number), now);
    for (const QString &word : row.services.split(u' ')) {
        FleetService service;
        service.id = *ServiceId::parse(word);
        service.state.alive = true;
        service.state.since = server.since;
        service.state.timestamp = now;
        server.services.insert(service.id, service);
    }
    return server;
}

void addRole(PaasTree &tree, const ExampleRole &row)
{
    PaasRole role;
    role.role = row.role;
    if (const Role *known = findRole(row.role)) {
        role.title = known->title;
        role.group = known->group;
    }
    role.needs = row.needs.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : row.instances.split(u' '))
        role.instances.append({exampleIp(word.section(u'/', 0, 0)), word.section(u'/', 1)});
    tree.roles << role;
}

} // namespace

WorkloadSample exampleWorkload(int number, qint64 now)
{
    const double t = double(now % (24 * exampleHour)) / 1000.0;
    const double wave = std::sin(t / 41 + number) + 0.4 * std::sin(t / 7.3 + number * 2.1)
        + 0.2 * std::sin(t / 1.7 + number * 5.3);
    const double busy = std::clamp(12.0 + number * 29 % 45 + 9 * wave, 0.5, 99.0);
    const qint64 memory = qint64(32) << 30, disk = qint64(400) << 30;
    const auto used
        = qint64(double(memory) * std::clamp(0.3 + number % 5 * 0.09 + wave / 60, 0.1, 0.95));
    Workload w;
    w.cpu = {busy, busy * 0.66, busy * 0.28, busy * 0.06, 0.0, 8};
    w.load = {busy / 14, busy / 15, busy / 16};
    w.memory = {memory, memory - used, used, memory / 5, memory / 4, 0};
    w.pressure = {busy / 60, 0.0, busy / 90};
    w.disk = {busy * 21'000, busy * 48'000, busy / 9};
    w.filesystems.insert(u"/"_s, {disk, disk / 100 * (31 + number * 7 % 50), 3.1});
    w.network = {busy * 61'000, busy * 88'000, 0.0};
    w.processes = {190 + number, 2, 0};
    w.ping.insert(u"192.0.2.1"_s, 0.3 + std::abs(wave) / 10);
    w.uptime = (number * 37 % 90 + 3) * exampleHour / 1000;
    return {now, w};
}

FleetState exampleFleet(qint64 now)
{
    FleetState state;
    for (qsizetype i = 0; i < exampleServers().size(); ++i) {
        const FleetServer server = makeServer(i, now);
        state.servers.insert(server.ip, server);
    }
    for (const ExampleRole &row : exampleRoles()) {
        PaasTree &tree = state.trees[row.tree];
        tree.id = row.tree;
        tree.title = row.tree == u"shop" ? u"Shop"_s : u"Intranet"_s;
        tree.version = 1;
        addRole(tree, row);
    }
    return state;
}

} // namespace Treewarden
