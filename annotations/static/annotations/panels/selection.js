// @ts-check
/** How much a selection takes: exactly what was selected, whole words, whole sentences. */
import { h } from '../dom.js';
import { setPreference } from '../app/preferences.js';

/** @type {Preferences['settings']['selection'][]} */
export const MODES = ['exact', 'word', 'sentence'];

/** @param {Session} session @param {Preferences['settings']['selection']} mode */
function setMode(session, mode) {
  setPreference(session, { settings: { selection: mode } });
  session.announce(session.t(`selection_${mode}_said`));
}

/** @param {Session} session */
export function cycleSelection(session) {
  setMode(session, MODES[(MODES.indexOf(session.settings.selection) + 1) % MODES.length]);
}

/** @param {Session} session @param {HTMLElement} root @param {() => void} focusText */
export function selectionSwitch(session, root, focusText) {
  const radios = MODES.map((mode) => h('input', { type: 'radio', name: 'selection-mode', value: mode, onchange: () => setMode(session, mode), onclick: (/** @type {MouseEvent} */ event) => event.detail && focusText() }));
  root.append(h('span', { class: 'label', id: 'selection-label' }, session.t('selection_label')),
    h('div', { class: 'seg small', role: 'radiogroup', 'aria-labelledby': 'selection-label' }, ...radios.map((radio, i) => h('label', {}, radio, h('span', {}, session.t(`selection_${MODES[i]}`))))));
  const draw = () => {
    root.hidden = !session.editable;
    radios.forEach((radio, i) => (radio.checked = MODES[i] === session.settings.selection));
  };
  for (const target of [session, session.outbox]) target.addEventListener('change', draw);
  draw();
}
