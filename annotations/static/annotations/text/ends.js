// @ts-check
/** The two ends of a span, moved one step at a time, or widened to whole words or sentences. Pure. */
import { firstIndex } from './textmap.js';
import { graphemeAt } from './words.js';

/**
 * @typedef {'exact' | 'word' | 'sentence'} Mode  how a selection is taken
 * @typedef {{side: 'start' | 'end', unit: 'character' | 'word' | 'sentence', forward: boolean}} Move
 */

/** White space looked around for characters: no grapheme is longer. */
const AROUND = 120;

/** Passages that a place touches, with their neighbours. @param {World} world @param {number} at */
function near({ passages }, at) {
  const here = firstIndex(passages.length, (i) => passages[i].end >= at);
  return passages.slice(Math.max(0, here - 1), here + 2);
}

/**
 * The span with one end moved; the same span where there is nothing further, or nothing would be left.
 * @param {Span} span @param {Move} move @param {{world: World, points: CodePoints}} text
 * @returns {Span}
 */
export function movedEnd(span, { side, unit, forward }, { world, points }) {
  const from = span[side];
  const units = unit === 'sentence' ? near(world, from) : near(world, from).flatMap((passage) => world.words(passage));
  const places = units.map((one) => one[side]);
  const to = unit === 'character' ? byCharacter(points, from, { side, forward })
    : (forward ? places.find((place) => place > from) : places.findLast((place) => place < from)) ?? from;
  const moved = { start: span.start, end: span.end, [side]: to };
  return moved.start < moved.end ? moved : span;
}

/** @param {CodePoints} points @param {number} from @param {{side: string, forward: boolean}} step */
function byCharacter(points, from, { side, forward }) {
  let at = from;
  do {
    if (at === (forward ? points.length : 0)) return at;
    const at16 = points.toUtf16(at);
    const low = Math.max(0, at16 - AROUND);
    const [first, last] = graphemeAt(points.text.slice(low, at16 + AROUND), at16 - low - (forward ? 0 : 1), '');
    const next = points.toCodePoint(low + (forward ? last : first));
    if (next === at) return from;
    at = next;
    // An end never stands behind white space, a start never before it.
  } while (/\s/u.test(side === 'end' ? points.slice(at - 1, at) : points.slice(at, at + 1)) && at > 0 && at < points.length);
  return at;
}

/** As the mode wants it: whole words, or whole sentences, that the span touches. @param {Span} span @param {Mode} mode @param {World} world @returns {Span} */
export function widened(span, mode, world) {
  if (mode === 'exact') return span;
  const first = firstIndex(world.passages.length, (i) => world.passages[i].end > span.start);
  const touched = world.passages.slice(first, firstIndex(world.passages.length, (i) => world.passages[i].start >= span.end));
  const units = mode === 'sentence' ? touched : touched.flatMap((passage) => world.words(passage)).filter(({ start, end }) => start < span.end && end > span.start);
  const last = units.at(-1);
  return last ? { start: Math.min(units[0].start, mode === 'word' ? span.start : Infinity), end: Math.max(last.end, mode === 'word' ? span.end : 0) } : span;
}

/** @param {Span} a @param {Span} b @returns {Span} */
export function union(a, b) {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
