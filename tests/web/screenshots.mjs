// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Every state of the page in every dress: it must draw without a complaint, fit its window and pass axe-core.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { accessibilityProblems, demoPage, openPage, pictures, run, startBrowser } from './browser.mjs';

const kinds = ['problems', 'normal', 'empty', 'stale'];
const windows = {
    desktop: { viewport: { width: 1440, height: 900 } },
    phone: { viewport: { width: 390, height: 844 } },
    wall: { viewport: { width: 1920, height: 1080 } },
};

async function draw(browser, site, kind, theme, lang, size) {
    const name = `web-${size}-${kind}-${lang}-${theme}`;
    const page = await openPage(browser, `${site.url}?theme=${theme}&lang=${lang}${size === 'wall' ? '&wall' : ''}`, windows[size]);
    await page.locator('.live').filter({ hasText: /Live|Stale|实时|过期/ }).waitFor();
    assert.equal(await page.getAttribute('html', 'lang'), lang === 'zh' ? 'zh-CN' : 'en', name);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const shift = size === 'wall' ? 2 : 0; // the wall moves against burn-in
    assert.ok(overflow <= shift, `${name} is ${overflow} pixels too wide`);
    if (size === 'wall') {
        const clipped = await page.evaluate(() => [...document.querySelectorAll('.page > *, .hero *')].filter(one => one.getBoundingClientRect().bottom > innerHeight + 3).length);
        assert.equal(clipped, 0, `${name}: something is below the screen`);
    }
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    assert.deepEqual(await accessibilityProblems(page), [], name);
    assert.deepEqual(page.errors, [], name);
    await page.context().close();
}

async function drawViews(browser, site) {
    for (const [view, hash] of [['servers', '#/servers'], ['server', '#/servers/10.207.26.233'], ['tree', '#/tree'], ['events', '#/events']]) {
        for (const size of ['desktop', 'phone']) {
            for (const [lang, theme] of [['en', 'light'], ['zh', 'dark']]) {
                const name = `web-${size}-${view}-${lang}-${theme}`;
                const page = await openPage(browser, `${site.url}?theme=${theme}&lang=${lang}${hash}`, windows[size]);
                await page.locator('.live').filter({ hasText: /Live|实时/ }).waitFor();
                if (view === 'server')
                    await page.locator('.facts').first().waitFor();
                await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
                const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                assert.ok(overflow <= 0, `${name} is ${overflow} pixels too wide`);
                assert.deepEqual(await accessibilityProblems(page), [], name);
                assert.deepEqual(page.errors, [], name);
                await page.context().close();
            }
        }
    }
}

await run(async () => {
    const browser = await startBrowser();
    for (const kind of kinds) {
        const site = await demoPage(kind);
        for (const theme of ['light', 'dark']) {
            for (const lang of ['en', 'zh'])
                await Promise.all(Object.keys(windows).map(size => draw(browser, site, kind, theme, lang, size)));
        }
        if (kind === 'problems')
            await drawViews(browser, site);
    }
});
