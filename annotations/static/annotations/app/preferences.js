// @ts-check
/** Keys and settings of the person: obeyed at once, kept on this device, and on the server as soon as it can be reached. */
import { PREFERENCES } from '../outbox/kinds.js';

/** Keys that were chosen and are not on the disk yet. @type {WeakMap<Outbox, Preferences['keys']>} */
const chosen = new WeakMap();

/** As the person last chose them. @param {Session} session @returns {Preferences} */
export function preferencesOf({ outbox, settings }) {
  return { keys: chosen.get(outbox) ?? outbox.preferences.keys ?? {}, settings };
}

/**
 * Resolves once the server has answered, or cannot be reached (status 0), or nobody is signed in
 * (401); in both of these cases they wait in the outbox.
 * @param {Session} session @param {{keys?: Preferences['keys'], settings?: Partial<Preferences['settings']>}} change  `keys` replaces all
 * @returns {Promise<import('./asking.js').Answer>}
 */
export async function setPreference(session, { keys, settings = {} }) {
  const { outbox } = session;
  session.settings = { ...session.settings, ...settings };
  if (keys) chosen.set(outbox, keys); // the next change may come before this one is written
  session.set({});
  const body = { keys: keys ?? preferencesOf(session).keys, settings: session.settings };
  return whenAnswered(outbox, await outbox.prefer(body, { keys: keys !== undefined }));
}

/** @param {Outbox} outbox @param {string} id  of the operation @returns {Promise<import('./asking.js').Answer>} */
function whenAnswered(outbox, id) {
  return new Promise((resolve) => {
    const look = () => {
      const { pace } = outbox.status;
      const operation = outbox.operations.find((one) => one.id === id);
      if (operation && operation.state === 'queued' && (pace === 'sending' || pace === 'idle') && navigator.onLine) return;
      outbox.removeEventListener('status', look);
      if (!operation) resolve({ status: 200, body: {} });
      else if (operation.problem) resolve({ status: operation.problem.status, body: operation.problem });
      else resolve({ status: pace === 'signed-out' || pace === 'other-user' ? 401 : 0, body: {} });
    };
    outbox.addEventListener('status', look);
    look();
  });
}

/** What the server refused of the keys, and is not in force. @param {Outbox} outbox @returns {Operation | undefined} */
export function refusedKeys(outbox) {
  return outbox.operations.find(({ kind, state }) => kind === PREFERENCES && state === 'parked');
}

/**
 * Obey what was set in another tab, or put back because the server refused it.
 * @param {Session} session @param {(keys: Preferences['keys']) => void} rebind
 */
export function followPreferences(session, rebind) {
  const { outbox } = session;
  let obeyed = JSON.stringify(outbox.preferences);
  const follow = () => {
    if (outbox.writes.get(PREFERENCES)) return; // this tab's own change is on its way to the disk
    const now = JSON.stringify(outbox.preferences);
    chosen.delete(outbox);
    if (now === obeyed) return;
    obeyed = now;
    rebind(outbox.preferences.keys ?? {});
    session.settings = { ...session.settings, ...outbox.preferences.settings };
    session.set({});
  };
  for (const event of ['change', 'status']) outbox.addEventListener(event, follow);
  outbox.addEventListener('refused', (event) => {
    /** @type {Operation} */
    const { kind, body } = /** @type {CustomEvent} */ (event).detail;
    if (kind !== PREFERENCES) return;
    const { keys, settings } = outbox.preferences;
    // Settings that travelled with refused keys are none the worse for it.
    const innocent = JSON.stringify(body.keys) !== JSON.stringify(keys ?? {}) && JSON.stringify(body.settings) !== JSON.stringify(settings);
    if (innocent) void setPreference(session, { settings: body.settings });
  });
}
