// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Elements from plain calls, and patching what stands in place: focus, selection and scrolling survive.
// Everything that comes from outside becomes a text node or an attribute here, never markup.

const svgNamespace = 'http://www.w3.org/2000/svg';
/** Characters that would hide or turn round what stands beside them: control, zero width, bidirectional. */
const deceiving = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const svgTags = new Set(['svg', 'use', 'rect', 'path', 'polyline']);

/** h('li.event', { id: 'x' }, 'text', child, …): false, null and undefined children and attributes are left out. */
export function h(selector, attributes, ...children) {
    const [tag, ...classes] = selector.split('.');
    const element = svgTags.has(tag) ? document.createElementNS(svgNamespace, tag) : document.createElement(tag);
    if (classes.length)
        element.setAttribute('class', classes.join(' '));
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (value === true)
            element.setAttribute(name, '');
        else if (value !== false && value !== null && value !== undefined)
            element.setAttribute(name, String(value));
    }
    for (const child of children.flat(Infinity)) {
        if (child !== false && child !== null && child !== undefined)
            element.append(typeof child === 'string' ? child.replace(deceiving, '\ufffd') : child);
    }
    return element;
}

/** Makes `from` equal to `to`. Children with the same data-key keep their element, wherever it moves. */
export function morph(from, to) {
    for (const { name } of [...from.attributes]) {
        if (!to.hasAttribute(name))
            from.removeAttribute(name);
    }
    for (const { name, value } of to.attributes) {
        if (from.getAttribute(name) !== value)
            from.setAttribute(name, value);
    }
    morphChildren(from, to);
}

function morphChildren(from, to) {
    const keyed = new Map();
    for (const child of from.children) {
        if (child.dataset?.key)
            keyed.set(child.dataset.key, child);
    }
    let at = from.firstChild;
    for (const wanted of [...to.childNodes]) {
        const match = partner(at, wanted, keyed);
        if (!match) {
            from.insertBefore(wanted, at);
            continue;
        }
        if (match === at)
            at = at.nextSibling;
        else
            from.insertBefore(match, at);
        if (match.nodeType === Node.TEXT_NODE) {
            if (match.data !== wanted.data)
                match.data = wanted.data;
        } else {
            morph(match, wanted);
        }
    }
    while (at) {
        const next = at.nextSibling;
        at.remove();
        at = next;
    }
}

function partner(at, wanted, keyed) {
    const key = wanted.dataset?.key;
    if (key)
        return keyed.get(key);
    return at && !at.dataset?.key && at.nodeName === wanted.nodeName ? at : null;
}
