// @ts-check
/** Which way a text runs: by its language where that is known, by its first letters where it is not. Pure. */

/** Languages written from right to left, unless their tag names another script. */
const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'iw', 'ks', 'nqo', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi']);
const SCRIPTS = /-(Adlm|Arab|Aran|Hebr|Nkoo|Rohg|Syrc|Thaa)\b/iu;
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** @param {string} language  a tag, or nothing @returns {'rtl' | 'ltr' | 'auto'} */
export function directionOf(language) {
  const [main, ...rest] = language.toLowerCase().split(/[-_]/u);
  if (!main || main === 'und' || main === 'mul' || main === 'zxx') return 'auto';
  if (SCRIPTS.test(language)) return 'rtl';
  return RIGHT_TO_LEFT.has(main) && !rest.some((part) => part.length === 4) ? 'rtl' : 'ltr';
}

/**
 * Which way a character runs inside its line; null for one that goes with its neighbours. Digits always run
 * from left to right.
 * @param {string} character @returns {'rtl' | 'ltr' | null}
 */
export function runOf(character) {
  if (/\p{N}/u.test(character)) return 'ltr';
  if (RIGHT_TO_LEFT_LETTER.test(character)) return /[\p{L}\p{M}]/u.test(character) ? 'rtl' : null;
  return /\p{L}/u.test(character) ? 'ltr' : null;
}

/** Characters that turn or isolate directions without being seen, and what Unicode calls them. */
export const CONTROLS = Object.freeze({
  '\u061c': 'ALM', '\u200e': 'LRM', '\u200f': 'RLM', '\u202a': 'LRE', '\u202b': 'RLE', '\u202c': 'PDF', '\u202d': 'LRO', '\u202e': 'RLO',
  '\u2066': 'LRI', '\u2067': 'RLI', '\u2068': 'FSI', '\u2069': 'PDI',
});
export const CONTROL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
