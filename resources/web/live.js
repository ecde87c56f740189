// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of the fleet, kept true by the server's stream: the whole state first, then what changes.

/** Longer than the server's 15 s between signs of life: then the connection is dead, whatever the browser believes. */
const silence = 40_000;
const retry = 3_000;
const keptEvents = 200;

export class Live {
    /** `changed` is called after every change. */
    constructor(changed) {
        this.changed = changed;
        this.isLinked = false; // the stream is open
        this.known = false; // the server has read Redis once
        this.live = false; // what is here was true at the last message
        this.staleSince = 0;
        this.lastHeard = 0; // by this machine's clock
        this.offset = 0; // server's clock minus ours
        this.title = document.title;
        this.version = '';
        this.totals = {};
        this.problems = [];
        this.maintenance = {};
        this.servers = new Map();
        this.paas = new Map();
        this.events = [];
        this.touched = new Set(); // servers that the last message told of
    }

    /** ms by the server's clock. */
    now() {
        return Date.now() + this.offset;
    }

    isCurrent() {
        return this.isLinked && this.live;
    }

    open() {
        this.source?.close();
        this.source = new EventSource('/api/v1/stream');
        this.source.addEventListener('state', message => this.take(message, data => this.replace(data)));
        this.source.addEventListener('change', message => this.take(message, data => this.apply(data)));
        this.source.addEventListener('tick', message => this.take(message, () => {}));
        this.source.addEventListener('error', () => this.lose());
        clearInterval(this.watch);
        this.watch = setInterval(() => {
            if (this.lastHeard && Date.now() - this.lastHeard > silence)
                this.lose();
        }, 1000);
    }

    lose() {
        this.source.close(); // the browser's own retry gives up for good after some answers
        this.isLinked = false;
        clearInterval(this.watch);
        clearTimeout(this.again);
        this.again = setTimeout(() => this.open(), retry * (0.7 + 0.6 * Math.random()));
        this.changed();
    }

    take(message, act) {
        let data;
        try {
            data = JSON.parse(message.data);
        } catch {
            return this.lose();
        }
        this.isLinked = true;
        this.lastHeard = Date.now();
        this.offset = data.now - this.lastHeard;
        this.touched = new Set();
        act(data);
        this.changed();
    }

    replace(data) {
        this.title = data.title;
        this.version = data.version;
        this.known = data.known;
        this.servers = new Map(data.servers.map(server => [server.ip, server]));
        this.paas = new Map(data.paas.map(tree => [tree.id, tree]));
        this.events = data.events;
        this.touched = new Set(this.servers.keys());
        this.overlay(data);
    }

    apply(data) {
        for (const server of data.servers) {
            this.servers.set(server.ip, server);
            this.touched.add(server.ip);
        }
        for (const ip of data.removed)
            this.servers.delete(ip);
        for (const [ip, workload] of Object.entries(data.workloads ?? {})) {
            const server = this.servers.get(ip);
            if (server)
                server.workload = { ...server.workload, ...workload };
            this.touched.add(ip);
        }
        if (data.paas_ids) {
            for (const tree of data.paas)
                this.paas.set(tree.id, tree);
            this.paas = new Map(data.paas_ids.filter(id => this.paas.has(id)).map(id => [id, this.paas.get(id)]));
        }
        if (data.events)
            this.addEvents(data.events);
        this.overlay(data);
    }

    addEvents(events) {
        const ids = new Set(events.map(event => event.id));
        this.events = [...events, ...this.events.filter(event => !ids.has(event.id))].slice(0, keptEvents);
    }

    overlay(data) {
        this.live = data.live;
        this.staleSince = data.stale_since ?? 0;
        this.totals = data.totals ?? this.totals;
        this.problems = data.problems ?? this.problems;
        this.maintenance = data.maintenance ?? this.maintenance;
    }
}
