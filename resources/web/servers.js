// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// All servers in one table, with a filter.

import { h } from './dom.js';
import { dash, memoryPercent, meter, servicesAlive, sortedServers, state } from './parts.js';
import { number, t } from './text.js';

/** More rows than this make a phone stutter; the filter narrows them down. */
const mostRows = 500;

export function serversTable(live, servers) {
    return h('div.scroll', null, h('table', null,
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('state')), h('th', { scope: 'col' }, t('name')),
            h('th.wide', { scope: 'col' }, t('ip')), h('th.number.wide', { scope: 'col' }, t('cpu')), h('th.number.wide', { scope: 'col' }, t('memory')),
            h('th.number.wide', { scope: 'col' }, t('load')), h('th.number', { scope: 'col' }, t('services')))),
        h('tbody', null, servers.map(server => row(live, server)))));
}

function row(live, server) {
    const isAlive = server.alive === 1;
    const load = isAlive ? server.workload?.load?.[0] : undefined;
    return h('tr', { 'data-key': server.ip }, h('td', null, state(server.health)),
        h('td', null, h('a', { href: `#/servers/${encodeURIComponent(server.ip)}` }, server.hostname || server.ip)), h('td.quiet.wide', null, server.ip),
        h('td.number.wide', null, meter(isAlive ? server.workload?.cpu?.busy : undefined)), h('td.number.wide', null, meter(isAlive ? memoryPercent(server.workload) : undefined)),
        h('td.number.wide', null, Number.isFinite(load) ? number(load, 2) : dash()), h('td.number', null, servicesAlive(live, server)));
}

function matches(server, words) {
    const text = `${server.hostname} ${server.ip} ${server.health} ${t(server.health)} ${server.services.map(one => one.role).join(' ')}`.toLowerCase();
    return words.every(word => text.includes(word));
}

/** `filter`: what stands in the field; the field itself keeps it. */
export function serversView(live, filter) {
    if (!live.servers.size)
        return h('section.card', null, h('h1.hidden', null, t('servers')), h('p', null, live.known ? t('howToEnrol') : t('waitingDetail')));
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const found = sortedServers(live).filter(server => matches(server, words));
    return h('section.card', null, h('header', null, h('h1.hidden', null, t('servers')), h('h2', null, t('servers')),
        h('span.pale', null, `${number(found.length)} / ${number(live.servers.size)}`),
        h('input.right', { type: 'search', id: 'find', placeholder: t('find'), 'aria-label': t('find'), autocomplete: 'off', spellcheck: 'false' })),
    found.length ? serversTable(live, found.slice(0, mostRows)) : h('p', null, t('noMatch', { text: filter })),
    found.length > mostRows && h('p', null, t('firstOf', { n: mostRows, total: number(found.length) })));
}
