// @ts-check
/** Words and graphemes as this browser's language data sees them. */

/** @type {Map<string, Intl.Segmenter>} */
const segmenters = new Map();

/** @param {string} language @param {'word' | 'grapheme'} granularity */
function segmenter(language, granularity) {
  const key = `${language} ${granularity}`;
  let found = segmenters.get(key);
  if (!found) {
    try {
      found = new Intl.Segmenter(language || undefined, { granularity });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // not a language tag: the text may say anything
      found = new Intl.Segmenter(undefined, { granularity });
    }
    segmenters.set(key, found);
  }
  return found;
}

/**
 * Words of a passage, as code points. A segment is a word if it has a letter, a digit or a symbol:
 * browsers disagree on `isWordLike` for Chinese.
 * @param {CodePoints} points
 * @param {Span} passage
 * @param {string} language
 */
export function wordsOf(points, passage, language) {
  const first16 = points.toUtf16(passage.start);
  const text = points.slice(passage.start, passage.end);
  const words = [];
  for (const { segment, index, isWordLike } of segmenter(language, 'word').segment(text)) {
    if (!isWordLike && !/[\p{L}\p{N}\p{S}\p{Extended_Pictographic}]/u.test(segment)) continue;
    words.push({ start: points.toCodePoint(first16 + index), end: points.toCodePoint(first16 + index + segment.length) });
  }
  return words;
}

/**
 * The grapheme around a UTF-16 index of `text`, as `[from16, to16]`.
 * @param {string} text
 * @param {number} index16
 * @param {string} language
 * @returns {[number, number]}
 */
export function graphemeAt(text, index16, language) {
  const found = segmenter(language, 'grapheme').segment(text).containing(index16);
  return found ? [found.index, found.index + found.segment.length] : [index16, index16];
}
