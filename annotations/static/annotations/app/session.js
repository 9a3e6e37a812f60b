// @ts-check
/** What the page knows at this moment: the article, the place, what is chosen. It changes by `set` only. */
import { Codebook } from '../codebook.js';
import { Standing } from '../outbox/standing.js';
import { firstIndex } from '../text/textmap.js';
import { wordsOf } from '../text/words.js';
import { passagesIn } from '../text/blocks.js';

/**
 * @typedef {object} View
 * @property {Cursor | null} cursor
 * @property {string | null} chosen  id of an annotation
 * @property {string | null} armed  key of the theme that the next selection gets
 * @property {string | null} chord  key of the theme whose sub-theme the next letter picks
 * @property {string | null} lastTheme
 * @property {Cursor | null} held  the cursor, where a finger has put it and may take it by its ends
 * @property {Span | null} stretch  what the grips would leave if they were let go now
 */

/** States in which one may code. */
const OPEN = new Set(['claimed', 'in_progress']);

/** Events: `change` (detail: what `set` was given). */
export class Session extends EventTarget {
  /**
   * @param {object} parts
   * @param {PageData} parts.page
   * @param {Article} parts.article
   * @param {Sheet} parts.sheet
   * @param {Outbox} parts.outbox
   * @param {Judged} parts.judged
   * @param {import('../outbox/history.js').History} parts.history
   * @param {import('../outbox/drafts.js').Drafts} parts.drafts
   * @param {Translate} parts.t
   * @param {(text: string) => void} parts.announce
   */
  constructor({ page, article, sheet, outbox, judged, history, drafts, t, announce }) {
    super();
    this.page = page;
    this.article = article;
    this.sheet = sheet;
    this.outbox = outbox;
    this.judged = judged;
    this.t = t;
    this.announce = announce;
    this.codebook = new Codebook(page.codebook);
    this.history = history;
    this.drafts = drafts;
    /** @type {Preferences['settings']} */
    this.settings = { selection: 'exact', reading_view: false, fold_boilerplate: true, ...outbox.preferences.settings };
    /** Said to the eye too, until it is closed. */
    this.note = '';
    this.standing = new Standing(outbox);
    /** @type {View} */
    this.view = { cursor: null, chosen: null, armed: null, chord: null, lastTheme: null, held: null, stretch: null };
    const { points } = sheet.map;
    const cache = new Map();
    /** @type {Passage[] | null} */
    let open = null;
    sheet.folds.addEventListener('change', () => (open = null));
    /** @type {World} */
    this.world = {
      get passages() {
        const shown = () => sheet.blocks.filter((_, i) => !sheet.folds.hides(i)).flatMap(({ passages }) => passages);
        // The pieces of a long paragraph may share a sentence.
        return (open ??= shown().filter((passage, i, all) => passage !== all[i - 1]));
      },
      words: (passage) => {
        let words = cache.get(passage.start);
        if (!words) cache.set(passage.start, (words = wordsOf(points, passage, this.languageOf(passage))));
        return words;
      },
    };
  }

  get editable() {
    return OPEN.has(this.outbox.work.state);
  }

  /** Whether leaving the page now would lose something. */
  get endangered() {
    return this.outbox.endangered || (this.outbox.db.trouble !== null && this.drafts.values.size > 0);
  }

  /** @returns {Entry | null} */
  get chosen() {
    const entry = this.view.chosen ? this.outbox.entries.get(this.view.chosen) : null;
    return entry && !entry.deleted ? entry : null;
  }

  /** What a theme would be put on now. @returns {Span | null} */
  get target() {
    return this.chosen?.body ?? this.view.cursor;
  }

  /** In the order of the text; the same array until something changes. */
  get annotations() {
    return this.standing.list;
  }

  /** Annotations of exactly this stretch. @param {Span} span */
  annotationsOf({ start, end }) {
    const { annotations } = this;
    const first = firstIndex(annotations.length, (i) => annotations[i].body.start >= start);
    const found = [];
    for (let i = first; i < annotations.length && annotations[i].body.start === start; i++) if (annotations[i].body.end === end) found.push(annotations[i]);
    return found;
  }

  /** @param {Partial<View>} change */
  set(change) {
    this.view = { ...this.view, ...change };
    this.dispatchEvent(new CustomEvent('change', { detail: change }));
  }

  /** Announced, and shown above the text until it is closed. @param {string} words */
  say(words) {
    this.note = words;
    if (words) this.announce(words);
    this.set({});
  }

  /** @param {Span} span */
  slice(span) {
    return this.sheet.map.points.slice(span.start, span.end);
  }

  /** @param {Span} span */
  passagesOf(span) {
    return passagesIn(this.article.passages, span);
  }

  /** Index of the paragraph that holds a span's start. @param {Span} span */
  blockIndex({ start }) {
    const at = this.sheet.map.points.toUtf16(start);
    const { blocks } = this.sheet;
    return Math.max(0, firstIndex(blocks.length, (i) => blocks[i].start16 > at) - 1);
  }

  /** @param {Span} span */
  blockOf(span) {
    return this.sheet.blocks[this.blockIndex(span)];
  }

  /** @param {Span} span */
  languageOf(span) {
    return this.passagesOf(span)[0]?.language || this.article.language || '';
  }
}
