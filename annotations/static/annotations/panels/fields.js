// @ts-check
/** The choices of the inspector: radio groups that show their keys. */
import { h } from '../dom.js';
import { chordOf, revise, setStance } from '../app/verbs.js';

/** Labels longer than this stand in lines of their own. */
const SHORT = 9;

/**
 * @param {string} group
 * @param {{value: string, label: string, glyph?: string, key?: string, checked: boolean}} option
 * @param {{fixed: boolean, pick: (value: string) => void, focusText: () => void}} hands
 */
function radio(group, { value, label, glyph, key, checked }, { fixed, pick, focusText }) {
  return h('label', {},
    h('input', {
      type: 'radio', name: group, value, checked, disabled: fixed, 'data-key': `${group}-${value}`,
      onchange: () => pick(value),
      // A mouse click on a radio would leave the arrow keys with it.
      onclick: (/** @type {MouseEvent} */ event) => event.detail && focusText(),
    }),
    h('b', { 'aria-hidden': 'true' }, glyph ?? ''), h('span', {}, label), key ? h('kbd', { 'aria-hidden': 'true' }, key.toUpperCase()) : null);
}

/** @param {Session} session @param {Coding} body @param {{element: HTMLElement, fixed: boolean, focusText: () => void}} options */
export function stances(session, body, { element, fixed, focusText }) {
  const { codebook } = session;
  const options = codebook.stances.map((stance) => ({
    value: stance.key, label: codebook.stanceLabel(body.theme, stance), glyph: stance.glyph, key: stance.hotkey, checked: body.stance === stance.key,
  }));
  element.classList.toggle('tall', options.some(({ label }) => label.length > SHORT) || options.length > 5);
  const other = Boolean(body.holder && body.holder.kind !== 'author');
  return options.map((option) => radio('stance', option, { fixed, focusText, pick: (value) => setStance(session, value, other) }));
}

/** @param {Session} session @param {Coding} body @param {{fixed: boolean, focusText: () => void}} hands */
export function voices(session, body, hands) {
  const { page, t } = session;
  return page.holders.map((kind) => radio('voice', { value: kind, label: t(`holder_${kind}`), checked: body.holder?.kind === kind }, {
    ...hands,
    pick: (value) => revise(session, { holder: { kind: value, name: value === 'author' || value === 'unnamed' ? '' : session.chosen?.body.holder?.name ?? '' } }),
  }));
}

/** @param {Session} session @param {Coding} body @param {{fixed: boolean, focusText: () => void}} hands */
export function certainties(session, body, hands) {
  return [1, 2, 3].map((value) => radio('certainty', { value: String(value), label: session.t(`certainty_${value}`), checked: body.certainty === value }, {
    ...hands,
    pick: (picked) => revise(session, { certainty: Number(picked) }),
  }));
}

/** @param {Session} session @param {Coding} body @param {boolean} fixed */
export function subthemes(session, body, fixed) {
  const { codebook, view } = session;
  const top = codebook.topOf(body.theme);
  const children = codebook.children(top.key);
  if (!children.length || fixed) return [];
  const open = view.chord === top.key;
  const own = codebook.theme(body.theme);
  if (!open) {
    const label = own.parent ? session.t('subtheme_change') : session.t('subtheme_pick', { n: children.length });
    return [h('button', { type: 'button', class: 'link small', 'data-key': 'chord', onclick: () => chordOf(session, top.key) }, label, ' ', h('kbd', {}, top.hotkey.toUpperCase()))];
  }
  return children.map(({ theme, letter }) => h('button', {
    type: 'button', class: `chip t${theme.colour}`, 'data-key': theme.key, 'aria-pressed': String(theme.key === body.theme), onclick: () => revise(session, { theme: theme.key === body.theme ? top.key : theme.key }),
  }, h('kbd', {}, letter.toUpperCase()), theme.name));
}
