// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// ?wall: for a screen that hangs on a wall. No links, no scrolling, worst first.

import { h } from './dom.js';
import { icon, maintenanceLines, problemLine, sortedServers } from './parts.js';
import { firstSteps, hero, sortedPlatforms, wrongRolesText } from './overview.js';
import { t } from './text.js';

const mostCells = 60;
const mostProblems = 6;
const mostTiles = 10;

export function wallView(live) {
    if (live.known && !live.servers.size)
        return [hero(live), firstSteps()];
    return [hero(live), h('div.both', null, problems(live), h('div.tiles', null, sortedPlatforms(live).slice(0, mostTiles).map(tile))), cells(live)];
}

/** A wall is read from afar by many: what is being worked on stands there too, below what is wrong. */
function problems(live) {
    const lines = [...live.problems.map(one => problemLine(live, one, { isLink: false })), ...maintenanceLines(live)];
    return h('section.card', null, lines.length ? h('ul.plain', null, lines.slice(0, mostProblems))
        : h('p.calm', null, live.known && live.servers.size ? t('nothingWrong') : ''));
}

function tile(tree) {
    const present = tree.roles.filter(role => role.total > 0).length;
    return h(`section.tile.${tree.health}`, { 'data-key': tree.id }, h('h3', null, icon(tree.health, { label: t(tree.health) }), tree.title || tree.id),
        h('div', null, wrongRolesText(tree) || t('rolesAlive', { n: present })));
}

/** Beyond 60 servers only those that are not alive, and how many are. */
function cells(live) {
    const servers = sortedServers(live);
    const shown = servers.length > mostCells ? servers.filter(server => server.health !== 'alive').slice(0, mostCells - 1) : servers;
    const rest = servers.length - shown.length;
    return h('div.cells', null, shown.map(server => h(`div.cell.${server.health}`, { 'data-key': server.ip },
        server.health !== 'alive' && icon(server.health, { label: t(server.health) }), h('span', null, server.hostname || server.ip))),
    rest > 0 && h('div.cell.alive', null, h('span', null, t('moreAlive', { n: rest }))));
}
