// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces that several views share. A state is always shape + colour + word.

import { h } from './dom.js';
import { bytes, clock, duration, groups, isChinese, metricName, moment, number, reasons, t } from './text.js';

const weights = { died: 4, degraded: 3, unknown: 2, maintenance: 1, alive: 0 };

export function weight(health) {
    return weights[health] ?? weights.unknown;
}

/** The shape alone; its word stands beside it, or is given for screen readers. */
export function icon(health, { size = '', label = '' } = {}) {
    const attributes = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' };
    return h(`svg.icon.${health}${size && `.s${size}`}`, { viewBox: '0 0 16 16', ...attributes }, h('use', { href: `#${health}` }));
}

export function state(health) {
    return h(`span.state.${health}`, null, icon(health), h('span.word', null, t(health)));
}

export function badge(health) {
    return h(`span.badge.${health}`, null, icon(health), t(health));
}

export function hostOf(live, ip) {
    return live.servers.get(ip)?.hostname || ip;
}

const usualPorts = {
    nginx: '80', varnish: '6081', apache: '80', couchbase: '8091', memcached: '11211', redis: '6379',
    mysql: '3306', gearman: '4730', ssh: '22', gmond: '8649',
};

/** "nginx", "mysql 3307": the instance only where it says something. */
export function serviceName(role, instance) {
    const isUsual = !instance || instance === 'default' || instance === '_' || instance === usualPorts[role];
    return isUsual ? role : `${role} ${instance}`;
}

/** What the stream says of a service, health instead of a number. */
export function serviceHealth(live, server, service) {
    if (live.maintenance[server.ip] || live.maintenance[`${server.ip}/${service.role}/${service.instance}`])
        return 'maintenance';
    return service.alive === 1 ? 'alive' : service.alive === 0 ? 'died' : 'unknown';
}

/** Why a service is not alive: in Chinese where the code and all its blanks are known, else the agent's own sentence. */
export function reasonText(service) {
    if (!service?.reason)
        return '';
    const pattern = isChinese() ? reasons[service.code] : undefined;
    const args = service.args ?? {};
    const isFilled = pattern && [...pattern.matchAll(/\{(\w+)\}/g)].every(([, name]) => ['string', 'number'].includes(typeof args[name]));
    const text = isFilled ? pattern.replace(/\{(\w+)\}/g, (_, name) => args[name]) : service.reason;
    const sentence = text[0].toUpperCase() + text.slice(1);
    return /[.。!?]$/.test(sentence) ? sentence : sentence + (isChinese() ? '。' : '.');
}

export function groupTitle(group) {
    return (isChinese() && groups[group]) || group;
}

export function roleTitle(live, name) {
    const [id, role] = name.split('/');
    const tree = live.paas.get(id);
    return `${tree?.title || id} / ${tree?.roles.find(one => one.role === role)?.title || role}`;
}

export function listed(words) {
    return words.join(t('and'));
}

export function sentences(...parts) {
    return parts.filter(Boolean).join(isChinese() ? '' : ' ');
}

export function ageOf(live, since) {
    return since ? duration(live.now() - since) : '';
}

export function percentOf(part, whole) {
    return Number.isFinite(part) && whole > 0 ? 100 * part / whole : undefined;
}

export function memoryPercent(workload) {
    return percentOf(workload?.memory?.used, workload?.memory?.total);
}

export function dash() {
    return h('span.pale', null, '–');
}

/** A bar and a whole number; a value that is not known is a dash. */
export function meter(percent) {
    if (!Number.isFinite(percent))
        return dash();
    const width = Math.min(64, Math.max(0, percent * 0.64)).toFixed(1);
    return [h('svg.meter', { viewBox: '0 0 64 6', 'aria-hidden': 'true' },
        h('rect', { width, height: 6, fill: 'currentColor', class: 'pale' })), h('span.digits', null, number(percent))];
}

export function servicesAlive(live, server) {
    const total = server.services.length;
    if (!total)
        return dash();
    const healths = server.services.map(service => serviceHealth(live, server, service));
    const alive = healths.filter(one => one === 'alive' || one === 'maintenance').length;
    const isUnknown = healths.every(one => one === 'unknown') && server.health !== 'died';
    const isBad = alive < total;
    return [h(`span${isBad ? `.count-bad.${server.health}` : ''}`, null, isUnknown ? '?' : number(alive)), ' ', h('span.pale', null, `/ ${number(total)}`)];
}

export function sortedServers(live) {
    const compare = new Intl.Collator('en', { numeric: true }).compare;
    return [...live.servers.values()].sort((a, b) =>
        weight(b.health) - weight(a.health) || compare(a.hostname || a.ip, b.hostname || b.ip));
}

/** What is wrong, as title, detail and age: one line of "Wrong now". On the server's own page its service comes first. */
export function problemWords(live, problem, isServersPage = false) {
    const host = hostOf(live, problem.ip);
    const roles = problem.roles.map(name => roleTitle(live, name));
    const age = ageOf(live, problem.since);
    if (!problem.role) {
        const services = problem.services;
        const isNew = problem.health === 'unknown' && !problem.since;
        const with_ = problem.health === 'died' ? services && t('servicesWith', { n: services })
            : isNew ? t('neverSeen') : sentences(t('notHeard'), services && t('servicesUnknown', { n: services }));
        return { title: t('serverIs', { name: host, state: t(problem.health) }), detail: sentences(with_, roles.length && t('affects', { roles: listed(roles) })), age };
    }
    const server = live.servers.get(problem.ip);
    const service = server?.services.find(one => one.role === problem.role && one.instance === problem.instance);
    const name = serviceName(problem.role, problem.instance);
    if (problem.health === 'degraded' && problem.roles.length && !isServersPage) {
        const [id, roleId] = problem.roles[0].split('/');
        const role = live.paas.get(id)?.roles.find(one => one.role === roleId);
        return { title: t('roleIs', { role: roles[0], state: t('degraded') }),
            detail: sentences(`${t('serviceIs', { service: name, host, state: t('died') })}${isChinese() ? '。' : '.'}`,
                role && t('serve', { n: role.alive, total: number(role.total) }), reasonText(service)), age };
    }
    const own = problem.health === 'degraded' ? 'died' : problem.health;
    return { health: own, title: t('serviceIs', { service: name, host, state: t(own) }),
        detail: sentences(reasonText(service), roles.length && t('affects', { roles: listed(roles) })), age };
}

export function problemLine(live, problem, { isLink = true, isServersPage = false } = {}) {
    const { health = problem.health, title, detail, age } = problemWords(live, problem, isServersPage);
    const key = `${problem.ip}/${problem.role ?? ''}/${problem.instance ?? ''}`;
    return h('li.problem', { 'data-key': key }, icon(health, { size: '20', label: t(health) }),
        h('span.title', null, isLink ? h('a', { href: `#/servers/${encodeURIComponent(problem.ip)}` }, title) : title),
        h('span.age', null, age), detail && h('span.detail', null, detail));
}

/** What is declared to be in maintenance, as lines like those of problems. */
export function maintenanceLines(live) {
    return Object.entries(live.maintenance).map(([key, until]) => {
        const [first, role, instance] = key.split('/');
        const name = first === 'paas' ? (instance ? roleTitle(live, `${role}/${instance}`) : live.paas.get(role)?.title || role)
            : role ? t('on', { service: serviceName(role, instance), host: hostOf(live, first) }) : hostOf(live, first);
        return h('li.problem', { 'data-key': `maintenance ${key}` }, icon('maintenance', { size: '20', label: t('maintenance') }),
            h('span.title', null, t('inMaintenance', { name })), h('span.age', null, t('until', { time: moment(until, live.now()) })));
    });
}

const outcomeTexts = {
    done: 'outcomeDone', failed: 'outcomeFailed', refused: 'outcomeRefused', expired: 'outcomeExpired', unknown: 'outcomeUnknown',
    verified: 'outcomeVerified', unverified: 'outcomeUnverified',
};

const configTexts = { refused: 'eventRefused', enrolled: 'eventEnrolled', removed: 'eventGone', vanished: 'eventVanished' };

/** How long what is alive again was away, from the event before it about the same; undefined when that is not known. */
function timeAway(live, event) {
    const at = live.events.findIndex(one => one.id === event.id);
    const before = at < 0 ? undefined : live.events.slice(at + 1).find(one =>
        one.type === event.type && one.ip === event.ip && one.role === event.role && one.instance === event.instance);
    return before && before.alive !== 1 && before.timestamp <= event.timestamp ? event.timestamp - before.timestamp : undefined;
}

function aliveText(live, event, name) {
    const away = timeAway(live, event);
    return away === undefined ? t('eventAlive', { name }) : t('eventAliveAfter', { name, age: duration(away) });
}

function serverDied(live, event, name) {
    if (event.mass)
        return t('eventMass', { name });
    if (event.by !== 'sweeper')
        return t('eventStopped', { name });
    const services = live.servers.get(event.ip)?.services.length;
    return services ? t('eventSweptWith', { name, n: services }) : t('eventSwept', { name });
}

/** The shape and the sentence of an event; types that are not known here keep their name. */
export function eventWords(live, event) {
    const host = event.hostname || hostOf(live, event.ip) || t('theFleet');
    const service = event.role ? t('on', { service: serviceName(event.role, event.instance), host }) : host;
    switch (event.type) {
    case 'alive':
        return event.alive === 1 ? ['alive', aliveText(live, event, host)] : ['died', serverDied(live, event, host)];
    case 'service':
        if (event.flapping > 0)
            return ['degraded', t('eventFlaps', { name: service, n: event.flapping })];
        if (event.alive === 1)
            return ['alive', aliveText(live, event, service)];
        return event.alive === 0 ? ['died', t('eventDied', { name: service })] : ['unknown', t('eventUnknown', { name: service })];
    case 'service-removed':
        return ['note', t('eventRemoved', { name: service })];
    case 'config': {
        const name = event.paas ? `PaaS ${event.paas}` : host;
        return ['note', configTexts[event.state] ? t(configTexts[event.state], { name })
            : event.version ? t('eventVersion', { name, version: event.version }) : t('eventConfig', { name })];
    }
    case 'address':
        if (event.enrolled === 0 || event.enrolled === 1)
            return ['note', t(event.enrolled ? 'eventAddressBack' : 'eventAddressLost', { name: host })];
        return ['note', t('eventAddress', { name: host, addresses: (event.addresses ?? []).slice(0, 4).join(', ') })];
    case 'clock':
        return Number.isFinite(event.skew) ? ['note', t('eventClock', { name: host, age: duration(Math.abs(event.skew)) })] : ['note', t('eventOther', { name: host, type: event.type })];
    case 'slow':
        return ['note', event.probe && event.took ? t('eventSlow', { name: host, probe: event.probe, took: event.took }) : t('eventOther', { name: host, type: event.type })];
    case 'command':
        return ['note', t('eventCommand', { name: service, action: event.action || '', outcome: outcomeTexts[event.state] ? t(outcomeTexts[event.state]) : event.state || '' })];
    case 'machine':
        return ['note', t('eventMachine', { name: host, machine: event.hostname || '?' })];
    case 'alert':
        return event.state === 'ended' ? [event.code === 'alert.over' ? 'alive' : 'note', t('eventAlertEnd', { name: host, what: metricName(event.metric) })]
            : ['degraded', t('eventAlert', { name: host, what: metricName(event.metric) })];
    case 'maintenance': {
        const name = event.paas ? `PaaS ${event.paas}${event.role ? `: ${event.role}` : ''}` : service;
        return event.state === 'ended' || !Number.isFinite(event.until) ? ['note', t('eventMaintenanceEnd', { name })]
            : ['maintenance', t('eventMaintenance', { name, until: moment(event.until, live.now()) })];
    }
    default:
        return ['note', event.reason ? `${host}: ${event.reason}` : t('eventOther', { name: host, type: event.type })];
    }
}

export function eventLine(live, event) {
    const [shape, sentence] = eventWords(live, event);
    const time = event.timestamp ?? Number.parseInt(event.id, 10);
    return h('li.event', { 'data-key': event.id }, h('time', { datetime: isoTime(time) }, clock(time)),
        icon(shape, { label: shape === 'note' ? '' : t(shape) }), h('span', null, sentence));
}

function isoTime(ms) {
    const date = new Date(ms);
    return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

export function sinceText(live, since) {
    return since ? moment(since, live.now()) : '–';
}

export function sizeOf(used, total) {
    return Number.isFinite(used) && Number.isFinite(total) ? t('of', { used: bytes(used), total: bytes(total) }) : '–';
}

export function perSecond(a, b) {
    const one = value => Number.isFinite(value) ? t('perSecond', { size: bytes(value) }) : '–';
    return Number.isFinite(a) || Number.isFinite(b) ? `${one(a)}, ${one(b)}` : '–';
}
