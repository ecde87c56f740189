// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What happened, newest first, by day.

import { h } from './dom.js';
import { eventLine } from './parts.js';
import { day, t } from './text.js';

export function eventsView(live) {
    let shownDay;
    return h('section.card', null, h('h1.hidden', null, t('events')), h('h2', null, t('events')), live.events.length ? h('ul.plain.events', null, live.events.map(event => {
        const thisDay = day(event.timestamp ?? Number.parseInt(event.id, 10));
        const heading = thisDay !== shownDay && h('li.day', { 'data-key': thisDay }, thisDay);
        shownDay = thisDay;
        return [heading, eventLine(live, event)];
    })) : h('p', null, live.known ? t('noEvents') : t('waitingDetail')));
}
