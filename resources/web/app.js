// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Wires the live picture to the views: reads the address, draws when something changed.

import { h, morph } from './dom.js';
import { eventsView } from './events.js';
import { Live } from './live.js';
import { overview, worst } from './overview.js';
import { History } from './history.js';
import { serverView } from './server.js';
import { serversView } from './servers.js';
import { clock, duration, moment, setLanguage, t } from './text.js';
import { treeView } from './tree.js';
import { wallView } from './wall.js';

const wanted = new URLSearchParams(location.search);
const isWall = wanted.has('wall');
const pages = ['overview', 'servers', 'tree', 'events'];
const root = document.getElementById('page');

setLanguage(document.documentElement.lang);

let isDrawing = false;
let filter = '';
let details = { ip: '', content: null, isAsking: false, mustAskAgain: false };
const history = new History(draw);
const live = new Live(() => {
    if (live.touched.has(details.ip))
        readDetails();
    draw();
});

/** ['servers', '10.0.0.7'] of #/servers/10.0.0.7 */
function route() {
    const [page, ...rest] = location.hash.replace(/^#\/?/, '').split('/');
    let argument = rest.join('/');
    try {
        argument = decodeURIComponent(argument);
    } catch {
        argument = '';
    }
    return [pages.includes(page) ? page : 'overview', argument];
}

function draw() {
    if (isDrawing)
        return;
    isDrawing = true;
    // A page in the background gets no frames, but its icon and title must still tell.
    const next = document.hidden ? callback => setTimeout(callback, 250) : requestAnimationFrame;
    next(() => {
        isDrawing = false;
        render();
    });
}

function render() {
    const [page, argument] = route();
    const isCurrent = live.isCurrent();
    root.classList.toggle('is-stale', !isCurrent && live.known);
    morph(root, h('div', { id: 'page', class: root.className }, isWall
        ? [wallBar(), notice(), wallView(live)]
        : [h('a.skip', { href: '#main' }, t('skip')), topBar(page), notice(), h('main', { id: 'main', tabindex: '-1' }, view(page, argument)), foot()]));
    const health = worst(live);
    const count = live.problems.length;
    document.title = count ? `(${count}) ${live.title}` : live.title;
    const shape = !isCurrent || health === 'empty' ? 'stale' : health;
    const favicon = document.querySelector('link[rel=icon]');
    if (!favicon.href.endsWith(`favicon-${shape}.svg`))
        favicon.href = `/assets/favicon-${shape}.svg`;
}

function view(page, argument) {
    switch (page) {
    case 'servers':
        return argument ? serverView(live, argument, details.ip === argument ? details.content : null, history) : serversView(live, filter);
    case 'tree':
        return treeView(live, argument);
    case 'events':
        return eventsView(live);
    default:
        return overview(live);
    }
}

function logo() {
    return h('img.logo', { src: '/assets/logo.svg', alt: '', width: 26, height: 26 });
}

function liveBadge() {
    if (live.isCurrent())
        return h('span.live', { role: 'status' }, t('live'));
    if (!live.lastHeard)
        return h('span.live.off', { role: 'status' }, t('connecting'));
    const since = staleSince();
    return h('span.live.off', { role: 'status' }, since ? t('staleFor', { age: duration(live.now() - since) }) : t('stale'));
}

function staleSince() {
    return live.isLinked ? live.staleSince : live.staleSince || live.lastHeard + live.offset;
}

function notice() {
    if (live.isCurrent() || !live.known)
        return null;
    const time = moment(staleSince(), live.now());
    return h('div.notice', { role: 'alert' }, t(live.isLinked ? 'redisAway' : 'linkLost', { time }));
}

function topBar(page) {
    return h('header.top', null, logo(), h('span.name', null, live.title),
        h('nav', { 'aria-label': t('pages') }, pages.map(one => h('a', { href: `#/${one}`, 'aria-current': one === page && 'page' }, t(one)))),
        h('span.spring'), h('span.read-only.pale', null, t('readOnly')), liveBadge());
}

function wallBar() {
    return h('header.bar', null, logo(), h('span.name', null, live.title), h('span.pale', null, live.title === 'Treewarden' ? '' : 'Treewarden'), h('span.spring'),
        liveBadge(), h('span.clock', null, clock(live.now(), false)));
}

function foot() {
    return h('footer.foot', null, live.lastHeard > 0 && h('span', null, t('stateOf', { time: clock(live.isCurrent() ? live.lastHeard + live.offset : staleSince() || live.now()) })),
        h('a', { href: withWall() }, t('wallView')), h('a', { href: '/api/v1/fleet' }, t('json')), h('span', null, `Treewarden ${live.version}`));
}

function withWall() {
    const search = new URLSearchParams(wanted);
    search.set('wall', '');
    return `/?${search.toString().replace('wall=', 'wall')}`;
}

/** The whole of one server; read again when the stream told of it, once a second at most. */
async function readDetails() {
    if (details.isAsking) {
        details.mustAskAgain = true;
        return;
    }
    const mine = details;
    mine.isAsking = true;
    try {
        const answer = await fetch(`/api/v1/servers/${encodeURIComponent(mine.ip)}`);
        if (answer.ok)
            mine.content = await answer.json();
        else if (answer.status === 404)
            mine.content = false;
    } catch {
        // The stream tells that the connection is lost, and asks again when it is back.
    }
    setTimeout(() => {
        mine.isAsking = false;
        if (mine.mustAskAgain && mine === details) {
            mine.mustAskAgain = false;
            readDetails();
        }
    }, 1000);
    if (mine === details)
        draw();
}

async function readEvents() {
    try {
        const answer = await fetch('/api/v1/events');
        if (answer.ok) {
            live.addEvents(await answer.json());
            draw();
        }
    } catch {
        // As above.
    }
}

function follow() {
    const [page, argument] = route();
    const ip = page === 'servers' ? argument : '';
    if (ip !== details.ip) {
        details = { ip, content: null, isAsking: false, mustAskAgain: false };
        history.show(ip);
        if (ip)
            readDetails();
    }
    if (page === 'events')
        readEvents();
    draw();
}

/** Pixels that never change burn into screens: the wall moves by two pixels a minute. */
function shiftPixels() {
    const step = Math.floor(Date.now() / 60_000) % 4;
    document.body.style.transform = `translate(${[0, 2, 2, 0][step]}px, ${[0, 0, 2, 2][step]}px)`;
}

addEventListener('hashchange', () => {
    follow();
    scrollTo(0, 0);
});
root.addEventListener('click', event => {
    if (!event.target.classList.contains('skip'))
        return;
    event.preventDefault(); // the address names the view
    document.getElementById('main').focus();
});
root.addEventListener('click', event => {
    if (event.target.dataset?.range)
        history.choose(event.target.dataset.range);
});
root.addEventListener('input', event => {
    if (event.target.id === 'find') {
        filter = event.target.value;
        draw();
    }
});
setInterval(() => {
    if (isWall)
        shiftPixels();
    history.tick();
    draw(); // ages grow by themselves
}, 1000);
follow();
live.open();
