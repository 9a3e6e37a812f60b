// @ts-check
/** Find a theme by its name, and apply it, without leaving the keys. */
import { h } from '../dom.js';
import { tag } from '../app/verbs.js';
import { openDialog } from './dialog.js';

/**
 * @param {Session} session
 * @param {() => void} focusText
 */
export function openSearch(session, focusText) {
  const { codebook, t } = session;
  let found = codebook.search('');
  let at = 0;
  const list = h('ul', { id: 'found', role: 'listbox', class: 'found', 'aria-label': t('search_results') });
  const input = h('input', { type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'found', 'aria-label': t('search_title'), autocomplete: 'off', placeholder: t('search_hint') });
  const pick = (/** @type {string} */ key) => {
    dialog.close();
    tag(session, key);
  };
  const draw = () => {
    list.replaceChildren(...found.map((theme, i) => h('li', { id: `found-${i}`, role: 'option', class: `t${theme.colour}${theme.parent ? ' child' : ''}`, 'aria-selected': String(i === at), onclick: () => pick(theme.key) },
      h('span', { class: 'code2', 'aria-hidden': 'true' }, theme.code), h('span', {}, theme.name, theme.parent ? h('small', {}, ` ${codebook.theme(theme.parent).name}`) : null))),
    ...(found.length ? [] : [h('li', { class: 'muted' }, t('search_none'))]));
    input.setAttribute('aria-activedescendant', found.length ? `found-${at}` : '');
    list.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  };
  input.addEventListener('input', () => {
    found = codebook.search(input.value);
    at = 0;
    draw();
  });
  input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && found[at]) pick(found[at].key);
    else if (event.key === 'ArrowDown') at = Math.min(at + 1, found.length - 1);
    else if (event.key === 'ArrowUp') at = Math.max(at - 1, 0);
    else return;
    event.preventDefault();
    draw();
  });
  const dialog = openDialog(t('search_title'), { kind: 'search', body: [input, list], closeLabel: t('close'), onclose: focusText });
  draw();
  input.focus();
}
