// @ts-check
/** Another key for a command: pressed once, refused where it serves another, kept with the person. */
import { h } from '../dom.js';
import { whyNot } from '../app/asking.js';
import { preferencesOf, refusedKeys, setPreference } from '../app/preferences.js';
import { COMMANDS } from '../keys/commands.js';
import { nameOf, verbOf } from '../keys/keymap.js';

/** Keys that no command may have: they are the page's own, or the browser's. */
const TAKEN = new Set([
  ...['Tab', 'Shift+Tab', 'F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12', 'Shift+F10'],
  ...[...'acdfghjklnopqrstuvwx0123456789+-='].map((key) => `Mod+${key}`),
  ...[...'bcdhijkmnopqrtvwx'].map((key) => `Mod+Shift+${key}`),
]);
const PURE = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified']);
const NAMED = /^(Arrow(Up|Down|Left|Right)|Enter|Escape|Home|End|Page(Up|Down)|Insert|Delete|Backspace|F\d{1,2})$/;

/**
 * What an action is called here. @param {Session} session @param {string} verb
 */
export function wordsOf({ codebook, t }, verb) {
  const [kind, key] = verb.split(/:(.*)/su);
  if (kind === 'tag' || kind === 'retag') return codebook.theme(key ?? '').name;
  if (kind === 'stance') return codebook.stance(key)?.label ?? key;
  if (kind === 'voice') return t('voice_other', { stance: codebook.stance(key)?.label ?? key });
  return COMMANDS.some((one) => one.verb === verb) ? t(`do_${verb}`) : verb;
}

/**
 * @param {Session} session
 * @param {{keymap: () => Keymap, rebind: (keys: Preferences['keys']) => void, redraw: () => void}} hands
 */
export function keyEditor(session, { keymap, rebind, redraw }) {
  const { t } = session;
  const state = h('p', { class: 'notice key-state', role: 'status', hidden: true });
  /** @type {{verb: string, words: string} | null} */
  let waiting = null;

  const tell = (/** @type {string} */ words, /** @type {'' | 'ok' | 'bad'} */ tone = '') => {
    state.hidden = !words;
    state.className = `notice key-state ${tone}`;
    state.textContent = words;
  };

  const keep = async (/** @type {Preferences['keys']} */ keys, /** @type {string} */ done) => {
    rebind(keys);
    redraw();
    const answer = await setPreference(session, { keys });
    const waits = answer.status === 0 || answer.status === 401;
    if (!waits) rebind(preferencesOf(session).keys);
    redraw();
    if (answer.status === 200) tell(done, 'ok');
    else tell(waits ? t('preferences_waiting') : whyNot(answer, t), waits ? '' : 'bad');
  };

  const take = (/** @type {KeyboardEvent} */ event) => {
    if (!waiting || PURE.has(event.key) || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const { verb, words } = waiting;
    const name = nameOf(event);
    const bare = name.replace(/^(Mod\+)?(Shift\+)?/, '');
    if (name === 'Escape' && verb !== 'deselect') return stop(t('keys_kept', { words }));
    if (event.altKey || TAKEN.has(name) || !(bare.length === 1 && bare !== ' ' || NAMED.test(bare))) return tell(t('keys_impossible'), 'bad');
    const other = keymap().bindings.get(name);
    const owner = other && (other.verb === 'retag' ? `retag:${other.value}` : verbOf(other));
    if (owner && owner !== verb) return tell(t('keys_conflict', { other: wordsOf(session, owner) }), 'bad');
    stop('');
    void keep({ ...preferencesOf(session).keys, [verb]: name }, t('keys_done', { words }));
  };
  const stop = (/** @type {string} */ words) => {
    waiting = null;
    document.removeEventListener('keydown', take, true);
    tell(words);
  };

  /** @param {string} verb @param {string} words */
  const button = (verb, words) => {
    const refused = refusalOf(verb);
    const change = changeOf(verb, words, refused);
    return refused ? h('span', { class: 'refused-key' }, change, h('span', { class: 'bad', id: `refused-${verb}` }, refused)) : change;
  };
  /** What the server said of the key that was chosen for a verb; '' where it took it. @param {string} verb */
  const refusalOf = (verb) => refusedKeys(session.outbox)?.problem?.errors.find(({ field }) => field === `keys.${verb}`.slice(0, 80))?.detail ?? '';
  /** @param {string} verb @param {string} words @param {string} refused */
  const changeOf = (verb, words, refused) => h('button', { type: 'button', class: 'link small', 'data-verb': verb, 'aria-label': t('keys_change_of', { words }), 'aria-describedby': refused ? `refused-${verb}` : null, onclick: () => {
    document.removeEventListener('keydown', take, true);
    waiting = { verb, words };
    document.addEventListener('keydown', take, true);
    tell(t('keys_press', { words }));
  } }, t('keys_change'));
  const reset = h('button', { type: 'button', class: 'btn', onclick: () => void keep({}, t('keys_reset_done')) }, t('keys_reset'));
  return { state, button, reset };
}
