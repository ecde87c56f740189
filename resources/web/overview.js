// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The first screen: what needs somebody, then the platforms, the servers, what happened.

import { h } from './dom.js';
import { eventLine, icon, listed, problemLine, sortedServers, weight } from './parts.js';
import { serversTable } from './servers.js';
import { moment, number, t } from './text.js';

const shownServers = 12;
const shownEvents = 15;

/** The state that the headline, the tab's icon and its title show. */
export function worst(live) {
    if (!live.known)
        return 'stale';
    if (!live.servers.size)
        return 'empty';
    const healths = [...live.problems, ...live.paas.values()].map(one => one.health);
    return healths.reduce((a, b) => weight(b) > weight(a) ? b : a, 'alive');
}

function headline(live) {
    if (!live.known)
        return [t('waiting'), t('waitingDetail')];
    if (!live.servers.size)
        return [t('noServers'), t('noServersDetail')];
    const count = live.problems.length;
    if (!count) {
        const last = live.events[0];
        return [t('allAlive'), last ? t('quietSince', { time: moment(last.timestamp ?? Number.parseInt(last.id, 10), live.now()) }) : t('nothingNeeded')];
    }
    const times = live.problems.map(problem => problem.since).filter(Boolean);
    const time = times.length ? moment(Math.min(...times), live.now()) : '';
    return [t('problems', { n: count }), time && t(count > 1 ? 'firstSince' : 'since', { time })];
}

export function hero(live) {
    const health = worst(live);
    const [title, detail] = headline(live);
    const shape = health === 'empty' ? 'stale' : live.problems.length ? health : health === 'maintenance' || health === 'stale' ? health : 'alive';
    return h(`section.hero.${health === 'empty' ? 'empty' : shape}`, { 'aria-label': t('state') },
        health !== 'empty' && icon(shape, { size: '32', label: shape === 'stale' ? '' : t(shape) }),
        h('div.words', { 'aria-live': 'polite' }, h(`h1.${shape}`, null, title), h('p', null, detail)), live.known && health !== 'empty' && totals(live.totals));
}

function totals(counts) {
    const one = (name, alive, total) => h('div', null, h('dt', null, t(name)), h('dd', null, `${number(alive ?? 0)} / ${number(total ?? 0)}`));
    return h('dl.totals', null, one('serversAlive', counts.servers_alive, counts.servers),
        one('servicesAlive', counts.services_alive, counts.services), one('paasAlive', counts.paas_alive, counts.paas));
}

export function overview(live) {
    if (live.known && !live.servers.size)
        return [hero(live), firstSteps()];
    return [hero(live), live.known && h('div.columns', null,
        h('div.stack', null, wrongNow(live), live.paas.size > 0 && platforms(live), servers(live)), events(live))];
}

/** What an administrator does first, for a fleet without servers. */
export function firstSteps() {
    const step = (text, command) => h('li', null, t(text), h('code', null, command));
    return h('section.card', null, h('h2', null, t('firstSteps')), h('ol.steps', null,
        step('stepAgent', 'treewarden-agent --redis redis://HOST:6379/0'), step('stepPending', 'treewarden pending'), step('stepEnrol', 'treewarden enrol IP')));
}

function wrongNow(live) {
    return live.problems.length > 0 && h('section.card', null, h('h2', null, t('wrongNow')),
        h('ul.plain', null, live.problems.slice(0, 20).map(problem => problemLine(live, problem))));
}

export function sortedPlatforms(live) {
    return [...live.paas.values()].sort((a, b) => weight(b.health) - weight(a.health));
}

/** The roles of a platform that are not alive, worst first; a role without instances is not there yet. */
export function wrongRoles(tree) {
    return tree.roles.filter(role => role.total > 0 && role.health !== 'alive').sort((a, b) => weight(b.health) - weight(a.health));
}

function platforms(live) {
    return h('section.card', null, h('h2', null, t('paas')), h('div.platforms', null, sortedPlatforms(live).map(platform)));
}

function platform(tree) {
    const wrong = wrongRoles(tree);
    const alive = tree.roles.filter(role => role.total > 0).length - wrong.length;
    const same = wrong.filter(role => role.health === tree.health).length;
    const word = ['died', 'degraded'].includes(tree.health) && same > 0 ? t('notAlive', { n: same, state: t(tree.health) }) : t(tree.health);
    const rest = wrong.length ? t('othersAlive', { n: alive }) : alive ? t('rolesAlive', { n: alive }) : t('noRoles');
    return h(`a.platform.${tree.health}`, { 'data-key': tree.id, href: `#/tree/${encodeURIComponent(tree.id)}` },
        h('h3', null, icon(tree.health), tree.title || tree.id, h('span.word', null, word)),
        h('ul.plain', null, wrong.slice(0, 6).map(role => h('li', { 'data-key': role.role }, icon(role.health, { size: '14', label: t(role.health) }),
            h('span', null, role.title || role.role), h('span.count', null, `${number(role.alive)} / ${number(role.total)}`))),
        wrong.length > 6 && h('li', null, t('moreNotAlive', { n: wrong.length - 6 })), h('li.pale', null, rest)));
}

function servers(live) {
    const shown = sortedServers(live).slice(0, shownServers);
    return h('section.card', null, h('header', null, h('h2', null, t('servers')),
        h('a.right', { href: '#/servers' }, t('all', { n: live.servers.size }))), serversTable(live, shown));
}

function events(live) {
    return h('section.card', null, h('header', null, h('h2', null, t('events')), live.events.length > shownEvents && h('a.right', { href: '#/events' }, t('allEvents'))),
        live.events.length ? h('ul.plain.events', null, live.events.slice(0, shownEvents).map(event => eventLine(live, event))) : h('p', null, t('noEvents')));
}

/** Of a tile on the wall: "Web 2/3, MySQL 7/11". */
export function wrongRolesText(tree) {
    return listed(wrongRoles(tree).slice(0, 4).map(role => `${role.title || role.role} ${role.alive}/${role.total}`));
}
