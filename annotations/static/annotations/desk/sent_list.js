// @ts-check
/** What is seen of a sending: how many files are here, and the first of them by name. */

import {h} from '../dom.js';

const SHOWN = 50;

/** @typedef {'waiting' | 'sending' | 'sent' | 'known'} State */
/** @typedef {{file: File, state: State}} Row */

/** @param {Row[]} rows */
export const done = (rows) => rows.filter(({state}) => state === 'sent' || state === 'known').length;

/** @param {HTMLElement} form @param {Row[]} rows @param {ReturnType<typeof import('../strings.js').translator>} t */
export function draw(form, rows, t) {
  const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (form.querySelector(selector));
  part('.under-way').hidden = false;
  part('.said').textContent = t('sending', {sent: done(rows), total: rows.length});
  const order = [...rows].sort((a, b) => Number(b.state === 'sending') - Number(a.state === 'sending'));
  const shown = order.slice(0, SHOWN).map((row) => line(row, t));
  if (rows.length > SHOWN) shown.push(h('li', {class: 'muted'}, t('more', {n: rows.length - SHOWN})));
  part('.sent-files').replaceChildren(...shown);
}

/** @param {Row} row @param {ReturnType<typeof import('../strings.js').translator>} t @returns {HTMLElement} */
function line({file, state}, t) {
  const badge = state === 'sent' ? 'badge ok' : 'badge';
  return h('li', {}, h('span', {class: 'grow', dir: 'auto'}, file.name), h('span', {class: badge}, t(`state_${state}`)));
}

/** @param {number} bytes @param {string} language */
export function inUnits(bytes, language) {
  const [unit, by] = bytes < 1024 * 1024 ? ['kilobyte', 1024] : ['megabyte', 1024 * 1024];
  return new Intl.NumberFormat(language, {style: 'unit', unit: String(unit), maximumFractionDigits: 1}).format(bytes / Number(by));
}
