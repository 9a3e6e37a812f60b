// @ts-check
/** All that the codebook says about a theme. */
import { h } from '../dom.js';
import { openDialog } from './dialog.js';

/**
 * @param {Session} session
 * @param {() => void} focusText
 */
export function openDefinition(session, focusText) {
  const { codebook, t } = session;
  let key = session.chosen?.body.theme ?? session.view.armed ?? codebook.top[0]?.key;
  if (!key) return;
  const page = h('div', { class: 'definition', 'aria-live': 'polite' });
  const row = h('div', { class: 'chips', role: 'group', 'aria-label': t('themes') });

  const draw = () => {
    const top = codebook.topOf(key);
    const shown = [...codebook.top, ...codebook.children(top.key).map(({ theme }) => theme)];
    const focused = document.activeElement?.getAttribute('data-key');
    row.replaceChildren(...shown.map((theme) => h('button', { type: 'button', class: `chip t${theme.colour}${theme.parent ? ' child' : ''}`, 'data-key': theme.key, 'aria-pressed': String(theme.key === key), onclick: () => {
      key = theme.key;
      draw();
    } }, h('span', { class: 'code2', 'aria-hidden': 'true' }, theme.code), theme.name)));
    if (focused) /** @type {HTMLElement | null} */ (row.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus();
    page.replaceChildren(...about(key));
  };

  /** @param {string} of @param {Example} one */
  const example = (of, { text, lang, stance: key, why }) => {
    const stance = codebook.stance(key ?? null);
    return h('li', {}, h('q', { lang }, text), stance || why ? h('small', {}, stance ? h('b', {}, `${stance.glyph} ${codebook.stanceLabel(of, stance)}`) : null, stance && why ? ' · ' : '', why ?? '') : null);
  };

  /** @param {string} of @returns {Node[]} */
  const about = (of) => {
    const theme = codebook.theme(of);
    const text = (/** @type {string} */ title, /** @type {string} */ words) => (words ? [h('h4', {}, t(title)), h('p', {}, words)] : []);
    const list = (/** @type {string} */ title, /** @type {Example[]} */ all) => (all.length ? [h('h4', {}, t(title)), h('ul', { class: 'examples' }, ...all.map((one) => example(of, one)))] : []);
    const labels = codebook.stances.map((stance) => h('li', {}, h('kbd', {}, stance.hotkey.toUpperCase()), h('span', { class: 'glyph', 'aria-hidden': 'true' }, stance.glyph), codebook.stanceLabel(of, stance)));
    return [
      h('h3', { class: `t${theme.colour}` }, h('span', { class: 'code2', 'aria-hidden': 'true' }, theme.code), ' ', theme.name),
      ...text('definition', theme.definition), ...text('include', theme.include), ...text('exclude', theme.exclude),
      ...list('examples', theme.examples), ...list('counter_examples', theme.counter_examples),
      ...text('proposition', codebook.proposition(of)), h('h4', {}, t('stance')), h('ul', { class: 'labels' }, ...labels),
    ];
  };

  draw();
  openDialog(t('codebook'), { kind: 'wide', body: [row, page], closeLabel: t('close'), onclose: focusText });
  /** @type {HTMLElement | null} */ (row.querySelector('[aria-pressed=true]'))?.focus();
}
