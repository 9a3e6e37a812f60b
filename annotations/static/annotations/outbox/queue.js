// @ts-check
/** What goes into the queue, and what is taken out by hand. Each function is one durable transaction. */
import { asked, durably } from './database.js';
import { aboutOf, PREFERENCES, replaces, takesBack, wasNeverThere } from './kinds.js';
import { blank, entryOf } from './entries.js';

/** @typedef {(name: string) => IDBObjectStore} Stores */

/**
 * Append an operation, with the annotation as the person now sees it. What the server refused
 * before on the same subject is replaced by it; what waits in a conflict is waited for.
 * @param {IDBDatabase} db
 * @param {Operation} operation
 * @param {{body?: any, deleted: boolean}} [seen]  of an annotation
 * @param {Entry} [known]  as it was before; this device keeps only those that were changed on it
 */
export function enqueue(db, operation, seen, known) {
  return durably(db, async (store) => {
    const pending = await ofSubject(store, operation.subject);
    const refused = pending.find((one) => one.state === 'parked');
    if (refused && replaces(operation, refused)) {
      await drop(store, pending);
      if (takesBack(operation) && wasNeverThere(refused)) return store('entries').delete(operation.subject);
      operation = { ...operation, base: refused.base };
    }
    // Each change of preferences says all of them; keys that were refused stay in sight.
    if (operation.kind === PREFERENCES) await drop(store, pending.filter((one) => one.state === 'queued' || sameKeys(one, operation)));
    operation = { ...operation, base: await settledBase(store, operation) };
    delete operation.seq;
    store('operations').add(operation);
    if (seen) {
      const entry = await asked(store('entries').get(operation.subject));
      store('entries').put({ ...(entry ?? known ?? blank(operation)), ...seen, head: operation.id });
    } else await expect(store, operation);
  });
}

/** An annotation as it is seen once an operation is obeyed. @param {Operation} operation @returns {{body?: any, deleted: boolean} | undefined} */
export function seenAfter({ kind, body }) {
  if (kind === 'put') return { body, deleted: false };
  return kind === 'delete' ? { deleted: true } : undefined;
}

/** @param {Operation} one @param {Operation} other */
function sameKeys(one, other) {
  return JSON.stringify(one.body.keys) === JSON.stringify(other.body.keys);
}

/** An assignment is seen in the state that is asked for. @param {Stores} store @param {Operation} operation */
async function expect(store, operation) {
  if (aboutOf(operation) !== 'assignment') return;
  const work = await asked(store('works').get(operation.subject));
  store('works').put({ server: 'in_progress', ...work, id: operation.subject, state: stateAfter(operation), head: operation.id });
}

/** @param {Operation} operation */
export function stateAfter(operation) {
  return { submit: 'submitted', skip: 'skipped', reopen: 'in_progress' }[/** @type {'submit'} */ (operation.kind)];
}

/** A base that is an operation gone from the queue becomes the revision that it led to. @param {Stores} store @param {Operation} operation */
async function settledBase(store, { base, subject }) {
  if (!base || !('operation' in base)) return base;
  const pending = await ofSubject(store, subject);
  if (pending.some((one) => one.id === base.operation)) return base;
  const receipt = await asked(store('receipts').get(base.operation));
  return { revision: receipt ? receipt.revision : 0 };
}

/** Tell an operation the revision that the one it was made on led to, which has left without doing so. @param {IDBDatabase | Device} db @param {Operation} operation */
export function rebase(db, { seq, subject, base }) {
  return durably(db, async (store) => {
    const operation = await asked(store('operations').get(/** @type {number} */ (seq)));
    const receipt = base && 'operation' in base ? await asked(store('receipts').get(base.operation)) : null;
    const entry = await asked(store('entries').get(subject));
    if (operation) store('operations').put({ ...operation, base: { revision: receipt?.revision ?? entry?.revision ?? 0 } });
  });
}

/** @param {Stores} store @param {string} subject @returns {Promise<Operation[]>} */
export function ofSubject(store, subject) {
  return asked(store('operations').index('subject').getAll(subject));
}

/** Take operations out; whoever builds on them builds on what they were made on. @param {Stores} store @param {Operation[]} gone */
async function drop(store, gone) {
  const base = gone[0]?.base;
  const revision = base && 'revision' in base ? base.revision : 0;
  for (const operation of gone) {
    store('operations').delete(/** @type {number} */ (operation.seq));
    if (operation.base) store('receipts').put({ operation: operation.id, revision, at: Date.now() });
  }
}

/** Send again what was refused, as it is; what concerns the whole assignment goes after all that waits. @param {IDBDatabase} db @param {string} subject */
export function retry(db, subject) {
  return durably(db, async (store) => {
    for (const operation of await ofSubject(store, subject)) {
      if (operation.state !== 'parked') continue;
      if (aboutOf(operation) === 'assignment') {
        store('operations').delete(/** @type {number} */ (operation.seq));
        delete operation.seq;
      }
      store('operations').put({ ...operation, state: 'queued', problem: null });
      await expect(store, operation);
    }
  });
}

/** Give up what was not acknowledged of one subject. @param {IDBDatabase} db @param {string} subject */
export function discard(db, subject) {
  return durably(db, async (store) => {
    const pending = await ofSubject(store, subject);
    await drop(store, subject === PREFERENCES ? pending.filter((one) => one.state === 'parked') : pending);
    const work = await asked(store('works').get(subject));
    if (work) store('works').put({ ...work, state: work.server, head: null });
    const entry = await asked(store('entries').get(subject));
    if (!entry) return;
    if (entry.acked) store('entries').put({ ...entry, body: entry.acked, deleted: entry.ackedDeleted, head: null, conflict: null });
    else store('entries').delete(subject);
  });
}

/**
 * End a conflict: drop what was queued, take the server's state as the ground, and put on it, in
 * their order, what is to be sent, on the same annotation or beside it under another id.
 * @param {IDBDatabase} db
 * @param {Entry} entry
 * @param {{operation: Operation, body: Coding, deleted: boolean}[]} changes
 */
export function resolve(db, entry, changes) {
  return durably(db, async (store) => {
    await drop(store, await ofSubject(store, entry.id));
    const current = entryOf(/** @type {Annotation} */ (entry.conflict));
    store('entries').put(current);
    for (const { operation, body, deleted } of changes) {
      const ground = operation.subject === entry.id ? current : blank(operation);
      store('operations').add(operation);
      store('entries').put({ ...ground, body, deleted, head: operation.id });
    }
  });
}
