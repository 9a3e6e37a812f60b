// @ts-check
/** Names offered for another voice: one tap each, or the stance's key with Shift once more. */
import { h } from '../dom.js';
import { offeredVoices } from '../app/voices.js';
import { revise } from '../app/verbs.js';

/** More would be a list to read. */
const CHIPS = 3;

/** @param {Session} session @param {Coding} body @param {{fixed: boolean, focusText: () => void}} hands */
export function offers(session, { holder, start, end }, { fixed, focusText }) {
  if (fixed || !holder) return [];
  return offeredVoices(session, { start, end }).slice(0, CHIPS).map((name) => h('button', {
    type: 'button', class: 'chip plain', 'data-key': `offer-${name}`, 'aria-pressed': String(name === holder.name),
    onclick: (/** @type {MouseEvent} */ event) => {
      revise(session, { holder: { ...holder, name: name === holder.name ? '' : name } });
      if (event.detail) focusText();
    },
  }, h('bdi', {}, name)));
}
