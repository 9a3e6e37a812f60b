// @ts-check
/** What the person sees of their work: what this device keeps, and what was done a moment ago. */
import { asked, operations, withCare } from './database.js';
import { entryOf, hydrate, mended, mendedWork, news } from './entries.js';
import { PREFERENCES } from './kinds.js';
import { nothingSaid, saidOn, shown } from './remarks.js';
import { pause } from '../idle.js';

export class Seen extends EventTarget {
  /** @param {Device} db @param {Assignment} assignment @param {Preferences} [preferences] */
  constructor(db, assignment, preferences) {
    super();
    this.db = db;
    this.assignment = assignment.id;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    /** As the server gave them; those that were never changed on this device are nowhere else. @type {Map<string, Entry>} */
    this.ground = new Map();
    /** @type {Work} */
    this.work = { id: assignment.id, state: assignment.state, server: assignment.state, head: null };
    /** @type {Operation[]} */
    this.operations = [];
    /** Comments and flags as the server told them. */
    this.said = nothingSaid(assignment.id);
    /** Keys and settings as the server has them. @type {Partial<Preferences>} */
    this.preferred = preferences ?? {};
    /** Changes not yet on disk, by subject. @type {Map<string, number>} */
    this.writes = new Map();
    /** Rises whenever an annotation may have changed. */
    this.version = 0;
  }

  /** Annotations of this assignment that are not withdrawn. @returns {Entry[]} */
  get annotations() {
    return [...this.entries.values()].filter((entry) => !entry.deleted);
  }

  /**
   * Take over what the server said. It is seen at once; what this device keeps is brought in line when there is time.
   * @param {Assignment} assignment
   * @param {Annotation[]} annotations
   * @param {number} asOf  when they were asked for, milliseconds
   */
  async hydrate(assignment, annotations, asOf) {
    this.ground = new Map(annotations.map((annotation) => [annotation.id, { ...entryOf(annotation), settledAt: 0 }]));
    const { put, gone } = news(this.entries, this.ground, asOf);
    put.forEach((entry) => this.entries.set(entry.id, entry));
    gone.forEach((id) => this.entries.delete(id));
    if (!this.work.head) this.work = { id: assignment.id, state: assignment.state, server: assignment.state, head: null };
    this.tell('change', null);
    await pause();
    await hydrate(this.db, assignment, this.ground, asOf).catch((error) => this.tell('fatal', error));
  }

  /** Comments and flags as the person sees them. */
  get remarks() {
    return shown(this.said, this.operations);
  }

  /** Keys and settings as the person last chose them; those that the server refused are not in force. @returns {Partial<Preferences>} */
  get preferences() {
    return this.operations.findLast(({ kind, state }) => kind === PREFERENCES && state === 'queued')?.body ?? this.preferred;
  }

  /** Read back from disk. @param {string[] | null} subjects */
  async reload(subjects) {
    await withCare(this.db, () => this.read(subjects));
    await this.recount();
    this.tell('change', subjects);
  }

  /** @param {string[] | null} subjects */
  async read(subjects) {
    const transaction = this.db.transaction(['entries', 'works', 'remarks', 'operations']);
    const store = transaction.objectStore('entries');
    const rest = Promise.all([asked(transaction.objectStore('works').get(this.assignment)), saidOn(transaction, this.assignment), asked(transaction.objectStore('operations').getAll())]);
    if (subjects === null) {
      const all = await asked(store.index('assignment').getAll(this.assignment));
      const [, , waiting] = await rest;
      this.entries = new Map([...this.ground, ...mended(all, waiting).map((entry) => /** @type {[string, Entry]} */ ([entry.id, entry]))]);
    } else {
      for (const id of subjects) {
        const entry = (await asked(store.get(id))) ?? this.ground.get(id);
        // A change made meanwhile in this tab is newer than what is on disk.
        if (this.writes.get(id)) this.merge(id, entry);
        else if (entry?.assignment === this.assignment) this.entries.set(id, entry);
        else this.entries.delete(id);
      }
    }
    const [work, said, waiting] = await rest;
    this.said = said;
    if (work && !this.writes.get(this.assignment)) this.work = mendedWork(work, waiting);
  }

  /** Keep what the person sees, take what the server acknowledged. @param {string} id @param {Entry | undefined} entry */
  merge(id, entry) {
    const seen = this.entries.get(id);
    if (seen && entry) this.entries.set(id, { ...entry, body: seen.body, deleted: seen.deleted, head: seen.head });
  }

  async recount() {
    this.operations = await operations(this.db);
    this.tell('status');
  }

  /** @param {string} type @param {any} [detail] */
  tell(type, detail = null) {
    if (type === 'change') this.version++;
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
