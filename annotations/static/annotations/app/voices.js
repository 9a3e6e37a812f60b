// @ts-check
/** Names for another voice, read from the sentence and from what came before it. Offered, never filled in unasked. */
import { voicesOf } from '../text/voices.js';

/** Code points before the sentence in which its speaker may have been named. */
const BEFORE = 3000;

/** What was offered last. @type {WeakMap<Session, {key: string, names: string[]}>} */
const kept = new WeakMap();

/** The best first. @param {Session} session @param {Span} span @returns {string[]} */
export function offeredVoices(session, { start, end }) {
  const used = [...new Set(session.annotations.filter(({ body }) => body.start !== start || body.end !== end).map(({ body }) => body.holder?.name ?? '').filter(Boolean))].reverse();
  const key = JSON.stringify([start, end, used]);
  const before = kept.get(session);
  if (before?.key === key) return before.names;
  const passages = session.passagesOf({ start, end });
  const from = Math.min(start, passages[0]?.start ?? start);
  const sentence = session.slice({ start: from, end: Math.max(end, passages.at(-1)?.end ?? end) });
  const at = session.slice({ start: from, end: start }).length;
  const coded = { start: at, end: at + session.slice({ start, end }).length };
  const names = voicesOf({ sentence, coded, before: session.slice({ start: Math.max(0, from - BEFORE), end: from }), used });
  kept.set(session, { key, names });
  return names;
}
