// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// End to end: a real agent, a real Redis, a process that is killed, and the red row in the page.

import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, openPage, pictures, run, start, startBrowser, startRedis, startSite, temporaryFolder } from './browser.mjs';

await run(async () => {
    const folder = temporaryFolder();
    const redis = await startRedis(folder);
    const program = join(folder, 'tw-victim');
    copyFileSync('/bin/sleep', program);
    let victim = start(program, ['600']);

    const check = { victim: { default: { alive: { probe: 'process', name: 'tw-victim' } } } };
    redis.call('HSET', 'server:config:127.0.0.1', 'services', JSON.stringify(check), 'version', 1);
    redis.call('HSETNX', 'servers:alive', '127.0.0.1', 0);
    const agent = start(join(build, 'bin/treewarden-agent'), ['--redis', redis.url, '--ip', '127.0.0.1'],
        { env: { ...process.env, STATE_DIRECTORY: folder } });
    const web = await startSite('bin/treewarden-web', ['--redis', redis.url, '--listen', '127.0.0.1:0']);
    const browser = await startBrowser();
    const page = await openPage(browser, web.url);
    const row = page.locator('tbody tr').first();

    await page.getByRole('heading', { name: 'All alive' }).waitFor();
    await row.getByText('alive', { exact: true }).waitFor();
    await row.getByText(/^\d/).first().waitFor(); // its load

    await victim.stop('SIGKILL');
    await page.locator('.problem').getByText('victim on').waitFor();
    await row.locator('.state.degraded').waitFor();
    await page.locator('.event').first().getByText(/^victim on .* died/).waitFor();
    await page.screenshot({ path: join(pictures, 'web-agent-died.png') });

    victim = start(program, ['600']);
    await page.getByRole('heading', { name: 'All alive' }).waitFor();

    assert.equal(await agent.stop(), 0, agent.log());
    await page.locator('.problem').getByText(/^Server .* died$/).waitFor();
    await row.locator('.state.died').waitFor();
    assert.deepEqual(page.errors, []);
});
