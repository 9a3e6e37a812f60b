// @ts-check
/** The keyboard's place in the text: a sentence, a word, or a stretch of either. Pure. */
import { firstIndex } from './textmap.js';

/**
 * @typedef {object} Cursor
 * @property {number} start
 * @property {number} end
 * @property {Span} anchor  the unit where an extension began
 * @property {Span} focus  the unit where it is now
 *
 * @typedef {object} World
 * @property {Passage[]} passages  those one may step on, in order
 * @property {(passage: Span) => Span[]} words  of a passage, in order
 */

/** @param {Span} span @returns {Cursor} */
export function cursorAt(span) {
  const unit = { start: span.start, end: span.end };
  return { ...unit, anchor: unit, focus: unit };
}

/**
 * One step. Without a cursor, a step forward enters at the first passage at or after `from`.
 * @param {Cursor | null} cursor
 * @param {{unit: 'sentence' | 'word', forward: boolean, extend: boolean}} step
 * @param {World} world
 * @param {number} [from]
 * @returns {Cursor | null}
 */
export function move(cursor, step, world, from = 0) {
  if (!world.passages.length) return null;
  if (!cursor) return cursorAt(enter(world, from));
  const go = step.unit === 'sentence' ? bySentence : byWord;
  return go(cursor, step, world);
}

/**
 * The first sentence of the next paragraph; backwards that of this one, or of the one before where one is there already.
 * @param {Span | null} place @param {boolean} forward @param {World} world @param {number} from  where to enter without a place
 * @returns {Passage | undefined}
 */
export function paragraphFrom(place, forward, world, from) {
  const { passages } = world;
  const begins = (/** @type {number} */ i) => i === 0 || passages[i].paragraph !== passages[i - 1].paragraph;
  if (!passages.length || !place) return passages.length ? enter(world, from) : undefined;
  const here = passageAt(world, place.start);
  if (forward) return passages.find((_, i) => i > here && begins(i)) ?? passages.at(-1);
  const inside = place.start > passages[here].start;
  return passages.findLast((_, i) => (i < here || (inside && i === here)) && begins(i)) ?? passages[0];
}

/** @param {World} world @param {number} from */
function enter({ passages }, from) {
  return passages[Math.min(firstIndex(passages.length, (i) => passages[i].end > from), passages.length - 1)];
}

/** Index of the passage that holds a position, else of the one before it. @param {World} world @param {number} at */
function passageAt({ passages }, at) {
  return Math.max(0, firstIndex(passages.length, (i) => passages[i].start > at) - 1);
}

/** @param {Cursor} cursor @param {{forward: boolean, extend: boolean}} step @param {World} world */
function bySentence(cursor, { forward, extend }, world) {
  const origin = extend ? cursor.focus : cursor;
  const here = passageAt(world, forward ? origin.end - 1 : origin.start);
  const passage = world.passages[here];
  const unfinished = forward ? extend && origin.end < passage.end : origin.start > passage.start;
  const next = world.passages[clamp(here + (unfinished ? 0 : forward ? 1 : -1), world.passages.length)];
  return extend ? stretch(cursor.anchor, onSideOf(cursor.anchor, next, forward)) : cursorAt(next);
}

/** Of the passage that holds the anchor, only the part on the side one goes to. @param {Span} anchor @param {Span} passage @param {boolean} forward */
function onSideOf(anchor, passage, forward) {
  if (passage.start > anchor.start || passage.end < anchor.end) return passage;
  return forward ? { start: anchor.start, end: passage.end } : { start: passage.start, end: anchor.end };
}

/** @param {Cursor} cursor @param {{forward: boolean, extend: boolean}} step @param {World} world */
function byWord(cursor, { forward, extend }, world) {
  if (!extend) return cursorAt(stepWord(cursor, forward, world, isWhole(cursor, world)));
  const inside = wordsOf(cursor, world);
  const single = cursor.anchor.start === cursor.focus.start && cursor.anchor.end === cursor.focus.end;
  // A sentence is taken apart at its end: its first word stays, its last one moves.
  const anchor = single ? inside[0] ?? cursor.anchor : cursor.anchor;
  const focus = single ? inside.at(-1) ?? cursor.focus : cursor.focus;
  return stretch(anchor, stepWord(focus, forward, world, false));
}

/** @param {Span} span @param {boolean} forward @param {World} world @param {boolean} entering */
function stepWord(span, forward, world, entering) {
  const here = passageAt(world, forward && !entering ? span.end - 1 : span.start);
  const words = world.words(world.passages[here]);
  if (entering) return (forward ? words[0] : words.at(-1)) ?? span;
  const inside = forward ? words.find((word) => word.start >= span.end) : words.findLast((word) => word.end <= span.start);
  if (inside) return inside;
  for (let i = here + (forward ? 1 : -1); i >= 0 && i < world.passages.length; i += forward ? 1 : -1) {
    const beyond = world.words(world.passages[i]);
    if (beyond.length) return forward ? beyond[0] : /** @type {Span} */ (beyond.at(-1));
  }
  return span;
}

/** @param {Span} span @param {World} world */
function wordsOf(span, world) {
  const first = passageAt(world, span.start);
  const last = passageAt(world, span.end - 1);
  return world.passages.slice(first, last + 1).flatMap((passage) => world.words(passage)).filter((word) => word.start >= span.start && word.end <= span.end);
}

/** Whether the span is one or more whole passages. @param {Span} span @param {World} world */
function isWhole(span, world) {
  const passage = world.passages[passageAt(world, span.start)];
  return passage.start === span.start && span.end >= passage.end;
}

/** @param {Span} anchor @param {Span} focus @returns {Cursor} */
function stretch(anchor, focus) {
  return {
    start: Math.min(anchor.start, focus.start),
    end: Math.max(anchor.end, focus.end),
    anchor,
    focus: { start: focus.start, end: focus.end },
  };
}

/** @param {number} i @param {number} length */
function clamp(i, length) {
  return Math.max(0, Math.min(i, length - 1));
}
