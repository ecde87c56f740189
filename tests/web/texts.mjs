// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The dictionary: both languages say everything, with the same blanks, and nothing is asked for that is not there.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bytes, duration, groups, reasons, setLanguage, t, texts } from '../../resources/web/text.js';

const folder = fileURLToPath(new URL('../../resources/web/', import.meta.url));
const blanks = text => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort().join();

for (const [key, [chinese, ...english]] of Object.entries(texts)) {
    assert.ok(chinese && english.length >= 1 && english.length <= 2, key);
    for (const text of english) {
        assert.equal(blanks(text), blanks(chinese), `${key} has other blanks in English`);
        assert.doesNotMatch(text, /[^\x20-\x7e]/, `${key}: English needs plain characters`);
    }
}
for (const [key, chinese] of [...Object.entries(groups), ...Object.entries(reasons)])
    assert.ok(key && chinese, key);

const used = new Set();
for (const file of readdirSync(folder).filter(name => name.endsWith('.js') && name !== 'text.js')) {
    const source = readFileSync(folder + file, 'utf8');
    for (const [, key] of source.matchAll(/\b(?:t|one)\('(\w+)'/g)) {
        assert.ok(key in texts, `${file} asks for ${key}`);
        used.add(key);
    }
    for (const [, key] of source.matchAll(/'(\w+)'/g))
        used.add(key);
    assert.doesNotMatch(source, /innerHTML|insertAdjacentHTML|document\.write|\beval\b/, `${file} makes markup from text`);
}
for (const [, key] of readFileSync(folder + 'text.js', 'utf8').matchAll(/\bt\('(\w+)'/g))
    used.add(key);
const states = ['alive', 'degraded', 'died', 'unknown', 'maintenance'];
assert.deepEqual(Object.keys(texts).filter(key => !used.has(key) && !states.includes(key)), [], 'texts that nobody shows');

setLanguage('en-GB');
assert.equal(t('problems', { n: 1 }), '1 problem');
assert.equal(t('problems', { n: 1200 }), '1,200 problems');
assert.equal(duration(11_900_000), '3 h 18 min');
assert.equal(duration(41 * 86_400_000), '41 d');
assert.equal(duration(-5), '0 s');
assert.equal(bytes(1536), '1.5 KiB');
assert.equal(bytes(0), '0 B');
setLanguage('zh-CN');
assert.equal(t('problems', { n: 3 }), '3 个问题');
assert.equal(duration(360_000), '6 分钟');
