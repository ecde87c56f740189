// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// How one server was: a few small charts over a range that the visitor chooses, and who reads them.

import { h } from './dom.js';
import { bytes, number, t } from './text.js';

const ranges = ['1h', '6h', '24h', '7d', '30d', '90d', '1y'];
const [width, height] = [600, 48];
const readAgain = 60_000; // ms
const rate = value => t('perSecond', { size: bytes(value) });
const charts = [
    { title: 'cpuBusy', metrics: ['cpu.busy'], text: value => `${number(value, 1)} %`, top: () => 100 },
    { title: 'memoryUsed', metrics: ['memory.used'], text: bytes, top: series => highest(series['memory.total'] ?? []) },
    { title: 'network', metrics: ['network.receive', 'network.transmit'], text: rate },
    { title: 'disk', metrics: ['disk.read', 'disk.write'], text: rate },
];

/** The history of the server that is shown. `changed` is called when there is more to draw. */
export class History {
    constructor(changed) {
        this.changed = changed;
        this.ip = '';
        this.range = '24h';
        this.slice = null; // null while it is read, false where there is none
        this.readAt = 0;
    }

    show(ip) {
        this.ip = ip;
        this.slice = null;
        this.read();
    }

    choose(range) {
        this.range = range;
        this.slice = null;
        this.read();
        this.changed();
    }

    /** Reads again when it is time to. */
    tick() {
        if (Date.now() - this.readAt > readAgain && !document.hidden)
            this.read();
    }

    async read() {
        if (!this.ip)
            return;
        const [ip, range] = [this.ip, this.range];
        this.readAt = Date.now();
        let slice = this.slice || false;
        try {
            const answer = await fetch(`/api/v1/servers/${encodeURIComponent(ip)}/history?range=${range}`);
            if (answer.ok)
                slice = await answer.json();
        } catch {
            // The stream tells that the connection is lost.
        }
        if (ip !== this.ip || range !== this.range)
            return;
        this.slice = slice;
        this.changed();
    }
}

export function historyCard({ range, slice }) {
    const isKnown = slice && Object.keys(slice.series).length > 0;
    return h('section.card.history', null, h('h2', null, t('history')),
        h('div.ranges', { role: 'group', 'aria-label': t('history') }, ranges.map(one => h('button', { type: 'button', 'data-range': one, 'aria-pressed': one === range ? 'true' : 'false' }, one))),
        isKnown ? charts.map(one => chart(one, slice)) : h('p.pale', null, t(slice === null ? 'loading' : 'noHistory')));
}

function highest(points) {
    return points.reduce((most, [, , , maximum]) => Math.max(most, maximum), 0);
}

function chart({ title, metrics, text, top }, slice) {
    const lines = metrics.map(name => slice.series[name] ?? []);
    if (lines.every(points => points.length === 0))
        return null;
    const most = Math.max(...lines.map(highest));
    const scale = Math.max(top?.(slice.series) ?? most, 1e-9);
    const last = lines.map(points => points.length ? text(points[points.length - 1][1]) : '–').join('  ');
    return h('div.chart', null,
        h('div.chart-head', null, h('span', null, t(title)), h('span.digits', null, last), h('span.pale', null, t('upTo', { value: text(most) }))),
        h('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${t(title)} ${last}` },
            lines.map((points, index) => stretches(points, slice.step).map(one => [
                index === 0 && h('path.band', { d: band(one, slice, scale) }),
                h(`polyline.line${index}`, { points: one.map(([time, average]) => place(time, average, slice, scale)).join(' ') })]))));
}

/** Where nothing is known the line ends and begins again. */
function stretches(points, step) {
    const found = [];
    let last = -Infinity;
    for (const point of points) {
        if (point[0] - last > 1.5 * step)
            found.push([]);
        found[found.length - 1].push(point);
        last = point[0];
    }
    return found;
}

function place(time, value, { from, to, step }, scale) {
    const x = (time + step / 2 - from) / (to - from + step) * width;
    return `${x.toFixed(1)},${(height - 1 - Math.min(value / scale, 1) * (height - 2)).toFixed(1)}`;
}

function band(points, slice, scale) {
    const above = points.map(([time, , , maximum]) => place(time, maximum, slice, scale));
    const below = points.map(([time, , minimum]) => place(time, minimum, slice, scale)).reverse();
    return `M${[...above, ...below].join('L')}Z`;
}
