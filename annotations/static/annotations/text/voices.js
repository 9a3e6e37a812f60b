// @ts-check
/** Whose voice a passage may be: names offered from the sentence, the best first. Nothing is ever filled in unasked. Pure. */
import { speakersIn } from './hanzi.js';
import { attributionsIn, clausesIn, isPlace, namesIn } from './names.js';

/**
 * @typedef {object} Passage
 * @property {string} sentence
 * @property {{start: number, end: number}} [coded]  the stretch in question, UTF-16 in the sentence
 * @property {string} before  sentences before it, as much as is near
 * @property {string[]} used  names that voices of this article have been given, the latest first
 *
 * @typedef {{text: string, start: number, end: number, score: number}} Scored
 */

/** As many as one takes in at a glance. */
const MOST = 5;
/** From this score on, the words of the sentence say that somebody speaks. */
const STATED = 100;
/** Below, it is a place, or a word that only begins its sentence. */
const LEAST = -20;
const OPENING = /[“«"「『]/u;
const CLOSING = /[”»"」』]/u;

/** @param {Passage} passage @returns {string[]} */
export function voicesOf({ sentence, coded, before, used }) {
  const here = scored(sentence, coded ?? { start: 0, end: sentence.length });
  const earlier = sentencesOf(before).reverse().slice(0, 4).flatMap((one, i) => names(one).map((name) => ({ ...name, score: name.score - 20 * i })));
  const known = [...used, ...allNames(before)];
  const spoken = here.names.filter(({ score }) => score >= STATED);
  const others = here.names.filter(({ score }) => score < STATED);
  const texts = (/** @type {Scored[]} */ found) => found.map(({ text }) => inFull(text, known));
  const offered = here.pronoun ? [...texts([...spoken, ...earlier, ...others]), ...used] : [...texts(here.names), ...used, ...texts(earlier)];
  return [...new Map(offered.filter(Boolean).map((name) => [name.toLowerCase(), name])).values()].slice(0, MOST);
}

/** A family name as the whole name that it was introduced with. @param {string} name @param {string[]} known */
function inFull(name, known) {
  return known.find((whole) => whole.length > name.length && (whole.endsWith(` ${name}`) || whole.startsWith(`${name} `))) ?? name;
}

/** @param {string} text */
function allNames(text) {
  return namesIn(text).map(({ text: name }) => name).filter((name) => name.includes(' ')).reverse();
}

/** @param {string} text */
function sentencesOf(text) {
  return text.split(/(?<=[。！？!?]|(?<!\b(?:Dr|Mr|Mrs|Ms|M|Prof|St|Me|\p{Lu}))\.[”»"]?(?=\s))\s*/u).filter((one) => one.trim());
}

/** Names of a sentence before this one. @param {string} sentence */
function names(sentence) {
  return scored(sentence, { start: 0, end: sentence.length }).names;
}

/** @param {string} sentence @param {{start: number, end: number}} coded @returns {{names: Scored[], pronoun: boolean}} */
function scored(sentence, coded) {
  const chinese = /\p{Script=Han}/u.test(sentence) ? speakersIn(sentence) : { found: [], pronoun: false };
  const attributions = attributionsIn(sentence).filter(({ start }) => !isQuoted(sentence, start));
  const found = namesIn(sentence).map((name) => ({ ...name, score: worth(sentence, name, attributions, coded) }));
  const spoken = chinese.found.map(({ text, start, end, named }) => ({ text, start, end, score: (named ? 130 : 105) - distance({ start, end }, coded) / 10 }));
  const covered = (/** @type {Scored} */ name) => spoken.some(({ start, end }) => start <= name.start && end >= name.end);
  const all = [...spoken, ...found.filter((name) => !covered(name) && name.score > LEAST)].sort((a, b) => b.score - a.score);
  return { names: all, pronoun: chinese.pronoun || attributions.some(({ pronoun }) => pronoun) };
}

/**
 * How likely it is that somebody of this name speaks.
 * @param {string} sentence @param {import('./names.js').Name} name @param {import('./names.js').Attribution[]} attributions @param {{start: number, end: number}} coded
 */
function worth(sentence, name, attributions, coded) {
  const place = isPlace(sentence, name);
  const near = Math.max(0, ...attributions.filter(({ pronoun }) => !pronoun).map((one) => closeness(sentence, name, one, coded)));
  let score = near || 40;
  score += name.text.includes(' ') ? 12 : 0;
  score += name.titled ? 12 : 0;
  score -= place && !name.titled ? 45 : 0;
  score -= isQuoted(sentence, name.start) ? 60 : 0;
  score -= name.first && !near && !name.text.includes(' ') ? 30 : 0;
  return score;
}

/** @param {string} sentence @param {import('./names.js').Name} name @param {import('./names.js').Attribution} at @param {{start: number, end: number}} coded */
function closeness(sentence, name, at, coded) {
  const after = name.start >= at.end;
  if ((after && at.side === 'before') || (!after && at.side === 'after')) return 0;
  const between = after ? sentence.slice(at.end, name.start) : sentence.slice(name.end, at.start);
  const passing = clausesIn(sentence);
  if (passing.some(({ start, end }) => name.start > start && name.end < end && (at.start < start || at.end > end))) return 0;
  // Another sentence, or what somebody else says, stands between.
  if (/[.!?;]\s|[”»]\s*\S+\s*[“«]/u.test(between.trim()) || OPENING.test(between)) return 0;
  const words = passing.reduce((rest, { start, end }) => rest.replace(sentence.slice(start, end), ''), between).split(/\s+/u).filter(Boolean).length;
  if (words > 9) return 0;
  return 130 - 4 * words - distance(at, coded) / 10;
}

/** Characters between two stretches. @param {{start: number, end: number}} a @param {{start: number, end: number}} b */
function distance(a, b) {
  return Math.max(0, a.start - b.end, b.start - a.end);
}

/** Whether a place lies inside quotation marks. @param {string} sentence @param {number} at */
function isQuoted(sentence, at) {
  let open = false;
  for (const character of sentence.slice(0, at)) {
    if (character === '"') open = !open;
    else if (OPENING.test(character)) open = true;
    else if (CLOSING.test(character)) open = false;
  }
  return open;
}
