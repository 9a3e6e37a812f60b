// @ts-check
/** The mouse's place in the text. Exact, but never half a character, and never white space at the ends. */
import { runOf } from './direction.js';
import { graphemeAt } from './words.js';

/**
 * @param {string} text
 * @param {number} from16
 * @param {number} to16
 * @param {{bounds: (index16: number) => [number, number], language: string}} around  `bounds`: the
 *   stretch of text (a paragraph) in which characters are looked for, so that long texts stay quick
 * @returns {[number, number] | null}  UTF-16
 */
export function snap(text, from16, to16, { bounds, language }) {
  let [from, to] = trim(text, from16, to16);
  if (from >= to) return null;
  const [first, firstEnd] = bounds(from);
  from = first + graphemeAt(text.slice(first, firstEnd), from - first, language)[0];
  const [last, lastEnd] = bounds(to - 1);
  to = last + graphemeAt(text.slice(last, lastEnd), to - 1 - last, language)[1];
  return trim(text, from, to);
}

/** @param {string} text @param {number} from @param {number} to @returns {[number, number]} */
function trim(text, from, to) {
  while (from < to && /\s/u.test(text[from])) from++;
  while (to > from && /\s/u.test(text[to - 1])) to--;
  return [from, to];
}

/**
 * The whole characters that a span touches, without white space at its ends; null where that is all there is.
 * @param {TextMap} map @param {Span} span @param {string} language
 * @returns {Span | null}
 */
export function wholeCharacters(map, span, language) {
  const bounds = (/** @type {number} */ index16) => {
    const i = map.nodeAt(index16);
    return /** @type {[number, number]} */ ([map.starts[i], map.starts[i] + map.nodes[i].length]);
  };
  const { points } = map;
  const snapped = snap(points.text, points.toUtf16(span.start), points.toUtf16(span.end), { bounds, language });
  return snapped && { start: points.toCodePoint(snapped[0]), end: points.toCodePoint(snapped[1]) };
}

/**
 * What the person has selected inside the text, in code points, and where that began; null if nothing of it.
 * @param {TextMap} map
 * @param {string} language
 * @returns {(Span & {anchor: number}) | null}
 */
export function selectedSpan(map, language) {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(map.root)) return null;
  const at = (/** @type {Node} */ node, /** @type {number} */ offset) => map.points.toCodePoint(map.index16(node, offset));
  const selected = { start: at(range.startContainer, range.startOffset), end: at(range.endContainer, range.endOffset) };
  const whole = wholeCharacters(map, selected, language);
  if (!whole) return null;
  const backwards = selection.anchorNode === range.endContainer && selection.anchorOffset === range.endOffset;
  return { ...whole, anchor: backwards ? whole.end - 1 : whole.start };
}

/**
 * The first code point of the character under a place on the screen, or null beside the text.
 * @param {TextMap} map
 * @param {number} x
 * @param {number} y
 */
export function codePointUnder(map, x, y) {
  const caret = caretUnder(x, y);
  if (!caret || !map.order.has(caret.node)) return null;
  const { points } = map;
  const covers = (/** @type {DOMRect} */ box) => x >= box.left - 1 && x <= box.right + 1 && y >= box.top - 2 && y <= box.bottom + 2;
  for (const [from16, to16] of charactersAround(map, map.index16(caret.node, caret.offset))) {
    const span = { start: points.toCodePoint(from16), end: points.toCodePoint(to16) };
    if (map.rectangles(span).some(covers)) return span.start;
  }
  return null;
}

/** How far from a caret the character under it may stand where directions meet, UTF-16. */
const APART = 200;

/** Whole characters around a place, the nearest first. @param {TextMap} map @param {number} at16 @returns {[number, number][]} */
function charactersAround(map, at16) {
  const low = Math.max(0, at16 - APART);
  const text = map.points.text.slice(low, at16 + APART);
  /** @type {[number, number][]} */
  const found = [];
  for (let i = 0; i < text.length; i = found[found.length - 1][1] - low) {
    const [from, to] = graphemeAt(text, i, '');
    found.push([low + from, low + Math.max(to, i + 1)]);
  }
  const away = (/** @type {[number, number]} */ [from, to]) => Math.max(from - at16, at16 - to, 0);
  return found.sort((one, other) => away(one) - away(other));
}

/** The code point nearest to a place on the screen, as a boundary; null off the text. @param {TextMap} map @param {number} x @param {number} y */
export function boundaryUnder(map, x, y) {
  const caret = caretUnder(x, y);
  return caret && map.order.has(caret.node) ? map.points.toCodePoint(map.index16(caret.node, caret.offset)) : null;
}

/** @param {number} x @param {number} y @returns {{node: Node, offset: number} | null} */
function caretUnder(x, y) {
  const page = /** @type {any} */ (document);
  if (page.caretPositionFromPoint) {
    const position = page.caretPositionFromPoint(x, y);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  const range = page.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

/** How far letters are looked for that a sign goes with, UTF-16. */
const NEAR = 40;

/** Which way the text of a place runs as a whole. @param {TextMap} map @param {number} at  code point @returns {'rtl' | 'ltr'} */
export function directionAt(map, at) {
  const { parentElement } = map.point(at)[0];
  return parentElement && getComputedStyle(parentElement).direction === 'rtl' ? 'rtl' : 'ltr';
}

/** Which way one character runs: a sign between two words as these do where they agree. @param {TextMap} map @param {number} from16 @param {number} to16 @param {'rtl' | 'ltr'} base */
function runAt({ points: { text } }, from16, to16, base) {
  const own = runOf(text.slice(from16, to16));
  if (own) return own;
  const before = [...text.slice(Math.max(0, from16 - NEAR), from16)].reverse().map(runOf).find(Boolean);
  const after = [...text.slice(to16, to16 + NEAR)].map(runOf).find(Boolean);
  return before && before === after ? before : base;
}

/**
 * Where an end of a span is seen: the outer edge of its first or last character, in the direction in which that runs.
 * @param {TextMap} map @param {Span} span @param {'start' | 'end'} side
 * @returns {{x: number, top: number, height: number} | null}  null while it is not laid out
 */
export function edgeOf(map, span, side) {
  const at16 = map.points.toUtf16(side === 'start' ? span.start : span.end) - (side === 'start' ? 0 : 1);
  const i = map.nodeAt(at16);
  const low = Math.max(map.starts[i], at16 - 2 * NEAR);
  const [first, last] = graphemeAt(map.points.text.slice(low, Math.min(map.starts[i] + map.nodes[i].length, at16 + 2 * NEAR)), at16 - low, '');
  const [from16, to16] = [low + first, low + last];
  const start = map.points.toCodePoint(from16);
  const boxes = map.rectangles({ start, end: map.points.toCodePoint(to16) }).filter(({ width, height }) => width && height);
  const box = side === 'start' ? boxes[0] : boxes.at(-1);
  if (!box) return null;
  const rtl = runAt(map, from16, to16, directionAt(map, start)) === 'rtl';
  return { x: (side === 'start') === rtl ? box.right : box.left, top: box.top, height: box.height };
}
