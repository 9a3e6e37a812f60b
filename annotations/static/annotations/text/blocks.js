// @ts-check
/** What to show of a text: its paragraphs, tiling it completely, and the runs that are folded. */

import { firstIndex } from './textmap.js';

/** Zones that are coded by default; a passage of another zone is never called unread. */
export const CODED = new Set(['title', 'body']);
/** Page furniture: there, never deleted, out of the way. */
const FOLDED = new Set(['boilerplate', 'link']);

/**
 * @typedef {object} Block  A paragraph, or a piece of a very long one, which browsers are slow to lay out as a whole;
 *   UTF-16 indices, because it is cut from a JavaScript string.
 * @property {number} number  of the paragraph, for people, from 1
 * @property {boolean} first  whether the paragraph begins here
 * @property {boolean} last  whether it ends here
 * @property {number} start16  with the white space before it
 * @property {number} bodyStart16
 * @property {number} bodyEnd16
 * @property {number} end16
 * @property {Passage[]} passages
 * @property {string} zone  of all its passages, or body where they differ
 * @property {boolean} folded
 *
 */

/** Longer paragraphs are shown in pieces, UTF-16 units. */
const LONG = 3000;
/** How far before that a cut is moved to stand after white space. */
const SLACK = 300;

/**
 * Consecutive passages of one paragraph make a block. Blocks tile the text: white space goes to the
 * block before it, what stands before the first passage to the first.
 * @param {CodePoints} points
 * @param {Passage[]} passages
 * @returns {Block[]}
 */
export function blocksOf(points, passages) {
  const length16 = points.text.length;
  /** @type {Passage[][]} */
  const groups = [];
  for (const passage of passages) {
    const last = groups.at(-1);
    if (last && last[0].paragraph === passage.paragraph) last.push(passage);
    else groups.push([passage]);
  }
  if (!groups.length && length16) {
    return piecesOf(points, { number: 1, first: true, last: true, start16: 0, bodyStart16: 0, bodyEnd16: length16, end16: length16, passages: [], zone: 'body', folded: false });
  }
  return groups.flatMap((group, i) => {
    const bodyStart16 = points.toUtf16(group[0].start);
    const next = groups[i + 1];
    const zone = group.every((passage) => passage.zone === group[0].zone) ? group[0].zone : 'body';
    return piecesOf(points, {
      number: i + 1,
      first: true,
      last: true,
      start16: i === 0 ? 0 : bodyStart16,
      bodyStart16,
      bodyEnd16: points.toUtf16(/** @type {Passage} */ (group.at(-1)).end),
      end16: next ? points.toUtf16(next[0].start) : length16,
      passages: group,
      zone,
      folded: group.every((passage) => FOLDED.has(passage.zone)),
    });
  });
}

/** @param {CodePoints} points @param {Block} block @returns {Block[]} */
function piecesOf(points, block) {
  const pieces = [];
  let at = block.bodyStart16;
  while (block.bodyEnd16 - at > LONG + SLACK) {
    const cut = cutBefore(points, at + LONG, block.passages);
    pieces.push({ ...block, first: !pieces.length, last: false, start16: pieces.length ? at : block.start16, bodyStart16: at, bodyEnd16: cut, end16: cut });
    at = cut;
  }
  if (!pieces.length) return [block];
  pieces.push({ ...block, first: false, start16: at, bodyStart16: at });
  const touched = (/** @type {Block} */ { start16, end16 }) => passagesIn(block.passages, { start: points.toCodePoint(start16), end: points.toCodePoint(end16) });
  return pieces.map((piece) => ({ ...piece, passages: touched(piece) }));
}

/** Where a sentence begins, else after white space, else between two characters. @param {CodePoints} points @param {number} at16 @param {Passage[]} passages */
function cutBefore(points, at16, passages) {
  const next = firstIndex(passages.length, (i) => points.toUtf16(passages[i].start) > at16);
  const start16 = next ? points.toUtf16(passages[next - 1].start) : 0;
  if (start16 > at16 - LONG / 2) return start16;
  const space = points.text.slice(at16 - SLACK, at16).search(/\s\S*$/);
  return space < 0 ? points.toUtf16(points.toCodePoint(at16)) : at16 - SLACK + space + 1;
}

/**
 * Runs of blocks that are shown or folded together.
 * @param {Block[]} blocks
 * @returns {{folded: boolean, blocks: Block[]}[]}
 */
export function runsOf(blocks) {
  /** @type {{folded: boolean, blocks: Block[]}[]} */
  const runs = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (last && last.folded === block.folded) last.blocks.push(block);
    else runs.push({ folded: block.folded, blocks: [block] });
  }
  return runs;
}

/** Those that a span touches; passages stand in order and never overlap. @param {Passage[]} passages @param {Span} span */
export function passagesIn(passages, { start, end }) {
  const first = firstIndex(passages.length, (i) => passages[i].end > start);
  return passages.slice(first, firstIndex(passages.length, (i) => passages[i].start >= end));
}
