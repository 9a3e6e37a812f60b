// @ts-check
/**
 * The device's store where the browser keeps nothing: as much of IndexedDB as the outbox uses, in
 * this page's memory. Transactions run one after the other; what they did goes with the page.
 */

/** Operations made here come after all that were ever on disk. */
export const FIRST_SEQ = 2 ** 40;

/** @typedef {{keyPath: string, indices?: string[], autoIncrement?: boolean}} Shape */
/** @typedef {{result: any, error: DOMException | null, onsuccess: (() => void) | null, onerror: (() => void) | null}} Request */

export class MemoryDatabase {
  /** @param {string} name @param {Record<string, Shape>} shapes @param {Record<string, any[]>} [rows]  to begin with */
  constructor(name, shapes, rows = {}) {
    this.name = name;
    this.seq = FIRST_SEQ;
    /** @type {Transaction[]} */
    this.line = [];
    /** @type {Map<string, {shape: Shape, rows: Map<any, any>}>} */
    this.stores = new Map(Object.entries(shapes).map(([store, shape]) => [store, { shape, rows: new Map((rows[store] ?? []).map((row) => [row[shape.keyPath], row])) }]));
  }

  /** @returns {any} */
  transaction() {
    const made = new Transaction(this);
    this.line.push(made);
    if (this.line.length === 1) made.begin();
    return made;
  }

  close() {}
}

class Transaction {
  /** @param {MemoryDatabase} database */
  constructor(database) {
    this.database = database;
    /** @type {(() => void)[]} */
    this.waiting = [];
    this.begun = false;
    this.busy = false;
    this.error = null;
    /** @type {(() => void) | null} */
    this.oncomplete = null;
    /** @type {(() => void) | null} */
    this.onabort = null;
    /** @type {(() => void)[]} */
    this.undo = [];
  }

  begin() {
    this.begun = true;
    this.turn();
  }

  /** Obey what was asked; when nothing more is asked in a turn of the event loop, it is complete. */
  turn() {
    const asked = this.waiting.splice(0);
    asked.forEach((work) => work());
    this.busy = asked.length > 0;
    setTimeout(() => (this.waiting.length || this.busy ? this.turn() : this.end(this.oncomplete)));
  }

  /** @param {(() => void) | null} say */
  end(say) {
    const { line } = this.database;
    if (!line.includes(this)) return;
    line.splice(line.indexOf(this), 1);
    say?.();
    if (this.begun) line[0]?.begin();
  }

  abort() {
    this.waiting = [];
    this.undo.reverse().forEach((back) => back());
    this.end(this.onabort);
  }

  /** @param {() => any} work @returns {any} */
  ask(work) {
    /** @type {Request} */
    const request = { result: undefined, error: null, onsuccess: null, onerror: null };
    this.waiting.push(() => {
      request.result = structuredClone(work());
      queueMicrotask(() => request.onsuccess?.());
    });
    return request;
  }

  /** @param {string} name */
  objectStore(name) {
    const { database } = this;
    const { shape, rows } = /** @type {{shape: Shape, rows: Map<any, any>}} */ (database.stores.get(name));
    const write = (/** @type {any} */ key, /** @type {any} */ row) => {
      const before = rows.get(key);
      this.undo.push(() => (before === undefined ? rows.delete(key) : rows.set(key, before)));
      if (row === undefined) rows.delete(key);
      else rows.set(key, row);
    };
    const put = (/** @type {any} */ value) => {
      const row = structuredClone(value);
      if (shape.autoIncrement && row[shape.keyPath] === undefined) row[shape.keyPath] = database.seq++;
      return this.ask(() => write(row[shape.keyPath], row));
    };
    const sorted = () => [...rows.values()].sort((a, b) => (a[shape.keyPath] < b[shape.keyPath] ? -1 : 1));
    return {
      put, add: put,
      get: (/** @type {any} */ key) => this.ask(() => rows.get(key)),
      getAll: () => this.ask(sorted),
      delete: (/** @type {any} */ key) => this.ask(() => write(key, undefined)),
      clear: () => this.ask(() => [...rows.keys()].forEach((key) => write(key, undefined))),
      index: (/** @type {string} */ field) => ({ getAll: (/** @type {any} */ value) => this.ask(() => sorted().filter((row) => row[field] === value)) }),
    };
  }
}
