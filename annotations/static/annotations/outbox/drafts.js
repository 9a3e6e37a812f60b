// @ts-check
/** What is being typed and was not sent yet, by assignment, on this device: it outlives the page. */
import { asked, completed, withCare } from './database.js';

/** How long a keystroke may live in the page alone, in milliseconds. */
const HELD = 150;

/** @typedef {{id: string, assignment: string, name: string, value: any, at: number}} Draft  `at`: milliseconds */

export class Drafts {
  /** @param {Device} db @param {string} assignment */
  static async open(db, assignment) {
    /** @type {Draft[]} */
    const all = await withCare(db, async () => asked(db.transaction('drafts').objectStore('drafts').index('assignment').getAll(assignment)));
    return new Drafts(db, assignment, all);
  }

  /** @param {Device} db @param {string} assignment @param {Draft[]} [known] */
  constructor(db, assignment, known = []) {
    this.db = db;
    this.assignment = assignment;
    /** @type {Map<string, any>} */
    this.values = new Map(known.map(({ name, value }) => [name, value]));
    /** Names of those that differ from the disk. @type {Set<string>} */
    this.unwritten = new Set();
    this.timer = 0;
    for (const event of ['pagehide', 'visibilitychange']) addEventListener(event, () => this.flush());
  }

  /** @param {string} name @returns {any} undefined: there is none */
  get(name) {
    return this.values.get(name);
  }

  /** @param {string} start  what their names begin with @returns {[string, any][]} */
  under(start) {
    return [...this.values].filter(([name]) => name.startsWith(start));
  }

  /** @param {string} name @param {any} value  undefined: there is nothing more to keep */
  keep(name, value) {
    if (value === undefined && !this.values.delete(name)) return;
    if (value !== undefined) this.values.set(name, value);
    this.unwritten.add(name);
    this.timer ||= window.setTimeout(() => this.flush(), HELD);
  }

  /** Once `done` is on disk the draft has become something else; unless more was typed meanwhile. @param {string} name @param {Promise<unknown>} done */
  async become(name, done) {
    const value = JSON.stringify(this.get(name));
    await done;
    if (JSON.stringify(this.get(name)) === value) this.keep(name, undefined);
  }

  /** @returns {Promise<void>} on disk */
  async flush() {
    clearTimeout(this.timer);
    this.timer = 0;
    const names = [...this.unwritten];
    this.unwritten.clear();
    if (names.length) await withCare(this.db, () => this.write(names));
  }

  /** @param {string[]} names @returns {Promise<void>} */
  write(names) {
    const transaction = this.db.transaction('drafts', 'readwrite');
    const store = transaction.objectStore('drafts');
    for (const name of names) {
      const id = `${this.assignment}/${name}`;
      if (this.values.has(name)) store.put({ id, assignment: this.assignment, name, value: this.values.get(name), at: Date.now() });
      else store.delete(id);
    }
    return completed(transaction);
  }
}
