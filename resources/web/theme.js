// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs before the first paint: what the address says about theme, language and wall view.
'use strict';
{
    const wanted = new URLSearchParams(location.search);
    const root = document.documentElement;
    const theme = wanted.get('theme');
    if (theme === 'light' || theme === 'dark')
        root.dataset.theme = theme;
    else if (wanted.has('wall'))
        root.dataset.theme = 'dark';
    if (wanted.has('wall'))
        root.classList.add('wall');
    root.lang = /^zh\b/i.test(wanted.get('lang') ?? navigator.language) ? 'zh-CN' : 'en';
}
