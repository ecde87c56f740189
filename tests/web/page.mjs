// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The page over a real Redis: what visitors see while things die, come back, and go away altogether.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openPage, pictures, run, startBrowser, startRedis, startSite, temporaryFolder, until } from './browser.mjs';
import { addServer, tellService } from './fleet.mjs';

const hostile = '<img src=x onerror=alert(1)>';
const turned = 'web\u202e10-nim';

function fill(redis) {
    addServer(redis, '10.0.0.7', 'web-01', ['nginx:80', 'ssh:default']);
    addServer(redis, '10.0.0.8', 'db-01', ['mysql:3306', 'ssh:default']);
    addServer(redis, '10.0.0.9', hostile);
    addServer(redis, '10.0.0.10', turned);
    redis.call('SET', 'paas:dev', JSON.stringify({ id: 'dev', title: 'Intranet', version: 1, roles: [
        { role: 'nginx', group: 'Web server', title: 'Nginx', needs: ['mysql'], instances: [{ ip: '10.0.0.7', instance: '80' }] },
        { role: 'mysql', group: 'Data', title: 'MySQL', instances: [{ ip: '10.0.0.8', instance: '3306' }] }] }));
    redis.call('SADD', 'paas:list', 'dev');
}

const row = (page, name) => page.locator('tbody tr').filter({ hasText: name });
const badge = (page, text) => page.locator('.live').filter({ hasText: text }).waitFor();

async function showsADeathAndALifeAtOnce(page, redis) {
    await badge(page, 'Live');
    await page.getByRole('heading', { name: 'All alive' }).waitFor();
    assert.match(await page.getAttribute('link[rel=icon]', 'href'), /favicon-alive\.svg$/);
    tellService(redis, '10.0.0.8', 'mysql:3306', 0, 'no process mysqld is running');
    await page.getByRole('heading', { name: '1 problem' }).waitFor();
    await page.locator('.problem').getByText('mysql on db-01 died').waitFor();
    await page.locator('.problem').getByText('No process mysqld is running.').waitFor();
    await row(page, 'db-01').getByText('degraded').waitFor();
    assert.equal(await row(page, 'db-01').locator('td').last().textContent(), '1 / 2');
    await page.locator('.platform.died').getByText('Intranet').waitFor();
    await page.locator('.event').first().getByText('mysql on db-01 died').waitFor();
    await until('the title counts', async () => await page.title() === '(1) Treewarden');
    assert.match(await page.getAttribute('link[rel=icon]', 'href'), /favicon-died\.svg$/);

    tellService(redis, '10.0.0.8', 'mysql:3306', 1);
    await page.getByRole('heading', { name: 'All alive' }).waitFor();
    await until('the title is calm', async () => await page.title() === 'Treewarden');
}

async function showsHostileNamesAsText(page) {
    await row(page, hostile).waitFor();
    await row(page, 'web\ufffd10-nim').waitFor();
    assert.equal(await page.locator('main img').count(), 0);
}

async function isUsedWithTheKeyboard(page) {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    await page.getByRole('link', { name: 'Servers', exact: true }).focus();
    await page.keyboard.press('Enter');
    const field = page.getByRole('searchbox', { name: 'Find a server' });
    await field.focus();
    await page.keyboard.type('db-0');
    await until('the filter leaves one row', async () => await page.locator('tbody tr').count() === 1);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'find', 'typing keeps the focus');
    await page.keyboard.type('zzz');
    await page.getByText('No server matches "db-0zzz".').waitFor();
    await field.fill('');
    await row(page, 'db-01').getByRole('link').press('Enter');
    await page.getByRole('heading', { level: 1, name: 'db-01' }).waitFor();
    await page.getByText('Debian GNU/Linux 12').waitFor();
    await page.getByRole('button', { name: '7d', exact: true }).press('Enter');
    await page.getByRole('button', { name: '7d', pressed: true }).waitFor();
    await page.locator('.history').getByText('Reading ...').waitFor({ state: 'detached' });
    await page.locator('tbody tr').filter({ hasText: 'mysql' }).getByText('alive').waitFor();
    await page.getByRole('link', { name: 'Tree', exact: true }).press('Enter');
    await page.locator('.role').filter({ hasText: 'MySQL' }).getByRole('link', { name: 'db-01' }).waitFor();
    await page.getByText('needs MySQL').waitFor();
    await page.getByRole('link', { name: 'Events', exact: true }).press('Enter');
    await page.locator('.event').filter({ hasText: 'mysql on db-01 alive after' }).waitFor();
    await page.getByRole('link', { name: 'Overview', exact: true }).press('Enter');
}

async function fadesWhileRedisIsAwayAndRecovers(page, redis, folder) {
    await redis.stop('SIGKILL');
    await badge(page, 'Stale');
    await page.getByRole('alert').getByText('Redis has not answered since').waitFor();
    await row(page, 'db-01').waitFor();
    const stale = await page.evaluate(() => getComputedStyle(document.querySelector('.hero h1')).color);
    assert.equal(stale, 'rgb(94, 105, 119)', 'the headline has lost its colour');
    await page.screenshot({ path: join(pictures, 'web-redis-away.png') });
    const again = await startRedis(folder);
    fill(again);
    await badge(page, 'Live');
    await page.getByRole('alert').waitFor({ state: 'detached' });
    return again;
}

async function fadesWhileItsServerIsAwayAndRecovers(page, web, redis) {
    assert.equal(await web.stop(), 0, 'SIGTERM with open streams ends with 0');
    await badge(page, 'Stale');
    await page.getByRole('alert').getByText('The connection is lost; trying again.').waitFor();
    const again = await startSite('bin/treewarden-web', ['--redis', redis.url, '--listen', new URL(web.url).host]);
    await badge(page, 'Live');
    return again;
}

async function saysWhatItNeedsWithoutScript(browser, url) {
    const page = await openPage(browser, url, { javaScriptEnabled: false });
    await page.locator('.noscript').waitFor();
    assert.equal(await page.locator('.noscript a').first().getAttribute('href'), '/api/v1/fleet');
}

async function startsWithoutRedis(browser, folder) {
    const web = await startSite('bin/treewarden-web', ['--redis', `unix://${folder}/r.sock`, '--listen', '127.0.0.1:0']);
    const health = await fetch(`${web.url}healthz`);
    assert.equal(health.status, 503);
    assert.equal((await fetch(`${web.url}api/v1/fleet`)).status, 503);
    const page = await openPage(browser, web.url);
    await page.getByRole('heading', { name: 'Waiting for Redis' }).waitFor();
    await badge(page, 'Stale');
    const redis = await startRedis(folder);
    await page.getByRole('heading', { name: 'No server yet' }).waitFor();
    await page.locator('code', { hasText: 'treewarden enrol IP' }).waitFor();
    await until('it is healthy', async () => (await (await fetch(`${web.url}healthz`)).text()) === 'ok\n');
    assert.deepEqual(page.errors, []);
    await page.context().close();
    await web.stop();
    await redis.stop();
}

await run(async () => {
    const browser = await startBrowser();
    await startsWithoutRedis(browser, temporaryFolder());

    const folder = temporaryFolder();
    let redis = await startRedis(folder);
    fill(redis);
    let web = await startSite('bin/treewarden-web', ['--redis', redis.url, '--listen', '127.0.0.1:0']);
    const page = await openPage(browser, web.url);
    await showsADeathAndALifeAtOnce(page, redis);
    await showsHostileNamesAsText(page);
    await isUsedWithTheKeyboard(page);
    redis = await fadesWhileRedisIsAwayAndRecovers(page, redis, folder);
    assert.deepEqual(page.errors, []);
    web = await fadesWhileItsServerIsAwayAndRecovers(page, web, redis);
    await saysWhatItNeedsWithoutScript(browser, web.url);
    assert.equal(await web.stop(), 0);
});
