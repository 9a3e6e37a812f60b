// @ts-check
/** The annotations of the page in the order of the text, kept in order as they change. */
import { firstIndex } from '../text/textmap.js';

/** By start, longer first. @param {Entry} a @param {Entry} b */
function compare(a, b) {
  return a.body.start - b.body.start || b.body.end - a.body.end || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * Tells what changed since it was asked last: ids of subjects, or null, which stands for all.
 * @param {Outbox} outbox
 * @returns {() => Set<string> | null}
 */
export function changesOf(outbox) {
  /** @type {Set<string> | null} */
  let changed = null;
  outbox.addEventListener('change', (event) => {
    const { detail } = /** @type {CustomEvent<string[] | null>} */ (event);
    if (detail === null) changed = null;
    else detail.forEach((id) => changed?.add(id));
  });
  return () => {
    const said = changed;
    changed = new Set();
    return said;
  };
}

export class Standing {
  /** @param {Outbox} outbox */
  constructor(outbox) {
    this.outbox = outbox;
    this.changes = changesOf(outbox);
    /** @type {Entry[]} */
    this.sorted = [];
    /** As they stand in the list. @type {Map<string, Entry>} */
    this.known = new Map();
  }

  /** Another array whenever something has changed. */
  get list() {
    const changed = this.changes();
    if (changed === null) this.sorted = this.outbox.annotations.sort(compare);
    else if (changed.size) this.sorted = this.revised(changed);
    if (changed === null) this.known = new Map(this.sorted.map((entry) => [entry.id, entry]));
    return this.sorted;
  }

  /** @param {Set<string>} changed */
  revised(changed) {
    const list = [...this.sorted];
    for (const id of changed) {
      const before = this.known.get(id);
      if (before) list.splice(this.place(list, before), 1);
      const entry = this.outbox.entries.get(id);
      if (entry && !entry.deleted) {
        list.splice(this.place(list, entry), 0, entry);
        this.known.set(id, entry);
      } else this.known.delete(id);
    }
    return list;
  }

  /** @param {Entry[]} list @param {Entry} entry */
  place(list, entry) {
    return firstIndex(list.length, (i) => compare(list[i], entry) >= 0);
  }
}
