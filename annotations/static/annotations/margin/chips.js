// @ts-check
/** The margin's chips: a real button for each annotation, label, target and name at once. */
import { h, refill } from '../dom.js';

/**
 * @typedef {object} Words
 * @property {Codebook} codebook
 * @property {Translate} t
 */

/**
 * What an annotation is called: theme, stance, voice, quote.
 * @param {Entry} entry
 * @param {Words} words
 */
export function nameOf({ body }, { codebook, t }) {
  const stance = codebook.stance(body.stance);
  const parts = [
    codebook.theme(body.theme).name,
    stance ? codebook.stanceLabel(body.theme, stance) : t('stance_missing'),
    body.holder && body.holder.kind !== 'author' ? body.holder.name || t(`holder_${body.holder.kind}`) : '',
  ];
  return `${parts.filter(Boolean).join(', ')}: ${quoted(body.quote, 80, t)}`;
}

/** @param {string} text @param {number} length */
export function shorten(text, length) {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > length ? `${[...flat].slice(0, length - 1).join('')}…` : flat;
}

/**
 * In quotation marks, unless it brings its own.
 * @param {string} text @param {number} length @param {Translate} t
 */
export function quoted(text, length, t) {
  const quote = shorten(text, length).trim();
  return /^[“„«‹「『"]/.test(quote) ? quote : t('quoted', { quote });
}

/**
 * Chips show generated content: the margin stands inside the text and must not add to it.
 * @param {HTMLElement} margin
 * @param {Entry[]} entries
 * @param {Words & {chosen: string | null, onchoose: (id: string) => void, remarks: HTMLElement[]}} options  `remarks` come after the chips
 */
export function fillMargin(margin, entries, { chosen, onchoose, remarks, ...words }) {
  refill(margin, [...entries.map((entry) => {
    const theme = words.codebook.theme(entry.body.theme);
    const stance = words.codebook.stance(entry.body.stance);
    return h('button', {
      type: 'button',
      class: `mark t${theme.colour}${stance ? '' : ' open'}${entry.conflict ? ' conflict' : ''}`,
      'data-key': entry.id,
      'data-code': theme.code,
      'data-glyph': stance?.glyph ?? '…',
      'data-voice': entry.body.holder && entry.body.holder.kind !== 'author' ? '”' : null,
      'aria-label': nameOf(entry, words),
      'aria-pressed': String(entry.id === chosen),
      onclick: () => onchoose(entry.id),
    });
  }), ...remarks]);
}
