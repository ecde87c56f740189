// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A fleet as agents would write it into Redis, made by hand.

const hour = 3_600_000;

/** Enrols a server that is alive with its services alive: `services` are words like 'redis:6379'. */
export function addServer(redis, ip, hostname, services = ['ssh:default']) {
    const now = Date.now();
    redis.call('HSET', `server:config:${ip}`, 'services', '{}', 'version', 1);
    redis.call('HSET', `server:info:${ip}`, 'hostname', hostname, 'os', 'Debian GNU/Linux 12', 'cpu_count', 4, 'lease', hour, 'session', `s-${ip}`);
    redis.call('HSET', 'servers:since', ip, now - hour);
    redis.call('SET', `server:alive:${ip}`, 1, 'PX', hour);
    redis.call('HSET', 'servers:alive', ip, 1);
    for (const service of services)
        setService(redis, ip, service, 1);
    const sample = { timestamp: now, info: { cpu: { busy: 12.5 }, memory: { total: 8e9, used: 2e9 }, load: [0.5, 0.4, 0.3] } };
    redis.call('RPUSH', `server:workload:${ip}`, JSON.stringify(sample));
}

function setService(redis, ip, service, alive, reason = '') {
    const now = Date.now();
    redis.call('HSET', `services:${ip}`, service, JSON.stringify({ alive, since: now, reason, code: 'test', timestamp: now, session: `s-${ip}` }));
    redis.call('SET', `service:${ip}:${service}:alive`, alive);
}

let n = 0;

/** A transition as an agent tells it: keys, event, message. */
export function tellService(redis, ip, service, alive, reason = '') {
    setService(redis, ip, service, alive, reason);
    const [role, instance] = service.split(':');
    const now = Date.now();
    const message = JSON.stringify({ type: 'service', ip, role, instance, alive, timestamp: now, since: now, reason, code: 'test', session: `s-${ip}`, n: ++n });
    redis.call('XADD', 'events', '*', 'type', 'service', 'ip', ip, 'json', message);
    redis.call('PUBLISH', 'update:info', message);
}
