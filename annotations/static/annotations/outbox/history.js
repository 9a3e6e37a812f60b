// @ts-check
/**
 * What can be undone, and redone: a change and its opposite, as data, kept on this device for a day.
 * Undoing is itself a new operation, so the history here never has to agree with the server's.
 */
import { asked } from './database.js';
import { uuid7 } from './identifiers.js';

/**
 * @typedef {object} Step
 * @property {string} id  rises with time
 * @property {string} assignment
 * @property {string} title  of the article
 * @property {'create' | 'change' | 'remove' | 'submit' | 'skip' | 'discard' | 'comment' | 'comment-resolve' | 'comment-withdraw' | 'flag' | 'flag-withdraw'} label
 * @property {string} subject  the id of what was changed
 * @property {any} before  body of the annotation, comment or flag; null: it was not there; of a discarding the operations
 * @property {any} after  the same; of a submission or a skip what was sent
 * @property {boolean} undone
 * @property {number} at  milliseconds
 */

/** @typedef {'undo' | 'redo'} Direction */

const DAY = 24 * 3600 * 1000;
const MOST = 500;

export class History {
  /** @param {Device} db @param {string} assignment @param {number} now  milliseconds */
  static async open(db, assignment, now) {
    const store = db.transaction('steps', 'readwrite').objectStore('steps');
    /** @type {Step[]} */
    const all = await asked(store.getAll());
    const kept = all.slice(-MOST).filter((step) => now - step.at < DAY);
    const ids = new Set(kept.map(({ id }) => id));
    for (const { id } of all) if (!ids.has(id)) store.delete(id);
    return new History(assignment, kept, db);
  }

  /** @param {string} assignment @param {Step[]} [steps]  in their order @param {Device | null} [db] */
  constructor(assignment, steps = [], db = null) {
    this.assignment = assignment;
    this.steps = steps;
    this.db = db;
  }

  /** What was undone before in the same article is forgotten. @param {Omit<Step, 'id' | 'assignment' | 'undone' | 'at'>} step */
  record(step) {
    const gone = this.steps.filter((one) => one.undone && one.assignment === this.assignment);
    const made = { ...step, id: uuid7(), assignment: this.assignment, undone: false, at: Date.now() };
    this.steps = [...this.steps.filter((one) => !gone.includes(one)), made];
    this.write((store) => {
      gone.forEach(({ id }) => store.delete(id));
      store.put(made);
    });
  }

  /** The step to take back or to repeat: of this article while it has any, else of another. @param {Direction} direction */
  next(direction) {
    const fitting = this.steps.filter((step) => step.undone === (direction === 'redo'));
    const own = fitting.filter((step) => step.assignment === this.assignment);
    return (own.length ? own : fitting).at(direction === 'undo' ? -1 : 0);
  }

  /** It is undone, or done again. @param {Step} step */
  turn(step) {
    step.undone = !step.undone;
    this.write((store) => store.put(step));
  }

  /** The same thing goes by another id from now on. @param {string} old @param {string} id */
  rename(old, id) {
    const renamed = this.steps.filter((step) => step.subject === old);
    renamed.forEach((step) => (step.subject = id));
    this.write((store) => renamed.forEach((step) => store.put(step)));
  }

  /** @param {(store: IDBObjectStore) => void} work */
  write(work) {
    if (this.db) work(this.db.transaction('steps', 'readwrite').objectStore('steps'));
  }
}
