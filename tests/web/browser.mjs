// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the page share: programs that are stopped at the end, a browser, a place for pictures.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** The build folder; ctest gives it. */
export const build = process.env.TREEWARDEN_BUILD;
assert.ok(build, 'TREEWARDEN_BUILD must name the build folder');

export const pictures = join(build, 'screenshots');
mkdirSync(pictures, { recursive: true });

const endings = [];

/** Runs `test`, then stops everything that was started, whatever happened. */
export async function run(test) {
    try {
        await test();
    } finally {
        for (const end of endings.reverse())
            await end();
    }
}

export function atEnd(action) {
    endings.push(action);
}

export function temporaryFolder() {
    const folder = mkdtempSync(join(tmpdir(), 'tw-web-'));
    atEnd(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
}

/** A program; `stop(signal)` resolves to its exit code. */
export function start(program, words, options = {}) {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let log = '';
    child.stdout.on('data', text => { log += text; });
    child.stderr.on('data', text => { log += text; });
    const ended = new Promise(resolve => child.on('exit', (code, signal) => resolve(code ?? signal)));
    const stop = async (signal = 'SIGTERM') => {
        if (child.exitCode === null && child.signalCode === null)
            child.kill(signal);
        return ended;
    };
    atEnd(() => stop('SIGKILL'));
    return { child, ended, stop, log: () => log };
}

/** Calls `check` until it gives something true. */
export async function until(what, check, seconds = 20) {
    const end = Date.now() + seconds * 1000;
    let last;
    while (Date.now() < end) {
        try {
            last = await check();
            if (last)
                return last;
        } catch (error) {
            last = error;
        }
        await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error(`${what}: not within ${seconds} s; last: ${last}`);
}

/** Starts a program that prints its address first. */
export async function startSite(program, words) {
    const site = start(join(build, program), words);
    site.url = await until(`${program} prints its address`, () => /^http:\S+$/m.exec(site.log())?.[0]);
    return site;
}

export function demoPage(kind) {
    return startSite('tests/demo-page', [kind]);
}

export async function startRedis(folder, options = []) {
    const socket = join(folder, 'r.sock');
    const redis = start('redis-server', ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder, ...options]);
    redis.socket = socket;
    redis.url = `unix://${socket}`;
    redis.call = (...words) => execFileSync('redis-cli', ['-s', socket, ...words.map(String)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    await until('redis-server answers', () => redis.call('ping') === 'PONG');
    return redis;
}

export async function startBrowser() {
    const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
    });
    atEnd(() => browser.close());
    return browser;
}

/** A page that fails the test with everything that it complains about. `errors` may be emptied by who expects some. */
export async function openPage(browser, url, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    page.errors = [];
    page.on('pageerror', error => page.errors.push(String(error)));
    page.on('console', message => message.type() === 'error' && page.errors.push(message.text()));
    await page.goto(url);
    return page;
}

/** What axe-core finds against WCAG 2 A and AA, as lines. */
export async function accessibilityProblems(page) {
    await page.evaluate(axeSource);
    const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }));
    return result.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
}
