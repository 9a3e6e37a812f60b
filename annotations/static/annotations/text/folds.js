// @ts-check
/** Runs of page furniture: folded into one quiet line each, never taken out of the text. */
import { h } from '../dom.js';
import { firstIndex } from './textmap.js';

/**
 * @typedef {object} Fold
 * @property {[number, number]} blocks  index of the first one, and after the last one
 * @property {number} start  code point, with the white space around it
 * @property {number} end
 * @property {boolean} shown
 * @property {HTMLElement} button
 * @property {HTMLElement} inside
 * @property {Record<'true' | 'false', string>} labels
 */

/**
 * The part of a span that is left beside what is folded, on the side of `at`; null where nothing is. Pure.
 * @param {Span} span @param {number} at  code point @param {Span[]} closed
 * @returns {Span | null}
 */
export function unfolded({ start, end }, at, closed) {
  for (const fold of closed) {
    if (fold.end <= start || fold.start >= end) continue;
    if (at < fold.start) end = fold.start;
    else if (at >= fold.end) start = fold.end;
    else return null;
  }
  return start < end ? { start, end } : null;
}

/** Events: `change`. */
export class Folds extends EventTarget {
  /** @param {Translate} t */
  constructor(t) {
    super();
    this.t = t;
    /** In the order of the text. @type {Fold[]} */
    this.all = [];
  }

  /**
   * An element that folds what is put into its `inside`. The browser's own search may open it too.
   * @param {{blocks: [number, number], start: number, end: number, passages: number}} run
   */
  add({ passages, ...place }) {
    const labels = { true: this.t('fold_hide', { n: passages }), false: this.t('fold_show', { n: passages }) };
    const button = h('button', { type: 'button', class: 'unfold', onclick: () => this.set([fold], !fold.shown) });
    const inside = h('div', { class: 'folded' });
    /** @type {Fold} */
    const fold = { ...place, labels, button, inside, shown: true };
    inside.addEventListener('beforematch', () => this.set([fold], true));
    this.all.push(fold);
    this.draw(fold, false);
    return { element: h('div', { class: 'fold' }, button, inside), inside };
  }

  /** @param {Fold[]} folds @param {boolean} shown */
  set(folds, shown) {
    const changed = folds.filter((fold) => fold.shown !== shown);
    changed.forEach((fold) => this.draw(fold, shown));
    if (changed.length) this.dispatchEvent(new Event('change'));
  }

  /** @param {Fold} fold @param {boolean} shown */
  draw(fold, shown) {
    fold.shown = shown;
    const label = fold.labels[shown ? 'true' : 'false'];
    fold.button.setAttribute('aria-expanded', String(shown));
    // Shown as generated content: the line stands inside the text and must not add to it.
    fold.button.setAttribute('aria-label', label);
    fold.button.dataset.label = label;
    if (shown) fold.inside.removeAttribute('hidden');
    else fold.inside.setAttribute('hidden', 'until-found');
  }

  /** Open those that a span touches. @param {Span} span */
  open({ start, end }) {
    this.set(this.all.filter((fold) => fold.start < end && fold.end > start), true);
  }

  /** @returns {Fold[]} */
  get closed() {
    return this.all.filter(({ shown }) => !shown);
  }

  /** Whether a block is folded away now. @param {number} block */
  hides(block) {
    const i = firstIndex(this.all.length, (k) => this.all[k].blocks[1] > block);
    const fold = this.all[i];
    return Boolean(fold && !fold.shown && fold.blocks[0] <= block);
  }
}
