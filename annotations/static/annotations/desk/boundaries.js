// @ts-check
/** Where words begin and end, for moving the ends of a span; UTF-16 indices throughout. */

/**
 * Start and end of every word of a text, in order.
 * @param {string} text
 * @param {string | undefined} language
 * @returns {{ starts: number[], ends: number[] }}
 */
export function words(text, language) {
  const starts = [];
  const ends = [];
  for (const piece of new Intl.Segmenter(language || undefined, { granularity: 'word' }).segment(text)) {
    if (piece.segment.trim() === '') continue;
    starts.push(piece.index);
    ends.push(piece.index + piece.segment.length);
  }
  return { starts, ends };
}

/**
 * The next place before (`step` −1) or after (1) an index; the index itself where there is none.
 * @param {number[]} places ascending
 * @param {number} index
 * @param {number} step
 */
export function stepped(places, index, step) {
  if (step > 0) return places.find((place) => place > index) ?? index;
  return places.findLast((place) => place < index) ?? index;
}

/**
 * A stretch without the white space at its ends; null where nothing is left.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[number, number] | null}
 */
export function trimmed(text, start, end) {
  const quote = text.slice(start, end);
  if (quote.trim() === '') return null;
  const first = start + (quote.length - quote.trimStart().length);
  return [first, first + quote.trim().length];
}
