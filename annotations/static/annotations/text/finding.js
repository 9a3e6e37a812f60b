// @ts-check
/** Looking for words in a text: case, accents, kinds of apostrophe and lengths of white space do not count. Pure. */

/**
 * A text made comparable, and from which code point each of its UTF-16 units came.
 * @typedef {{text: string, from: Uint32Array, length: number}} Folded
 */

/** One character made comparable. @param {string} character */
function plain(character) {
  if (character >= '!' && character <= '~') return character.toLowerCase();
  if (/\s/u.test(character)) return ' ';
  if (/[’‘ʼ＇]/u.test(character)) return "'";
  return character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** @param {string} text @returns {Folded} */
export function folded(text) {
  const from = new Uint32Array(text.length * 4 + 8);
  const parts = [];
  let size = 0;
  let at = 0;
  let last = '';
  for (const character of text) {
    const said = plain(character);
    if (said && !(said === ' ' && last === ' ')) {
      parts.push(said);
      for (let i = 0; i < said.length && size < from.length; i++) from[size++] = at;
      last = said;
    }
    at++;
  }
  return { text: parts.join(''), from, length: at };
}

/**
 * Where it stands, in the order of the text, not overlapping; offsets are code points.
 * @param {Folded} where @param {string} query @param {number} [most]
 * @returns {Span[]}
 */
export function findAll(where, query, most = 10_000) {
  const wanted = folded(query.trim()).text;
  /** @type {Span[]} */
  const hits = [];
  if (!wanted) return hits;
  const size = where.text.length;
  for (let i = where.text.indexOf(wanted); i >= 0 && hits.length < most; i = where.text.indexOf(wanted, i + wanted.length)) {
    const last = i + wanted.length;
    // Up to the next character that counts: accents written apart belong to the letter before them.
    hits.push({ start: where.from[i], end: last < size ? Math.max(where.from[last], where.from[last - 1] + 1) : where.length });
  }
  return hits;
}
