// @ts-check
/** Everything tagged in this article, in the order of the text. */
import { h, refill, reorder } from '../dom.js';
import { choose } from '../app/places.js';
import { nameOf, shorten } from '../margin/chips.js';
import { firstIndex } from '../text/textmap.js';

/** No more than so many lines at a time: those around the place where one is. */
const LINES = 120;

/**
 * @param {Session} session
 * @param {{list: HTMLElement, count: HTMLElement, focusText: () => void}} parts
 */
export function annotationList(session, { list, count, focusText }) {
  const { codebook, t } = session;
  /** Lines as they were drawn last, by annotation. @type {Map<string, {signature: string, element: HTMLElement}>} */
  let drawn = new Map();
  let seen = '';
  /** @type {Element | null} */
  let current = null;
  /** @type {Entry[]} */
  let lines = [];

  /** @param {Entry} entry @param {string} signature */
  const lineOf = (entry, signature) => {
    const { id, body } = entry;
    const theme = codebook.theme(body.theme);
    const stance = codebook.stance(body.stance);
    const element = h('li', {}, h('button', {
      type: 'button', class: `t${theme.colour}`, 'data-key': id, 'aria-label': nameOf(entry, session),
      onclick: (/** @type {MouseEvent} */ event) => {
        choose(session, id);
        if (event.detail) focusText();
      },
    }, h('span', { class: 'code2' }, theme.code), h('q', { dir: 'auto' }, shorten(body.quote, 60)), h('span', { class: `glyph${stance ? '' : ' open'}` }, stance?.glyph ?? '…')));
    return { signature, element };
  };

  list.addEventListener('keydown', (event) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const buttons = [...list.querySelectorAll('button')];
    if (!by || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    buttons[buttons.indexOf(/** @type {any} */ (document.activeElement)) + by]?.focus();
  });

  return () => {
    const { annotations, view } = session;
    const state = `${session.outbox.version} ${view.chosen}`;
    if (state === seen) return;
    seen = state;
    const words = t('annotations', { n: annotations.length });
    if (count.textContent !== words) count.textContent = words;
    const next = new Map();
    lines = around(annotations, view, lines);
    for (const entry of lines) {
      const signature = JSON.stringify([entry.body.theme, entry.body.stance, entry.body.holder, entry.body.quote]);
      const before = drawn.get(entry.id);
      next.set(entry.id, before?.signature === signature ? before : lineOf(entry, signature));
    }
    if (next.size) reorder(list, [...next.values()].map(({ element }) => element));
    else refill(list, [h('li', { class: 'none' }, t('list_empty'))]);
    drawn = next;
    const line = view.chosen ? next.get(view.chosen)?.element ?? null : null;
    if (current !== line) current?.firstElementChild?.removeAttribute('aria-current');
    line?.firstElementChild?.setAttribute('aria-current', 'true');
    current = line;
    // Only the list scrolls: scrollIntoView would move the panels around it as well.
    if (line) list.scrollTop = Math.min(Math.max(list.scrollTop, line.offsetTop + line.offsetHeight - list.clientHeight), line.offsetTop);
  };
}

/**
 * The lines stay as they are until the place comes near their end.
 * @param {Entry[]} annotations @param {{cursor: Span | null}} view @param {Entry[]} before
 */
function around(annotations, { cursor }, before) {
  if (annotations.length <= LINES) return annotations;
  const at = (/** @type {number} */ start) => firstIndex(annotations.length, (i) => annotations[i].body.start >= start);
  const here = at(cursor?.start ?? 0);
  const kept = before.length ? at(before[0].body.start) : -LINES;
  const near = here >= kept + (kept && LINES / 8) && here <= kept + LINES * 7 / 8;
  const first = near ? kept : Math.max(0, Math.min(here - LINES / 2, annotations.length - LINES));
  return annotations.slice(first, first + LINES);
}
