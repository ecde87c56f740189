// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The service trees: platform, group, role, instance.

import { h } from './dom.js';
import { badge, groupTitle, icon, state, weight } from './parts.js';
import { sortedPlatforms } from './overview.js';
import { number, t } from './text.js';

/** `id`: only this tree, or all. */
export function treeView(live, id) {
    const trees = sortedPlatforms(live).filter(tree => !id || tree.id === id);
    if (!trees.length)
        return h('section.card', null, h('h1.hidden', null, t('tree')), h('p', null, live.known ? t('noTrees') : t('waitingDetail')));
    return [h('h1.hidden', null, t('tree')), h('div.stack', null, trees.map(platform))];
}

function platform(tree) {
    const present = tree.roles.filter(role => role.total > 0);
    const alive = present.reduce((sum, role) => sum + role.alive, 0);
    const total = present.reduce((sum, role) => sum + role.total, 0);
    let group;
    return h('section.card', { 'data-key': tree.id }, h('header', null, h('h2', null, tree.title || tree.id), badge(tree.health),
        h('span.right.quiet', null, `${number(alive)} / ${number(total)}`)),
    present.length ? present.map(role => {
        const head = role.group !== group && role.group && h('h3.group', { 'data-key': `group ${role.group}` }, groupTitle(role.group));
        group = role.group;
        return [head, roleRow(tree, role)];
    }) : h('p', null, t('noRoles')));
}

function roleRow(tree, role) {
    const titles = role.needs.map(need => tree.roles.find(one => one.role === need)?.title || need);
    const instances = [...role.instances].sort((a, b) => weight(b.health) - weight(a.health));
    return h('div.role', { 'data-key': role.role }, h('div', null, state(role.health), ' ', h('b', null, role.title || role.role), ' ',
        h('span.pale', null, `${number(role.alive)} / ${number(role.total)}`), titles.length > 0 && h('div.needs', null, t('needs', { roles: titles.join(', ') }))),
    h('ul.plain.instances', null, instances.map(one => h('li', { 'data-key': `${one.ip}/${one.instance}` }, icon(one.health, { size: '14', label: t(one.health) }),
        h('a', { href: `#/servers/${encodeURIComponent(one.ip)}` }, one.hostname || one.ip), one.instance !== 'default' && h('span.pale', null, one.instance)))));
}
