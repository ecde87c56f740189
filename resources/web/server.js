// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// One server: its services with what is wrong, its numbers now, its facts, what happened to it.

import { h } from './dom.js';
import { historyCard } from './history.js';
import { badge, eventLine, perSecond, problemLine, reasonText, serviceHealth, serviceName, sinceText, sizeOf, state, weight } from './parts.js';
import { bytes, duration, number, t } from './text.js';

/** `details`: what /api/v1/servers/{ip} says, null while it is read, false where it says there is none. */
export function serverView(live, ip, details, history) {
    const server = live.servers.get(ip);
    if (!server) {
        const text = !live.known ? t('waitingDetail') : t('notFound', { name: ip });
        return h('section.card', null, h('h1.hidden', null, t('servers')), h('p', null, text), h('p', null, h('a', { href: '#/servers' }, t('back'))));
    }
    const problems = live.problems.filter(problem => problem.ip === ip);
    return [h('div.title-row', null, h('h1', null, server.hostname || server.ip), badge(server.health), h('span.quiet', null, server.ip),
        server.since > 0 && h('span.pale', null, `${t('sinceHead')} ${sinceText(live, server.since)}`)),
    h('div.columns', null, h('div.stack', null,
        problems.length > 0 && h('section.card', null, h('h2', null, t('wrongNow')), h('ul.plain', null, problems.map(one => problemLine(live, one, { isLink: false, isServersPage: true })))),
        services(live, server), historyCard(history)),
    h('div.stack', null, details ? [numbers(server, details), facts(details), events(live, details)] : h('section.card', null, h('p', null, t('loading')))))];
}

function services(live, server) {
    const rows = server.services.map(service => [serviceHealth(live, server, service), service])
        .sort(([a], [b]) => weight(b) - weight(a));
    return h('section.card', null, h('h2', null, t('services')), rows.length ? h('div.scroll', null, h('table', null,
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('state')), h('th', { scope: 'col' }, t('service')), h('th', { scope: 'col' }, t('sinceHead')), h('th.wide', { scope: 'col' }, t('reason')))),
        h('tbody', null, rows.map(([health, service]) => h('tr', { 'data-key': `${service.role}:${service.instance}` },
            h('td', null, state(health)), h('td', null, serviceName(service.role, service.instance)), h('td.quiet', null, sinceText(live, service.since)),
            h('td.reason.wide', null, reasonText(service))))))) : h('p', null, t('noServices')));
}

function fact(name, content) {
    return content !== '' && content !== undefined && content !== null && h('div', null, h('dt', null, name), h('dd', null, content));
}

function percent(value) {
    return Number.isFinite(value) ? `${number(value, 1)} %` : '–';
}

function numbers(server, details) {
    if (server.alive !== 1)
        return null; // what it said last is not how it is now
    const { cpu, memory, load, disk, network, pressure, processes, filesystems, uptime } = details.workload ?? {};
    return h('section.card', null, h('h2', null, t('now')), h('dl.facts', null,
        cpu && fact(t('cpuBusy'), percent(cpu.busy)), load && fact(t('loads'), load.map(one => number(one, 2)).join('  ')),
        memory && fact(t('memoryUsed'), sizeOf(memory.used, memory.total)),
        memory?.swap_total > 0 && fact(t('swapUsed'), sizeOf(memory.swap_used, memory.swap_total)),
        disk && fact(t('disk'), perSecond(disk.read, disk.write)), network && fact(t('network'), perSecond(network.receive, network.transmit)),
        Object.entries(filesystems ?? {}).map(([name, one]) => fact(t('filesystem', { name }), sizeOf(one.used, one.total))),
        pressure && fact(t('pressure'), [pressure.cpu, pressure.memory, pressure.io].map(one => Number.isFinite(one) ? number(one, 1) : '–').join('  ')),
        processes && fact(t('processes'), number(processes.total ?? 0)), Number.isFinite(uptime) && fact(t('uptime'), duration(uptime * 1000))));
}

function facts({ info }) {
    const processor = [info.cpu_model, info.cpu_count && t('cores', { n: info.cpu_count })].filter(Boolean).join(', ');
    return h('section.card', null, h('h2', null, t('facts')), h('dl.facts', null, fact(t('system'), info.os), fact(t('kernel'), [info.kernel, info.architecture].filter(Boolean).join(', ')),
        fact(t('processor'), processor), fact(t('memoryUsed'), info.memory_total > 0 ? bytes(info.memory_total) : ''), fact(t('virtualization'), info.virtualization),
        fact(t('addresses'), (info.addresses ?? []).join(', ')), fact(t('agent'), info.agent_version)));
}

function events(live, details) {
    return details.events.length > 0 && h('section.card', null, h('h2', null, t('events')),
        h('ul.plain.events', null, details.events.slice(0, 15).map(event => eventLine(live, event))));
}
