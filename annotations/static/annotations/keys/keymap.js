// @ts-check
/** Which key does what, as data. The codebook's own keys come first; a command takes the next of its keys that is free. */

import { COMMANDS } from './commands.js';

/** @typedef {{verb: string, value?: string, other?: boolean}} Action */

/** Commands that keep all their keys; of the others only the first free letter counts. */
const isLetter = (/** @type {string} */ key) => /^(Shift\+)?[a-z]$/.test(key);

/** What a verb of the preferences does here; null if this page does not know it. @param {string} verb @param {Codebook} codebook @returns {Action | null} */
export function actionOf(verb, codebook) {
  if (COMMANDS.some((one) => one.verb === verb && !one.fixed)) return { verb };
  const [, kind, value] = /^(tag|stance|voice):(.+)$/su.exec(verb) ?? [];
  if (kind === 'tag' && codebook.byKey.has(value)) return { verb: 'tag', value };
  if ((kind === 'stance' || kind === 'voice') && codebook.stance(value)) return { verb: 'stance', value, other: kind === 'voice' };
  return null;
}

/** The name under which the preferences keep an action's key. @param {Action} action */
export function verbOf({ verb, value, other }) {
  if (verb === 'tag') return `tag:${value}`;
  if (verb === 'stance') return `${other ? 'voice' : 'stance'}:${value}`;
  return verb;
}

/**
 * The person's own keys first, then the codebook's, then the commands'.
 * @param {Codebook} codebook
 * @param {Record<string, string | null>} [own]  by verb; null takes the key away
 */
export function keymapOf(codebook, own = {}) {
  /** @type {Map<string, Action>} */
  const bindings = new Map();
  const bind = (/** @type {string} */ key, /** @type {Action} */ action) => {
    if (!key || bindings.has(key)) return false;
    bindings.set(key, action);
    return true;
  };
  /** Unless the person has said something else. @param {string} key @param {Action} action */
  const byDefault = (key, action) => !Object.hasOwn(own, verbOf(action)) && bind(key, action);
  for (const [verb, key] of Object.entries(own)) {
    const action = actionOf(verb, codebook);
    if (action && typeof key === 'string') bind(key, action);
  }
  for (const stance of codebook.stances) {
    const key = stance.hotkey.toLowerCase();
    byDefault(key, { verb: 'stance', value: stance.key });
    byDefault(key && `Shift+${key}`, { verb: 'stance', value: stance.key, other: true });
  }
  for (const theme of codebook.top) {
    const key = theme.hotkey.toLowerCase();
    byDefault(key, { verb: 'tag', value: theme.key });
    if (key) bind(`Shift+${key}`, { verb: 'retag', value: theme.key });
  }
  for (const { verb, keys } of COMMANDS) {
    let letters = 0;
    for (const key of keys) {
      if (isLetter(key) && letters) continue;
      if (byDefault(key, { verb }) && isLetter(key)) letters++;
    }
  }
  const keysOf = (/** @type {string} */ verb) => [...bindings].filter(([, action]) => verbOf(action) === verb).map(([key]) => key);
  return { bindings, keysOf };
}

/**
 * The name of a pressed key. Digits go by their place, because French keyboards need Shift for them;
 * signs by what they print, because their place differs.
 * @param {KeyboardEvent} event
 */
export function nameOf(event) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  const isDigit = digit !== undefined && (event.code.startsWith('Digit') || /\d/.test(event.key)) && !'/?.'.includes(event.key);
  const key = isDigit ? digit : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shifted = event.shiftKey && (isDigit || event.key.length > 1 || /\p{L}/u.test(event.key));
  return `${event.ctrlKey || event.metaKey ? 'Mod+' : ''}${shifted ? 'Shift+' : ''}${key}`;
}
