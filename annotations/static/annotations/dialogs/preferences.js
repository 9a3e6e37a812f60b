// @ts-check
/** What a person may set for their hands. Each setting holds at once, and is kept with the person. */
import { h } from '../dom.js';
import { whyNot } from '../app/asking.js';
import { obeyFolding } from '../app/folding.js';
import { setPreference } from '../app/preferences.js';
import { MODES } from '../panels/selection.js';
import { openDialog } from './dialog.js';

/** @param {Session} session @param {{focusText: () => void, openHelp: () => void}} hands */
export function openPreferences(session, { focusText, openHelp }) {
  const { t, settings } = session;
  const state = h('p', { class: 'notice', role: 'status', hidden: true });
  const keep = async (/** @type {Partial<Preferences['settings']>} */ change) => {
    const answer = await setPreference(session, { settings: change });
    const kept = answer.status === 200;
    state.hidden = false;
    const waits = answer.status === 0 || answer.status === 401;
    state.className = `notice ${kept ? 'ok' : 'warn'}`;
    state.textContent = kept ? t('preferences_kept') : waits ? t('preferences_waiting') : `${t('preferences_here')} ${whyNot(answer, t)}`;
  };
  const check = (/** @type {'fold_boilerplate' | 'reading_view'} */ name, /** @type {() => void} */ obey = () => {}) => {
    const box = h('input', { type: 'checkbox', checked: settings[name], onchange: () => {
      void keep({ [name]: box.checked });
      obey();
    } });
    return h('label', { class: 'check' }, box, h('span', {}, t(`preference_${name}`)));
  };
  const modes = MODES.map((mode) => h('label', { class: 'check' },
    h('input', { type: 'radio', name: 'preferred-selection', value: mode, checked: settings.selection === mode, onchange: () => void keep({ selection: mode }) }),
    h('span', {}, t(`selection_${mode}`))));
  const keys = h('button', { type: 'button', class: 'btn', onclick: () => {
    dialog.close();
    openHelp();
  } }, t('help_title'));
  const dialog = openDialog(t('preferences_title'), {
    closeLabel: t('close'), onclose: focusText,
    body: [state, h('fieldset', { class: 'preferences' }, h('legend', {}, t('selection_label')), ...modes), check('fold_boilerplate', () => obeyFolding(session)), check('reading_view')],
    actions: [keys],
  });
  dialog.querySelector('input')?.focus();
}
