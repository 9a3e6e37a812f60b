// @ts-check
/** Going about in the text: the cursor, the mouse, and what is chosen. */
import { cursorAt, move } from '../text/cursor.js';
import { widened } from '../text/ends.js';
import { codePointUnder, directionAt, selectedSpan, wholeCharacters } from '../text/selection.js';
import { reach } from './ends.js';
import { unhidden } from './folding.js';
import { firstInView } from './scroll.js';
import { tag } from './verbs.js';

/** @param {Session} session @param {{unit: 'sentence' | 'word', forward: boolean, extend: boolean}} step */
export function step(session, step) {
  const { cursor: here } = session.view;
  const cursor = move(here, step, session.world, here ? 0 : firstVisible(session));
  if (!cursor || (step.extend && !isShown(session, cursor))) return;
  session.set({ cursor, chosen: null, chord: null });
  if (step.unit === 'sentence' || step.extend) session.judged.visit(cursor);
  session.announce(session.slice(cursor));
}

/** Whether nothing of it is folded away; says so otherwise. @param {Session} session @param {Cursor} cursor */
function isShown(session, cursor) {
  const left = unhidden(session, cursor, cursor.anchor.start);
  return left !== null && left.start === cursor.start && left.end === cursor.end;
}

/** Whether the text at the cursor, or the article, runs to the left. @param {Session} session */
export function runsLeft({ target, sheet }) {
  return (target ? directionAt(sheet.map, target.start) : getComputedStyle(sheet.map.root).direction) === 'rtl';
}

/** Code point at which the visible text begins. @param {Session} session */
export function firstVisible({ sheet, judged }) {
  const block = firstInView(sheet, judged.frame);
  return block < 0 ? 0 : sheet.map.points.toCodePoint(sheet.blocks[block].bodyStart16);
}

/** Done with this one: on to the next sentence. @param {Session} session */
export function confirm(session) {
  const { chosen, view } = session;
  const { cursor } = view;
  const here = chosen || !cursor ? undefined : session.annotations.find(({ body }) => body.start < cursor.end && body.end > cursor.start);
  if (here) return choose(session, here.id);
  step(session, { unit: 'sentence', forward: true, extend: false });
}

/** One step back from what one was about to do. @param {Session} session */
export function deselect(session) {
  const { chord, chosen, armed, cursor } = session.view;
  if (chord) session.set({ chord: null });
  else if (chosen) session.set({ chosen: null });
  else if (armed) session.set({ armed: null });
  else if (cursor) session.set({ cursor: null });
  getSelection()?.removeAllRanges();
}

/** @param {Session} session @param {string} id */
export function choose(session, id) {
  const entry = session.outbox.entries.get(id);
  if (!entry || entry.deleted) return;
  session.sheet.folds.open(entry.body);
  session.set({ chosen: id, cursor: cursorAt(entry.body), chord: null, armed: null });
}

/** @param {Session} session @param {Span} span */
export function goTo(session, span) {
  session.sheet.folds.open(span);
  session.set({ cursor: cursorAt(span), chosen: null, chord: null });
  session.judged.visit(span);
}

/**
 * What was selected with the mouse, or what was clicked on; with a modifier the chosen annotation reaches there.
 * @param {Session} session @param {{x: number, y: number, extend?: 'drag' | 'click' | false, finger?: 'long' | 'short' | false}} at
 */
export function point(session, at) {
  const codePoint = codePointUnder(session.sheet.map, at.x, at.y);
  if (at.extend && session.chosen) {
    // After a click the browser has selected from where its caret was last, which nobody sees.
    const selected = at.extend === 'drag' && selectedSpan(session.sheet.map, session.article.language ?? '');
    const span = selected || (codePoint === null ? null : wordAt(session, codePoint));
    getSelection()?.removeAllRanges();
    return span && reach(session, span);
  }
  if (takeSelection(session)) return;
  if (codePoint === null) return;
  const word = at.finger === 'long' && wordAt(session, codePoint);
  if (word) return take(session, word, true);
  const stack = session.annotations.filter(({ body }) => body.start <= codePoint && codePoint < body.end).reverse();
  if (stack.length && !session.view.armed) {
    const next = (stack.findIndex(({ id }) => id === session.view.chosen) + 1) % stack.length;
    return choose(session, stack[next].id);
  }
  const passage = session.article.passages.find(({ start, end }) => start <= codePoint && codePoint < end);
  if (passage) take(session, passage, Boolean(at.finger));
}

/** The word at a code point, else its character. @param {Session} session @param {number} at @returns {Span | null} */
function wordAt(session, at) {
  const character = wholeCharacters(session.sheet.map, { start: at, end: at + 1 }, session.languageOf({ start: at, end: at + 1 }));
  return character && widened(character, 'word', session.world);
}

/** Whether there was a selection to take, which is then the cursor. @param {Session} session */
export function takeSelection(session) {
  const selected = selectedSpan(session.sheet.map, session.article.language ?? '');
  if (!selected) return false;
  const span = unhidden(session, widened(selected, session.settings.selection, session.world), selected.anchor);
  const { cursor } = session.view;
  if (span && !(cursor && !session.chosen && cursor.start === span.start && cursor.end === span.end)) take(session, span);
  return true;
}

/** @param {Session} session @param {Span} span @param {boolean} [finger]  which then may take it by its ends */
function take(session, span, finger = false) {
  const { armed } = session.view;
  const cursor = cursorAt(span);
  session.set({ cursor, held: finger ? cursor : null, chosen: null, chord: null });
  session.judged.visit(span);
  if (armed) tag(session, armed);
}

/**
 * Scroll a span into the frame, with some air around it.
 * @param {Session} session @param {Span} span @param {boolean} [centred]
 */
export function reveal({ sheet, judged }, span, centred = false) {
  const frame = judged.frame.getBoundingClientRect();
  const box = sheet.map.range(span).getBoundingClientRect();
  if (!box.height) return; // folded, or hidden by the reading view
  const air = Math.min(96, frame.height / 5);
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches || Math.abs(box.top - frame.top) > frame.height * 2;
  const inside = box.top >= frame.top + 8 && box.bottom <= frame.bottom - 24;
  if (inside) return;
  const tall = box.height > frame.height - 2 * air;
  const by = centred || box.top < frame.top || tall ? box.top - frame.top - (centred ? frame.height / 3 : air) : box.bottom - frame.bottom + air;
  judged.frame.scrollBy({ top: by, behavior: calm ? 'instant' : 'smooth' });
}
