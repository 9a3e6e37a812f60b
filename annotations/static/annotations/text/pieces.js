// @ts-check
/** How a paragraph is cut into text nodes: at another language, and at characters that turn directions. Pure. */
import { CONTROL, CONTROLS, directionOf } from './direction.js';

/**
 * @typedef {object} Piece  UTF-16
 * @property {number} from16
 * @property {number} to16
 * @property {string} control  what Unicode calls the character that this is, or nothing
 *
 * @typedef {{language: string, pieces: Piece[]}} Stretch  `language`: where it is not that of the paragraph
 */

const CUT = new RegExp(`(${CONTROL.source})`, 'u');

/** @param {string} text @param {number} from16 @returns {Piece[]} */
function cut(text, from16) {
  let at = from16;
  return text.split(CUT).filter(Boolean).map((part) => {
    const piece = { from16: at, to16: at + part.length, control: /** @type {Record<string, string>} */ (CONTROLS)[part] ?? '' };
    at = piece.to16;
    return piece;
  });
}

/**
 * Almost always one stretch of one piece. Sentences of another language, or with such characters, stand
 * apart, so that what they turn ends with them.
 * @param {CodePoints} points @param {Block} block
 * @returns {Stretch[]}
 */
export function stretchesOf(points, { bodyStart16, bodyEnd16, passages }) {
  const text = points.text.slice(bodyStart16, bodyEnd16);
  const language = passages[0]?.language ?? '';
  const apart = passages.filter((passage) => (passage.language || language) !== language || (CONTROL.test(text) && CONTROL.test(points.slice(passage.start, passage.end))));
  if (!apart.length) return [{ language: '', pieces: cut(text, bodyStart16) }];
  const marks = new Map([[bodyStart16, ''], [bodyEnd16, '']]);
  for (const passage of apart) {
    const [from, to] = [points.toUtf16(passage.start), points.toUtf16(passage.end)].map((at) => Math.min(bodyEnd16, Math.max(bodyStart16, at)));
    if (!marks.get(to)) marks.set(to, '');
    marks.set(from, passage.language || language || 'und');
  }
  const places = [...marks.keys()].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, i) => ({ language: marks.get(from) ?? '', pieces: cut(points.text.slice(from, places[i + 1]), from) }));
}

/** The attributes of text in a language. @param {string} language @param {string} [around]  that of what it stands in */
export function attributesOf(language, around = '') {
  return { dir: directionOf(language || around), ...(language && language !== around && language !== 'und' ? { lang: language } : {}) };
}
