// @ts-check
/** Which passages this person has judged: on screen for at least half their height and a second, visited, or tagged. */
import { asked } from '../outbox/database.js';
import { CODED, passagesIn } from '../text/blocks.js';

const LOOK = 250;
const LONG_ENOUGH = 1000;

/**
 * The share of a box's height that the frame shows.
 * @param {{top: number, bottom: number}} box
 * @param {{top: number, bottom: number}} frame
 */
export function visibleShare(box, frame) {
  const height = box.bottom - box.top;
  if (height <= 0) return 0;
  return Math.max(0, Math.min(box.bottom, frame.bottom) - Math.max(box.top, frame.top)) / height;
}

/** @param {IDBDatabase} db @param {string} assignment @returns {Promise<Place | undefined>} */
export function placeOf(db, assignment) {
  return asked(db.transaction('places').objectStore('places').get(assignment));
}

/** @typedef {import('../outbox/database.js').Place} Place */

export class Judged extends EventTarget {
  /**
   * @param {IDBDatabase} db
   * @param {Place} place  what was judged before, and where one was
   * @param {{sheet: Sheet, frame: Element, passages: Passage[]}} text
   */
  constructor(db, place, { sheet, frame, passages }) {
    super();
    this.db = db;
    this.assignment = place.assignment;
    this.sheet = sheet;
    this.frame = frame;
    this.passages = passages;
    /** Those that a submission is expected to have judged. */
    this.expected = passages.filter((passage) => CODED.has(passage.zone));
    /** @type {Set<number>} */
    this.indices = new Set(place.judged);
    /** @type {Span | null} */
    this.cursor = place.cursor;
    /** Since when each passage has been in view. @type {Map<number, number>} */
    this.since = new Map();
    /** Sections of which something is in view. @type {Set<Section>} */
    this.near = new Set();
    this.timer = 0;
  }

  watch() {
    const sections = new Map(this.sheet.sections.map((section) => [/** @type {Element} */ (section.element), section]));
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.near[isIntersecting ? 'add' : 'delete'](/** @type {Section} */ (sections.get(target)));
    }, { root: this.frame });
    for (const element of sections.keys()) observer.observe(element);
    setInterval(() => this.look(performance.now()), LOOK);
    addEventListener('pagehide', () => this.save());
  }

  /** @param {number} now  milliseconds */
  look(now) {
    if (document.visibilityState !== 'visible') return this.since.clear();
    const frame = this.frame.getBoundingClientRect();
    const seen = new Set();
    for (const passage of this.waitingIn(frame)) {
      if (visibleShare(this.sheet.map.range(passage).getBoundingClientRect(), frame) < 0.5) continue;
      seen.add(passage.index);
      if (now - (this.since.get(passage.index) ?? now) >= LONG_ENOUGH) this.add([passage.index]);
      else if (!this.since.has(passage.index)) this.since.set(passage.index, now);
    }
    for (const index of this.since.keys()) if (!seen.has(index)) this.since.delete(index);
  }

  /** Passages not yet judged, of paragraphs that are in view. @param {DOMRect} frame */
  waitingIn(frame) {
    const { blocks, paragraphs } = this.sheet;
    return [...this.near].flatMap(({ blocks: [first, end] }) => blocks.slice(first, end).flatMap(({ passages }, i) => {
      const waiting = passages.filter(({ index, zone }) => CODED.has(zone) && !this.indices.has(index));
      return waiting.length && visibleShare(paragraphs[first + i].getBoundingClientRect(), frame) > 0 ? waiting : [];
    }));
  }

  /** Visited by the cursor or tagged. @param {Span} span */
  visit(span) {
    this.cursor = { start: span.start, end: span.end };
    this.add(passagesIn(this.passages, span).map((passage) => passage.index));
    this.saveSoon();
  }

  /** @param {number[]} indices */
  add(indices) {
    const fresh = indices.filter((index) => !this.indices.has(index));
    if (!fresh.length) return;
    fresh.forEach((index) => this.indices.add(index));
    this.saveSoon();
    this.dispatchEvent(new CustomEvent('change', { detail: fresh }));
  }

  /** Expected and not judged. */
  get unread() {
    return this.expected.filter((passage) => !this.indices.has(passage.index));
  }

  saveSoon() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(), 400);
  }

  /** What another tab judged stays judged. */
  save() {
    const places = this.db.transaction('places', 'readwrite').objectStore('places');
    const found = places.get(this.assignment);
    found.onsuccess = () => {
      const judged = [...new Set([...(found.result?.judged ?? []), ...this.indices])].sort((a, b) => a - b);
      places.put({ assignment: this.assignment, judged, cursor: this.cursor });
    };
  }
}
