// @ts-check
/** Whether the work is safe, in a few words, always in the same place. */
import { h, icon, ICONS, refill } from '../dom.js';
import { pause } from '../idle.js';

/**
 * What to say: what needs a choice, then how the work travels. Pure.
 * @param {Status} status
 * @param {boolean} online
 * @returns {{key: string, tone: 'ok' | 'busy' | 'warn' | 'bad', n: number}[]}
 */
export function tell({ conflicts, elsewhere, parked, pace, unsent, writing, trouble }, online) {
  /** @type {{key: string, tone: 'ok' | 'busy' | 'warn' | 'bad', n: number}[]} */
  const words = [];
  const clashes = conflicts.length + elsewhere.length;
  if (clashes) words.push({ key: 'status_conflict', tone: 'bad', n: clashes });
  if (parked.length) words.push({ key: 'status_refused', tone: 'bad', n: parked.length });
  if (pace === 'signed-out' || pace === 'other-user') words.push({ key: 'status_signed_out', tone: 'warn', n: unsent });
  else if (unsent && (!online || (pace === 'waiting' && !writing))) words.push({ key: 'status_offline', tone: 'warn', n: unsent });
  else if (unsent) words.push({ key: 'status_saving', tone: 'busy', n: unsent });
  else if (!words.length) words.push({ key: 'status_saved', tone: 'ok', n: 0 });
  if (trouble) words.push({ key: 'status_not_kept', tone: 'warn', n: 0 });
  return words;
}

/** Said in fewer words where there is little room. @type {Record<string, string>} */
const SHORT = { status_offline: 'status_unsent', status_signed_out: 'status_unsent', status_not_kept: 'status_not_kept_short' };

/**
 * @param {Session} session
 * @param {HTMLElement} root
 */
export function statusLine(session, root) {
  const { outbox, t, page } = session;
  /** Not made before the article is seen: the first one takes browsers some 20 ms. @type {Intl.DateTimeFormat | null} */
  let clock = null;
  void pause().then(() => time(new Date()));
  const time = (/** @type {Date} */ at) => (clock ??= new Intl.DateTimeFormat(page.language, { hour: '2-digit', minute: '2-digit' })).format(at);
  const shapes = { ok: ICONS.check, busy: ICONS.up, warn: ICONS.offline, bad: ICONS.alert };
  let drawn = '';
  let spoken = '';
  return () => {
    const say = (/** @type {string} */ key, /** @type {number} */ n) => (n ? t(key, { n }) : t(key));
    const words = tell(outbox.status, navigator.onLine).map((one) => ({ ...one, text: say(one.key, one.n), short: one.n || one.key === 'status_not_kept' ? say(SHORT[one.key] ?? one.key, one.n) : null }));
    const at = words[0].tone === 'ok' && outbox.savedAt ? t('status_at', { time: time(outbox.savedAt) }) : '';
    const signature = JSON.stringify([words, at]);
    if (signature === drawn) return;
    drawn = signature;
    root.classList.toggle('several', words.length > 1);
    refill(root, words.map(({ text, tone, short }) => h('span', { class: tone }, icon(shapes[tone]), short && short !== text ? h('span', { class: 'words', 'data-short': short }, h('span', {}, text)) : text, at && h('small', {}, at))));
    // Only trouble, and its end, is worth a word to the ear.
    const trouble = words.filter(({ tone }) => tone === 'bad' || tone === 'warn').map(({ text }) => text).join('. ');
    if (trouble ? trouble !== spoken : spoken && words[0].tone === 'ok') session.announce(trouble || words[0].text);
    if (words[0].tone !== 'busy') spoken = trouble;
  };
}
