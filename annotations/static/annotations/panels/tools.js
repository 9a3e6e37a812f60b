// @ts-check
/** The article before and after, and a menu of what is done now and then; each says its key. */
import { h } from '../dom.js';
import { caps } from '../dialogs/help.js';

const MENU = ['find', 'search-all', 'retrieve', 'comment', 'comments', 'flag', 'selection', 'fold', 'reading-view', 'original', 'undo', 'redo', 'submit-part', 'skip', 'document-previous', 'document-next', 'queue', 'preferences', 'help'];

/** @param {Session} session @param {{root: HTMLElement, keysOf: (verb: string) => string[], run: (verb: string) => void}} hands */
export function toolbar({ t }, { root, keysOf, run }) {
  const step = (/** @type {string} */ verb, /** @type {string} */ sign) => h('button', { type: 'button', class: 'btn quiet small step', 'aria-label': t(`do_${verb}`), title: t(`do_${verb}`), onclick: () => run(verb) }, sign);
  const list = h('div', { class: 'list-of-tools' });
  const menu = h('details', { class: 'menu tools' }, h('summary', { class: 'btn quiet small', 'aria-label': t('tools') }, h('span', {}, t('tools'))), list);
  menu.addEventListener('toggle', () => {
    if (!menu.open) return;
    list.replaceChildren(...MENU.map((verb) => h('button', { type: 'button', class: 'btn quiet small wide', onclick: () => {
      menu.open = false;
      run(verb);
    } }, h('span', { class: 'grow' }, t(verb === 'help' ? 'help_title' : `do_${verb}`)), ...keysOf(verb).slice(0, 1).flatMap((key) => caps(key, t)))));
  });
  document.addEventListener('click', (event) => {
    if (menu.open && !menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  });
  menu.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
  root.append(step('document-previous', '‹'), step('document-next', '›'), menu);
}
