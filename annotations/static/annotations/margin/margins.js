// @ts-check
/** Keeps the margins' chips true: at once near the viewport, elsewhere when there is time. */
import { inPauses } from '../idle.js';
import { changesOf } from '../outbox/standing.js';
import { firstIndex } from '../text/textmap.js';
import { fillMargin } from './chips.js';
import { remarkMark, remarksOf } from './remarks.js';

export class Margins {
  /**
   * @param {Session} session
   * @param {import('../paint/window.js').Window} shown
   * @param {{onchoose: (id: string) => void, onopen: (remark: import('./remarks.js').Remark, key: string) => void}} hands
   */
  constructor(session, shown, { onchoose, onopen }) {
    this.session = session;
    this.window = shown;
    this.onchoose = onchoose;
    this.onopen = onopen;
    /** Marks of comments and flags, by block. @type {Map<number, import('./remarks.js').Remark[]>} */
    this.remarks = new Map();
    /** What they were read from; both are other objects whenever they may say something else. @type {unknown[]} */
    this.heard = [];
    this.changes = changesOf(session.outbox);
    /** Block by annotation, of those that have a chip. @type {Map<string, number>} */
    this.places = new Map();
    /** Blocks whose chips may not be those that they should be. @type {Set<number>} */
    this.stale = new Set();
    /** What was drawn, by block; 0: nothing. @type {Map<number, string | 0>} */
    this.drawn = new Map();
    /** @type {string | null} */
    this.chosen = null;
    this.catchUp = inPauses(() => this.fillOne());
    shown.addEventListener('change', () => this.fillNear());
  }

  draw() {
    const { chosen } = this.session.view;
    const changed = this.changes();
    if (changed === null) this.session.sheet.blocks.forEach((_, block) => this.touch(block));
    else for (const id of changed) this.place(id, this.session.outbox.entries.get(id));
    if (chosen !== this.chosen) [this.chosen, chosen].forEach((id) => this.touch(id ? this.places.get(id) : undefined));
    this.chosen = chosen;
    this.hear();
    this.fillNear();
    if (this.stale.size) void this.catchUp();
  }

  /** @param {string} id @param {Entry | undefined} entry */
  place(id, entry) {
    this.touch(this.places.get(id));
    this.places.delete(id);
    if (entry && !entry.deleted) this.touch(this.session.blockIndex(entry.body));
  }

  /** Comments and flags as they are known now; most turns bring none. */
  hear() {
    const { outbox, article } = this.session;
    const heard = [outbox.said, outbox.operations];
    if (heard.every((one, i) => one === this.heard[i])) return;
    this.heard = heard;
    const all = remarksOf(outbox.remarks).filter(({ passage }) => article.passages[passage]);
    const blocks = Map.groupBy(all, ({ passage }) => this.session.blockIndex(article.passages[passage]));
    for (const block of [...this.remarks.keys(), ...blocks.keys()]) this.touch(block);
    this.remarks = blocks;
  }

  /** @param {number | undefined} block */
  touch(block) {
    if (block !== undefined) this.stale.add(block);
  }

  fillNear() {
    for (const section of this.window.near) {
      const [first, end] = this.session.sheet.sections[section].blocks;
      for (let block = first; block < end; block++) if (this.stale.has(block)) this.fill(block);
    }
  }

  /** Whether there is another one. */
  fillOne() {
    const [block] = this.stale;
    if (block !== undefined) this.fill(block);
    return this.stale.size > 0;
  }

  /** @param {number} block */
  fill(block) {
    this.stale.delete(block);
    const { codebook, t, view, sheet } = this.session;
    const entries = this.startingIn(block);
    for (const { id } of entries) this.places.set(id, block);
    const chosen = entries.find(({ id }) => id === view.chosen)?.id ?? null;
    const remarks = this.remarks.get(block) ?? [];
    const signature = (entries.length + remarks.length) && JSON.stringify([remarks, chosen, entries.map(({ id, body, conflict }) => [id, body.theme, body.stance, body.holder, body.quote, Boolean(conflict)])]);
    if ((this.drawn.get(block) ?? 0) === signature) return;
    this.drawn.set(block, signature);
    fillMargin(sheet.margins[block], entries, { codebook, t, chosen, onchoose: this.onchoose, remarks: remarks.map((one) => this.markOf(one)) });
  }

  /** @param {import('./remarks.js').Remark} remark */
  markOf(remark) {
    const { article, t } = this.session;
    return remarkMark(remark, { quote: this.session.slice(article.passages[remark.passage]), t, onopen: this.onopen });
  }

  /** Annotations that begin in a block. @param {number} block */
  startingIn(block) {
    const { annotations, sheet } = this.session;
    const { points } = sheet.map;
    const start = block === 0 ? 0 : points.toCodePoint(sheet.blocks[block].start16);
    const next = sheet.blocks[block + 1];
    const end = next ? points.toCodePoint(next.start16) : points.length + 1;
    const from = firstIndex(annotations.length, (i) => annotations[i].body.start >= start);
    return annotations.slice(from, firstIndex(annotations.length, (i) => annotations[i].body.start >= end));
  }
}
