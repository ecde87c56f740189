// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/demofleet.h"

#include "shared/protocol/role.h"

#include <QJsonArray>

#include <cmath>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
constexpr qint64 gibibyte = qint64(1) << 30;

// `services`: words of role:instance; one ending in * is repeated with the next ports until there
// are `count`.
struct DemoServer
{
    const char *name;
    int host; // 10.207.26.{host}
    double cpu, memory, load, disk;
    int count;
    qint64 age;
    const char *services;
};

const DemoServer demoServers[] = {
    {"db-02", 251, 35.0, 58.2, 2.10, 47.0, 9, 6 * minute,
     "mysql:3301 mysql:3302 mysql:3303 mysql:3304 comdb:3399 redis:6379 redis:6380 gearman:4730 "
     "ssh:default"},
    {"web-03", 233, 20.7, 60.3, 1.90, 55.9, 11, 12 * day,
     "nginx:80 ssh:default gmond:8649 memcached:11211 apache:8080*"},
    {"mon-01", 229, 6.0, 40.1, 0.30, 30.5, 8, 2 * minute,
     "monitor:default ssh:default gmond:8649*"},
    {"file-02", 247, 19.7, 35.1, 1.58, 72.0, 19, 40 * minute,
     "fs:default photolib:default ssh:default gmond:8649*"},
    {"cache-01", 241, 0.5, 61.4, 0.04, 63.8, 15, 12 * day + 21 * hour,
     "ssh:default gmond:8649 memcached:11211*"},
    {"cache-02", 242, 10.6, 54.6, 0.63, 28.6, 8, 41 * day + 2 * hour,
     "ssh:default gmond:8649 memcached:11211*"},
    {"db-01", 250, 42.5, 61.3, 3.88, 41.4, 14, 12 * day + 21 * hour,
     "comdb:3399 redis:6379 redis:6380 ssh:default gmond:8649 mysql:3301*"},
    {"db-03", 252, 25.9, 32.8, 1.89, 91.6, 13, 12 * day + 21 * hour,
     "comdb:3399 redis:6379 ssh:default gmond:8649 mysql:3301*"},
    {"db-04", 253, 46.0, 26.6, 2.91, 40.7, 16, 3 * hour + 18 * minute,
     "comdb:3399 redis:6379 ssh:default gmond:8649 mysql:3301*"},
    {"deploy-01", 228, 12.9, 54.3, 0.82, 73.9, 11, 3 * hour + 18 * minute,
     "deploy:default ssh:default monitor:default gmond:8649*"},
    {"file-01", 246, 14.7, 37.9, 1.31, 32.7, 8, 3 * day + 4 * hour,
     "fs:default photolib:default ssh:default gmond:8649*"},
    {"gear-01", 244, 34.2, 58.0, 2.08, 53.2, 9, 12 * day + 21 * hour,
     "ssh:default gmond:8649 gearman:4730*"},
    {"gear-02", 245, 93.4, 29.7, 6.40, 58.4, 14, 3 * day + 4 * hour,
     "ssh:default gmond:8649 gearman:4730*"},
    {"lb-01", 220, 13.2, 64.0, 1.13, 57.0, 9, 3 * day + 4 * hour,
     "nginx:80 ssh:default gmond:8649 varnish:6081*"},
    {"lb-02", 221, 11.7, 45.2, 1.00, 39.9, 9, 41 * day + 2 * hour,
     "nginx:80 ssh:default gmond:8649 varnish:6081*"},
    {"redis-01", 240, 16.5, 63.8, 1.09, 58.8, 13, 12 * day + 21 * hour,
     "ssh:default gmond:8649 redis:6379*"},
    {"search-01", 238, 10.0, 38.7, 0.65, 60.8, 9, 12 * day + 21 * hour,
     "ssh:default gmond:8649 couchbase:8091*"},
    {"search-02", 239, 13.5, 58.0, 0.82, 53.2, 12, 97 * day + 11 * hour,
     "ssh:default gmond:8649 couchbase:8091*"},
    {"web-01", 231, 21.4, 34.7, 1.34, 61.2, 17, 97 * day + 11 * hour,
     "nginx:80 ssh:default gmond:8649 memcached:11211 apache:8080*"},
    {"web-02", 232, 23.4, 42.0, 1.61, 45.9, 9, 8 * hour + 12 * minute,
     "nginx:80 ssh:default gmond:8649 apache:8080*"},
    {"web-04", 234, 24.2, 36.5, 1.49, 61.8, 16, 3 * hour + 18 * minute,
     "nginx:80 ssh:default gmond:8649 apache:8080*"},
    {"web-05", 235, 19.2, 48.8, 1.09, 54.6, 16, 3 * hour + 18 * minute,
     "nginx:80 ssh:default gmond:8649 apache:8080*"},
    {"web-06", 236, 20.4, 61.6, 1.47, 53.5, 17, 12 * day + 21 * hour,
     "nginx:80 ssh:default gmond:8649 apache:8080*"},
    {"redis-02", 243, 12.1, 51.7, 0.71, 35.6, 13, 41 * day + 2 * hour,
     "ssh:default gmond:8649 redis:6379*"},
    {"test-01", 222, 4.4, 43.9, 0.21, 48.3, 27, 3 * day + 4 * hour,
     "nginx:80 mysql:3306 redis:6379 gearman:4730 memcached:11211 comdb:3399 fs:default "
     "deploy:default monitor:default ssh:default gmond:8649 varnish:6081 apache:8080*"},
    {"test-02", 223, 3.8, 39.2, 0.18, 44.1, 24, 3 * day + 4 * hour,
     "nginx:80 mysql:3306 redis:6379 gearman:4730 memcached:11211 comdb:3399 ssh:default "
     "gmond:8649 varnish:6081 apache:8080*"},
    {"bill-01", 224, 8.9, 33.4, 0.44, 37.2, 18, 97 * day + 11 * hour,
     "nginx:80 mysql:3306 redis:6379 comdb:3399 memcached:11211 gearman:4730 ssh:default "
     "gmond:8649 apache:8080*"},
    {"bill-02", 225, 9.3, 36.0, 0.47, 38.0, 17, 97 * day + 11 * hour,
     "nginx:80 mysql:3306 redis:6379 comdb:3399 memcached:11211 gearman:4730 ssh:default "
     "gmond:8649 apache:8080*"},
    {"media-01", 226, 28.7, 52.3, 1.77, 66.4, 20, 41 * day + 2 * hour,
     "nginx:80 photolib:default memcached:11211 redis:6379 mysql:3306 ssh:default gmond:8649 "
     "apache:8080*"},
    {"media-02", 227, 26.5, 50.8, 1.63, 64.9, 20, 41 * day + 2 * hour,
     "nginx:80 photolib:default memcached:11211 redis:6379 mysql:3306 ssh:default gmond:8649 "
     "apache:8080*"},
};

// tree, role, then `name/instance` words.
struct DemoRole
{
    const char *tree, *role, *needs, *instances;
};

const DemoRole demoRoles[] = {
    {"dev", "varnish", "nginx", "lb-01/6081 lb-01/6082"},
    {"dev", "nginx", "mysql redis fs", "web-01/80 web-02/80 web-03/80"},
    {"dev", "redis", "", "redis-01/6379 redis-01/6380"},
    {"dev", "mysql", "",
     "db-01/3301 db-01/3302 db-01/3303 db-01/3304 db-01/3305 db-01/3306 db-01/3307 db-02/3301 "
     "db-02/3302 db-02/3303 db-02/3304"},
    {"dev", "comdb", "mysql", "db-01/3399 db-02/3399"},
    {"dev", "fs", "", "file-01/default"},
    {"dev", "gearman", "mysql", "gear-01/4730"},
    {"dev", "deploy", "ssh", "deploy-01/default"},
    {"dev", "ssh", "", "web-01/default web-02/default deploy-01/default"},
    {"dev", "monitor", "", "deploy-01/default"},
    {"test", "varnish", "nginx", "test-01/6081"},
    {"test", "nginx", "mysql redis memcached", "test-01/80 test-02/80"},
    {"test", "memcached", "", "test-01/11211"},
    {"test", "redis", "", "test-01/6379"},
    {"test", "mysql", "", "test-01/3306 test-02/3306"},
    {"test", "comdb", "mysql", "test-01/3399"},
    {"test", "fs", "", "test-01/default"},
    {"test", "gearman", "mysql", "test-01/4730"},
    {"test", "deploy", "", "test-01/default"},
    {"test", "monitor", "", "test-01/default"},
    {"shop", "varnish", "nginx", "lb-02/6081 lb-02/6082"},
    {"shop", "nginx", "apache", "web-04/80 web-05/80 web-06/80"},
    {"shop", "apache", "mysql redis memcached", "web-04/8080 web-05/8080 web-06/8080"},
    {"shop", "memcached", "", "cache-02/11211 cache-02/11212"},
    {"shop", "redis", "", "redis-02/6379 redis-02/6380"},
    {"shop", "mysql", "", "db-03/3301 db-03/3302 db-04/3301 db-04/3302"},
    {"shop", "comdb", "mysql", "db-03/3399 db-04/3399"},
    {"shop", "gearman", "mysql", "gear-01/4731 gear-02/4730"},
    {"shop", "deploy", "ssh", "deploy-01/default"},
    {"shop", "ssh", "", "deploy-01/default"},
    {"shop", "monitor", "", "deploy-01/default"},
    {"media", "varnish", "nginx", "lb-02/6083"},
    {"media", "nginx", "photolib mysql", "media-01/80 media-02/80"},
    {"media", "memcached", "", "media-01/11211 media-02/11211"},
    {"media", "redis", "", "media-01/6379"},
    {"media", "mysql", "", "media-01/3306 media-02/3306"},
    {"media", "photolib", "fs", "media-01/default media-02/default"},
    {"media", "fs", "", "file-01/default file-02/default"},
    {"media", "ssh", "", "deploy-01/default"},
    {"media", "monitor", "", "deploy-01/default"},
    {"billing", "nginx", "apache", "bill-01/80 bill-02/80"},
    {"billing", "apache", "mysql redis", "bill-01/8080 bill-02/8080"},
    {"billing", "memcached", "", "bill-01/11211 bill-02/11211"},
    {"billing", "redis", "", "bill-01/6379 bill-02/6379"},
    {"billing", "mysql", "", "bill-01/3306 bill-02/3306"},
    {"billing", "comdb", "mysql", "bill-01/3399 bill-02/3399"},
    {"billing", "gearman", "mysql", "bill-01/4730"},
    {"billing", "deploy", "ssh", "deploy-01/default"},
    {"billing", "ssh", "", "deploy-01/default"},
    {"billing", "monitor", "", "deploy-01/default"},
    {"search", "nginx", "couchbase", "web-05/80 web-06/80"},
    {"search", "couchbase", "", "search-01/8091 search-02/8091"},
    {"search", "memcached", "", "cache-01/11211"},
    {"search", "gearman", "", "gear-02/4731"},
    {"search", "deploy", "ssh", "deploy-01/default"},
    {"search", "ssh", "", "deploy-01/default search-01/default"},
    {"search", "monitor", "", "deploy-01/default"},
    {"search", "varnish", "nginx", "lb-02/6084"},
};

const std::pair<const char *, const char *> demoTitles[] = {
    {"dev", "Intranet dev"}, {"test", "Test"},       {"shop", "Shop"},
    {"media", "Media"},      {"billing", "Billing"}, {"search", "Search"},
};

QString ipOf(int host)
{
    return u"10.207.26.%1"_s.arg(host);
}

QString ipOf(const QString &name)
{
    for (const DemoServer &row : demoServers) {
        if (name == QLatin1StringView(row.name))
            return ipOf(row.host);
    }
    return {};
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

void addService(FleetServer &server, const ServiceId &id, qint64 since, qint64 now)
{
    FleetService service;
    service.id = id;
    service.state.alive = true;
    service.state.since = since;
    service.state.timestamp = now - 400;
    server.services.insert(id, service);
}

void addServices(FleetServer &server, const DemoServer &row, qint64 now)
{
    for (QString word : words(row.services)) {
        const bool isRepeated = word.endsWith(u'*');
        if (isRepeated)
            word.chop(1);
        const auto id = ServiceId::parse(word);
        int port = id->instance.toInt();
        do
            addService(server, {id->role, isRepeated ? QString::number(port++) : id->instance},
                       now - row.age, now);
        while (isRepeated && server.services.size() < row.count);
    }
}

Workload demoWorkload(const DemoServer &row)
{
    const qint64 memory = 32 * gibibyte, disk = 400 * gibibyte;
    Workload w;
    w.cpu = {row.cpu, row.cpu * 0.66, row.cpu * 0.28, row.cpu * 0.06, 0.0, 8};
    w.load = {row.load, row.load * 0.94, row.load * 0.88};
    const auto used = qint64(double(memory) * row.memory / 100);
    w.memory = {memory, memory - used, used, memory / 5, 8 * gibibyte, 0};
    w.pressure = {row.cpu > 90 ? 14.2 : 0.1, 0.0, 0.3};
    w.disk = {row.cpu * 21'000, row.cpu * 48'000, row.cpu / 9};
    w.filesystems.insert(u"/"_s, {disk, qint64(double(disk) * row.disk / 100), 3.1});
    w.filesystems.insert(u"/boot"_s, {gibibyte, gibibyte / 4, 0.4});
    w.network = {row.cpu * 61'000, row.cpu * 88'000, 0.0};
    w.processes = {180 + row.count * 4, 2, 0};
    w.ping.insert(u"10.207.26.1"_s, 0.31);
    w.uptime = std::max<qint64>(row.age, hour) / second;
    return w;
}

FleetServer demoServer(const DemoServer &row, qint64 now)
{
    FleetServer server;
    server.ip = ipOf(row.host);
    server.alive = true;
    server.wasSeen = true;
    server.since = now - row.age;
    server.info.hostname = QString::fromLatin1(row.name);
    server.info.machineId = u"%1"_s.arg(row.host, 32, 16, QLatin1Char('0'));
    server.info.os = u"Debian GNU/Linux 12 (bookworm)"_s;
    server.info.kernel = u"6.1.0-18-amd64"_s;
    server.info.architecture = u"x86_64"_s;
    server.info.cpuModel = u"Intel(R) Xeon(R) Silver 4210 CPU @ 2.20GHz"_s;
    server.info.virtualization = u"kvm"_s;
    server.info.agentVersion = u"1.0.0"_s;
    server.info.cpuCount = 8;
    server.info.memoryTotal = 32 * gibibyte;
    server.info.bootTime = now - row.age;
    server.info.addresses = {server.ip};
    server.info.started = now - row.age;
    server.info.updated = now - 4 * minute;
    server.info.lease = 15'000;
    server.workload = {now - 400, demoWorkload(row)};
    addServices(server, row, now);
    return server;
}

void addRoles(FleetState &state)
{
    for (const auto &[id, title] : demoTitles) {
        PaasTree tree;
        tree.id = QString::fromLatin1(id);
        tree.title = QString::fromLatin1(title);
        tree.version = 118;
        state.trees.insert(tree.id, tree);
    }
    for (const DemoRole &row : demoRoles) {
        PaasRole role;
        role.role = QString::fromLatin1(row.role);
        const Role *known = findRole(role.role);
        role.group = known->group;
        role.title = known->title;
        role.needs = words(row.needs);
        for (const QString &word : words(row.instances))
            role.instances.append({ipOf(word.section(u'/', 0, 0)), word.section(u'/', 1)});
        state.trees[QString::fromLatin1(row.tree)].roles.append(role);
    }
}

void addEvent(FleetState &state, qint64 when, const char *type, const char *server,
              QJsonObject json)
{
    Event event;
    event.id = u"%1-0"_s.arg(when);
    event.type = QString::fromLatin1(type);
    event.ip = ipOf(QString::fromLatin1(server));
    json.insert(u"type"_s, event.type);
    json.insert(u"timestamp"_s, when);
    if (!event.ip.isEmpty())
        json.insert(u"ip"_s, event.ip);
    event.json = json;
    state.events.append(event);
}

QJsonObject serviceJson(const char *role, const char *instance, int alive, qint64 after = 0)
{
    QJsonObject json{{u"role"_s, QString::fromLatin1(role)},
                     {u"instance"_s, QString::fromLatin1(instance)},
                     {u"alive"_s, alive}};
    if (after > 0)
        json.insert(u"after"_s, after);
    return json;
}

void addQuietEvents(FleetState &state, qint64 now)
{
    addEvent(state, now - 68 * minute, "service", "lb-01",
             serviceJson("varnish", "6081", 1, 12 * second));
    addEvent(state, now - 94 * minute, "service", "cache-02",
             serviceJson("memcached", "11212", 1, 3 * second));
    addEvent(state, now - 198 * minute, "alive", "web-05",
             {{u"alive"_s, 1}, {u"after"_s, 95 * second}});
    addEvent(state, now - 240 * minute, "config", "db-01", {{u"version"_s, 12}});
    addEvent(state, now - 276 * minute, "service", "gear-02",
             serviceJson("gearman", "4731", 1, 2 * second));
    addEvent(state, now - 349 * minute, "address", "deploy-01",
             {{u"addresses"_s, QJsonArray{u"10.207.26.228"_s}}});
    addEvent(state, now - 488 * minute, "service", "web-06",
             serviceJson("nginx", "80", 1, 1 * second));
    addEvent(state, now - 579 * minute, "service", "db-01",
             serviceJson("redis", "6380", 1, 1 * second));
    addEvent(state, now - 660 * minute, "service", "lb-02",
             serviceJson("varnish", "6081", 1, 4 * second));
    addEvent(state, now - 846 * minute, "service", "db-01",
             serviceJson("mysql", "3304", 1, 136 * second));
    addEvent(state, now - 848 * minute, "service", "db-01", serviceJson("mysql", "3304", 0));
}

QJsonObject webThreeArguments()
{
    return {{u"found"_s, 0}, {u"least"_s, 4}};
}

void letThingsGoWrong(FleetState &state, qint64 now)
{
    FleetServer &database = state.servers[ipOf(u"db-02"_s)];
    database.alive = false;
    FleetServer &monitor = state.servers[ipOf(u"mon-01"_s)];
    monitor.alive = std::nullopt;
    for (FleetServer *silent : {&database, &monitor})
        silent->workload.timestamp = silent->since - 600;
    FleetService &nginx = state.servers[ipOf(u"web-03"_s)].services[{u"nginx"_s, u"80"_s}];
    nginx.state.alive = false;
    nginx.state.since = now - 22 * minute;
    nginx.state.reason = u"0 processes found, 4 expected"_s;
    nginx.state.code = u"process.count"_s;
    nginx.state.args = webThreeArguments();
    state.maintenance.insert(ipOf(u"file-02"_s),
                             {now + 40 * minute, u"li.wei"_s, u"disk exchange"_s});
    state.pending.append(
        {u"10.207.26.219"_s,
         u"5b1f0c3e9a7d4428b6e0d1c2f3a49587"_s,
         u"stage-01"_s,
         {{u"hostname"_s, u"stage-01"_s}, {u"os"_s, u"Debian GNU/Linux 12 (bookworm)"_s}}});
    addEvent(state, now - 6 * minute, "alive", "db-02", {{u"alive"_s, 0}, {u"by"_s, u"sweeper"_s}});
    QJsonObject died = serviceJson("nginx", "80", 0);
    died.insert(u"reason"_s, nginx.state.reason);
    died.insert(u"code"_s, nginx.state.code);
    died.insert(u"args"_s, nginx.state.args);
    addEvent(state, now - 22 * minute, "service", "web-03", died);
}

FleetServer hugeServer(int number, qint64 now)
{
    const DemoServer row{"",
                         0,
                         double(number * 37 % 900) / 10,
                         double(number * 53 % 800) / 10 + 10,
                         double(number * 17 % 60) / 10,
                         double(number * 29 % 850) / 10 + 5,
                         10,
                         (number % 90 + 1) * hour,
                         "nginx:80 mysql:3306 redis:6379 ssh:default gmond:8649 apache:8080*"};
    FleetServer server = demoServer(row, now);
    server.ip = u"10.%1.%2.%3"_s.arg(number / 62500).arg(number / 250 % 250).arg(number % 250 + 1);
    server.info.hostname = u"node-%1"_s.arg(number, 5, 10, QLatin1Char('0'));
    server.info.addresses = {server.ip};
    if (number % 100 == 99)
        server.alive = false;
    if (number % 25 == 7)
        server.services[{u"redis"_s, u"6379"_s}].state.alive = false;
    return server;
}

} // namespace

FleetState calmFleet(qint64 now)
{
    FleetState state;
    for (const DemoServer &row : demoServers) {
        const FleetServer server = demoServer(row, now);
        state.servers.insert(server.ip, server);
    }
    addRoles(state);
    addQuietEvents(state, now);
    return state;
}

FleetState demoFleet(qint64 now)
{
    FleetState state = calmFleet(now);
    const QList<Event> quiet = std::exchange(state.events, {});
    letThingsGoWrong(state, now);
    state.events += quiet;
    return state;
}

FleetState emptyFleet()
{
    return {};
}

FleetState hugeFleet(int servers, qint64 now)
{
    FleetState state;
    state.servers.reserve(servers);
    PaasTree tree;
    tree.id = u"web"_s;
    tree.title = u"Web"_s;
    PaasRole role;
    role.role = u"nginx"_s;
    role.title = u"Nginx"_s;
    for (int i = 0; i < servers; ++i) {
        const FleetServer server = hugeServer(i, now);
        role.instances.append({server.ip, u"80"_s});
        state.servers.insert(server.ip, server);
    }
    tree.roles.append(role);
    state.trees.insert(tree.id, tree);
    return state;
}

QList<WorkloadSample> demoSamples(const FleetServer &server, int count, qint64 now)
{
    QList<WorkloadSample> samples;
    samples.reserve(count);
    for (int i = 0; i < count; ++i) {
        const double wave = 1 + 0.12 * std::sin(i / 7.0) + 0.07 * std::sin(i / 2.3);
        WorkloadSample sample{now - qint64(count - 1 - i) * second, server.workload.info.read()};
        const auto shake = [wave](std::optional<double> &value, double most) {
            if (value)
                value = std::min(*value * wave, most);
        };
        for (auto *value : {&sample.info.cpu.busy, &sample.info.cpu.user, &sample.info.cpu.system,
                            &sample.info.cpu.iowait})
            shake(*value, 100);
        for (auto *value : {&sample.info.disk.read, &sample.info.disk.write,
                            &sample.info.network.receive, &sample.info.network.transmit})
            shake(*value, 1e12);
        if (sample.info.memory.used)
            sample.info.memory.used
                = qint64(double(*sample.info.memory.used) * (0.97 + 0.03 * wave));
        for (double &load : sample.info.load)
            load *= wave;
        samples << sample;
    }
    return samples;
}

} // namespace Treewarden
