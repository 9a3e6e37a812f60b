// @ts-check
/**
 * Zones from the keyboard: a cursor over the passages, a letter a zone. What a key settles is sent at
 * once to where the form is sent; what did not arrive waits and goes with the next.
 */

import { isTyping } from '../dom.js';

/** @typedef {{index: string, zone: string, confirmed: boolean}} Mark */

const form = /** @type {HTMLFormElement} */ (document.getElementById('zones'));
const state = /** @type {HTMLElement} */ (form.querySelector('.state'));
const keys = /** @type {HTMLElement} */ (form.querySelector('.keys'));
const rows = /** @type {HTMLElement[]} */ ([...form.querySelectorAll('tr[data-index]')]);
const zones = new Map([...keys.querySelectorAll('[data-key]')].map((each) => [each.getAttribute('data-key'), each.getAttribute('data-value') ?? '']));
/** @type {Map<string, Mark>} */
const waiting = new Map();
/** @type {Mark[][]} */
const done = [];
let sending = false;
let here = -1;

/** @param {HTMLElement} row */
const choice = (row) => /** @type {HTMLSelectElement} */ (row.querySelector('select'));

/** @param {HTMLElement} row  @returns {Mark} */
const marked = (row) => ({ index: row.dataset.index ?? '', zone: row.dataset.zone ?? '', confirmed: 'confirmed' in row.dataset });

/** @param {number} place */
function go(place) {
  here = Math.max(0, Math.min(rows.length - 1, place));
  rows[here]?.focus();
  rows[here]?.scrollIntoView({ block: 'nearest' });
}

/** @param {Mark} mark */
function draw({ index, zone, confirmed }) {
  const row = rows.find((each) => each.dataset.index === index);
  if (!row) return;
  row.dataset.zone = choice(row).value = zone;
  row.dataset.unsaved = '';
  row.toggleAttribute('data-confirmed', confirmed);
  const small = /** @type {HTMLElement} */ (row.querySelector('small'));
  small.querySelector('.badge')?.remove();
  if (confirmed) small.append(' ', Object.assign(document.createElement('span'), { className: 'badge ok', textContent: form.dataset.confirmed ?? '' }));
}

/** @param {Mark[]} marks */
function put(marks) {
  for (const mark of marks) {
    draw(mark);
    waiting.set(mark.index, mark);
  }
  void send();
}

/** @param {HTMLElement[]} changed @param {(row: HTMLElement) => string} zone */
function settle(changed, zone) {
  if (!changed.length) return;
  done.push(changed.map(marked));
  put(changed.map((row) => ({ index: row.dataset.index ?? '', zone: zone(row), confirmed: true })));
}

function undo() {
  const before = done.pop();
  if (!before) return;
  put(before);
  go(rows.findIndex((row) => row.dataset.index === before[0]?.index));
}

/** One kind at a time: what is confirmed, then what is a proposal again. @param {Mark[]} marks */
function body(marks) {
  const data = new FormData();
  data.append('csrfmiddlewaretoken', /** @type {HTMLInputElement} */ (form.querySelector('[name=csrfmiddlewaretoken]')).value);
  for (const { index, zone, confirmed } of marks) data.append(confirmed ? `zone-${index}` : 'take-back', confirmed ? zone : index);
  return data;
}

async function send() {
  if (sending) return;
  sending = true;
  let said = '';
  while (waiting.size) {
    const first = [...waiting.values()][0];
    const marks = [...waiting.values()].filter(({ confirmed }) => confirmed === first?.confirmed);
    state.textContent = form.dataset.saving ?? '';
    const answer = await fetch(location.pathname, { method: 'POST', body: body(marks), headers: { Accept: 'application/json' } }).catch(() => null);
    if (!answer?.ok || answer.redirected) {
      said = (!answer || answer.status >= 500 ? form.dataset.unsaved : form.dataset.refused) ?? '';
      break;
    }
    said = `${form.dataset.saved} ${form.dataset.left} ${(await answer.json()).unconfirmed}`;
    for (const mark of marks) {
      if (waiting.get(mark.index) !== mark) continue;
      waiting.delete(mark.index);
      rows.find((row) => row.dataset.index === mark.index)?.removeAttribute('data-unsaved');
    }
  }
  sending = false;
  state.textContent = said;
  state.classList.toggle('warn', waiting.size > 0);
}

/** @param {KeyboardEvent} event  @returns {boolean} whether the key was for us */
function pressed(event) {
  const all = event.ctrlKey || event.metaKey;
  const row = rows[here];
  if (event.key === 'Enter' && all) return settle(rows.filter((each) => !marked(each).confirmed), (each) => choice(each).value), true;
  if (all || event.altKey || event.shiftKey) return false;
  if (event.key === 'ArrowDown') return go(here + 1), true;
  if (event.key === 'ArrowUp') return go(here - 1), true;
  if (event.key === 'u') return undo(), true;
  const zone = zones.get(event.key);
  if (!row || (event.key !== 'Enter' && !zone)) return false;
  settle([row], (each) => zone ?? choice(each).value);
  return go(here + 1), true;
}

for (const row of rows) row.tabIndex = -1;
keys.hidden = false;
form.addEventListener('focusin', (event) => {
  const row = event.target instanceof Element ? event.target.closest('tr') : null;
  if (row) here = rows.indexOf(row);
});
document.addEventListener('keydown', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  // A button, a link and a list of zones keep their own keys.
  if (isTyping(event.target) || target?.closest('a, button, summary')) return;
  if (pressed(event)) event.preventDefault();
});
addEventListener('online', () => void send());
addEventListener('beforeunload', (event) => waiting.size && event.preventDefault());
