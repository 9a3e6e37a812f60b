// @ts-check
/** The bar for finding words in the article. Its hits have a highlight of their own. */
import { h, icon, ICONS } from '../dom.js';
import { goTo, reveal } from '../app/places.js';
import { findAll, folded } from '../text/finding.js';
import { wholeCharacters } from '../text/selection.js';
import { firstIndex } from '../text/textmap.js';

const PAINTED = 500;

/**
 * @param {Session} session @param {HTMLElement} root @param {() => void} focusText
 * @returns {{open: () => void, go: (by: 1 | -1) => void, words: () => string}}
 */
export function finder(session, root, focusText) {
  const { t, sheet } = session;
  const { points } = sheet.map;
  /** @type {import('../text/finding.js').Folded | null} */
  let where = null;
  /** @type {Span[]} */
  let hits = [];
  let at = -1;

  const input = h('input', { type: 'text', id: 'find-words', 'aria-label': t('find_title'), placeholder: t('find_title'), autocomplete: 'off', spellcheck: 'false', maxlength: 200 });
  const count = h('span', { class: 'count', role: 'status' });
  const button = (/** @type {string} */ key, /** @type {string} */ sign, /** @type {() => void} */ act) => h('button', { type: 'button', class: 'btn small quiet', 'aria-label': t(key), title: t(key), onclick: act }, sign);
  root.append(input, count, button('find_previous', '↑', () => go(-1)), button('find_next', '↓', () => go(1)),
    h('button', { type: 'button', class: 'close', 'aria-label': t('close'), onclick: () => close() }, icon(ICONS.cross)));

  const look = () => {
    where ??= folded(points.text);
    hits = findAll(where, input.value);
    const here = session.view.cursor?.start ?? 0;
    at = hits.length ? Math.min(firstIndex(hits.length, (i) => hits[i].start >= here), hits.length - 1) : -1;
    show();
  };

  const show = () => {
    count.textContent = input.value.trim() ? (hits.length ? t('find_count', { at: at + 1, total: hits.length }) : t('find_none')) : '';
    paint();
    if (at >= 0) {
      sheet.folds.open(hits[at]);
      reveal(session, hits[at]);
    }
  };

  /** A place found may be part of what people see as one character. @param {Span} hit */
  const whole = (hit) => wholeCharacters(sheet.map, hit, session.languageOf(hit)) ?? hit;

  const paint = () => {
    if (!('highlights' in CSS)) return;
    const first = Math.max(0, at - PAINTED / 2);
    const set = (/** @type {string} */ name, /** @type {Span[]} */ spans, /** @type {number} */ priority) => {
      const layer = new Highlight(...spans.map((span) => sheet.map.staticRange(span)));
      layer.priority = priority;
      CSS.highlights.set(name, layer);
    };
    set('found', hits.slice(first, first + PAINTED), 4);
    set('found-here', at < 0 ? [] : [hits[at]], 5);
  };

  const go = (/** @type {1 | -1} */ by) => {
    if (root.hidden && !input.value) return open();
    if (!hits.length) return session.announce(t('find_none'));
    at = (at + by + hits.length) % hits.length;
    goTo(session, whole(hits[at]));
    show();
    session.announce(`${t('find_count', { at: at + 1, total: hits.length })}: ${session.slice(session.passagesOf(hits[at])[0] ?? hits[at])}`);
  };

  const open = () => {
    root.hidden = false;
    input.focus();
    input.select();
    if (input.value) look();
  };

  const close = () => {
    root.hidden = true;
    const hit = hits[at];
    [hits, at] = [[], -1];
    paint();
    if (hit) goTo(session, whole(hit));
    focusText();
  };

  input.addEventListener('input', look);
  root.addEventListener('keydown', (event) => {
    if (event.isComposing || !['Enter', 'Escape'].includes(event.key) || (event.key === 'Enter' && event.target !== input)) return;
    event.preventDefault();
    if (event.key === 'Escape') return close();
    if (hits.length && !session.view.cursor) at -= event.shiftKey ? 0 : 1;
    const by = event.shiftKey ? -1 : 1;
    go(by);
  });
  return { open, go, words: () => input.value.trim() };
}
