// @ts-check
/** The device's own store: one database a user, so that nobody's work is ever sent as another's. */

/**
 * @typedef {{revision: number} | {operation: string}} Base  What an operation was made on.
 *
 * @typedef {object} Operation  One thing to tell the server; they leave in the order of `seq`.
 * @property {number} [seq]
 * @property {string} id  its Idempotency-Key
 * @property {'put' | 'delete' | 'submit' | 'skip' | 'reopen' | 'comment' | 'comment-resolve' | 'comment-withdraw' | 'flag' | 'flag-withdraw' | 'preferences'} kind
 * @property {string} subject  the id of what it is about
 * @property {string} assignment
 * @property {string} url
 * @property {any} body
 * @property {Base | null} base  of an annotation's
 * @property {string | null} [after]  the subject that has to be there before it
 * @property {'queued' | 'parked' | 'conflict'} state
 * @property {Problem | null} problem
 * @property {number} at  milliseconds
 *
 * @typedef {{status: number, type: string, title: string, detail: string, errors: {field: string, detail: string}[], annotations: string[], assignment: {id: string, state: string} | null}} Problem
 *
 * @typedef {object} Entry  An annotation as this device knows it.
 * @property {string} id
 * @property {string} assignment
 * @property {Coding} body  as the person sees it
 * @property {boolean} deleted
 * @property {number} revision  the last one that the server acknowledged; 0: none
 * @property {Coding | null} acked  the body at that revision
 * @property {boolean} ackedDeleted
 * @property {string | null} head  the newest operation not yet acknowledged
 * @property {Annotation | null} conflict  the server's state that ours was not made on
 * @property {number} settledAt  milliseconds
 *
 * @typedef {{id: string, state: string, server: string, head: string | null}} Work  An assignment: as seen, as acknowledged.
 * @typedef {{operation: string, revision: number, at: number}} Receipt  What became of an operation that left the queue.
 * @typedef {{assignment: string, judged: number[], cursor: Span | null}} Place
 * @typedef {{assignment: string, article: Article, asOf: number}} Kept  An article fetched ahead; `asOf`: milliseconds.
 */

const STORES = ['operations', 'entries', 'works', 'receipts'];
const WEEK = 7 * 24 * 3600 * 1000;

/** @type {Record<string, {keyPath: string, indices?: string[], autoIncrement?: boolean}>} */
export const SHAPES = {
  operations: { keyPath: 'seq', autoIncrement: true, indices: ['subject'] },
  entries: { keyPath: 'id', indices: ['assignment'] },
  works: { keyPath: 'id' },
  receipts: { keyPath: 'operation', indices: ['at'] },
  places: { keyPath: 'assignment' },
  leases: { keyPath: 'name' },
  steps: { keyPath: 'id' },
  articles: { keyPath: 'assignment' },
  remarks: { keyPath: 'assignment' },
  drafts: { keyPath: 'id', indices: ['assignment'] },
};

/** A store that every write names, whether or not it writes there. */
const TURN = 'leases';

/**
 * The scope of a write. All of them share one store, so that the browser runs them one after the other: killed
 * while two ran side by side, Chromium (156) now and then finds the whole database damaged, and empties it.
 * @param {string | string[]} stores
 */
export function inTurn(stores) {
  return [...new Set([stores, TURN].flat())];
}

/** This browser has no store for us, or will not open it. */
export class NotKept extends Error {}

/** @param {string} user @returns {Promise<IDBDatabase>} */
export async function openDatabase(user) {
  if (!globalThis.indexedDB) throw new NotKept('There is no IndexedDB.');
  const request = indexedDB.open(`workbench-${user}`, 3);
  request.onupgradeneeded = () => {
    for (const [name, { indices = [], ...options }] of Object.entries(SHAPES)) {
      if (request.result.objectStoreNames.contains(name)) continue;
      const store = request.result.createObjectStore(name, options);
      indices.forEach((field) => store.createIndex(field, field));
    }
  };
  const db = await opened(request);
  db.onversionchange = () => db.close();
  const old = db.transaction(inTurn('receipts'), 'readwrite').objectStore('receipts').index('at').openCursor(IDBKeyRange.upperBound(Date.now() - WEEK));
  old.onsuccess = () => {
    old.result?.delete();
    old.result?.continue();
  };
  return db;
}

/** @param {IDBOpenDBRequest} request @returns {Promise<IDBDatabase>} */
function opened(request) {
  return Promise.race([asked(request), new Promise((_, reject) => (request.onblocked = () => reject(new NotKept('Another page holds it.'))))]);
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
export function completed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new DOMException('The transaction was aborted.', 'AbortError'));
  });
}

/**
 * Run `work` in one transaction that is on disk when the promise resolves. It begins at once, so
 * that transactions run in the order of the calls. Where the disk refuses, it is done in memory.
 * @template T
 * @param {IDBDatabase | Device} db
 * @param {(store: (name: string) => IDBObjectStore) => Promise<T>} work
 * @param {string[]} [stores]
 * @returns {Promise<T>}
 */
export async function durably(db, work, stores = STORES) {
  return withCare(db, () => written(db, work, stores));
}

/** @template T @param {IDBDatabase | Device} db @param {(store: (name: string) => IDBObjectStore) => Promise<T>} work @param {string[]} stores @returns {Promise<T>} */
async function written(db, work, stores) {
  const transaction = db.transaction(stores, 'readwrite', { durability: 'strict' });
  const end = completed(transaction);
  const [result] = await Promise.all([
    work((name) => transaction.objectStore(name)).catch((error) => {
      abort(transaction);
      throw error;
    }),
    end,
  ]);
  return result;
}

/** Once more where the device has found another way. @template T @param {IDBDatabase | Device} db @param {() => Promise<T>} attempt @returns {Promise<T>} */
export async function withCare(db, attempt) {
  try {
    return await attempt();
  } catch (error) {
    if (!('failed' in db)) throw error;
    await db.failed(error);
    return withCare(db, attempt);
  }
}

/** @param {IDBTransaction} transaction */
function abort(transaction) {
  try {
    transaction.abort();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // it had already ended
  }
}

/** @param {IDBDatabase | Device} db @returns {Promise<Operation[]>} in the order in which they leave */
export function operations(db) {
  return withCare(db, async () => asked(db.transaction('operations').objectStore('operations').getAll()));
}
