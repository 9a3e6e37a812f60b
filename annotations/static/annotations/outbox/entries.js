// @ts-check
/** Annotations as this device knows them, and what the server's word changes in them. */
import { asked, durably } from './database.js';

/** @param {Operation} operation @returns {Entry} */
export function blank(operation) {
  return { id: operation.subject, assignment: operation.assignment, body: operation.body, deleted: false, revision: 0, acked: null, ackedDeleted: false, head: null, conflict: null, settledAt: 0 };
}

/** @param {Annotation} annotation @returns {Entry} */
export function entryOf(annotation) {
  const { assignment, start, end, quote, theme, stance, holder, certainty, memo } = annotation;
  const body = { assignment, start, end, quote, theme, stance, holder, certainty, memo };
  return { id: annotation.id, assignment, body, deleted: annotation.deleted, revision: annotation.revision, acked: body, ackedDeleted: annotation.deleted, head: null, conflict: null, settledAt: Date.now() };
}

/**
 * What the server's word changes; what waits to be sent is never overwritten. Pure.
 * @param {Map<string, Entry>} mine
 * @param {Map<string, Entry>} theirs
 * @param {number} asOf  milliseconds
 */
export function news(mine, theirs, asOf) {
  const older = (/** @type {Entry | undefined} */ entry) => !entry || (!entry.head && !entry.conflict && entry.settledAt < asOf);
  const put = [...theirs.values()].filter((entry) => older(mine.get(entry.id)) || isBehind(mine.get(entry.id), entry));
  const gone = [...mine.values()].filter((entry) => !theirs.has(entry.id) && older(entry) && !entry.deleted).map(({ id }) => id);
  return { put, gone };
}

/**
 * Whether the server has gone on since: an operation that is sent once more gets its first answer. Pure.
 * @param {Entry | undefined} entry @param {Entry} known  as the server said
 */
function isBehind(entry, known) {
  return Boolean(entry && !entry.head && !entry.conflict && entry.revision < known.revision);
}

/** After an answer that is older than what the server has said of the annotation. @param {IDBDatabase} db @param {Entry} known */
export function catchUp(db, known) {
  return durably(db, async (store) => {
    if (isBehind(await asked(store('entries').get(known.id)), known)) store('entries').put(known);
  });
}

/**
 * Of an entry whose newest operation is nowhere in the queue, the server has the last word: it left
 * while this device could not write that down. Pure.
 * @param {Entry[]} entries @param {Operation[]} operations
 */
export function mended(entries, operations) {
  const waiting = new Set(operations.map(({ id }) => id));
  return entries.map((entry) => (entry.head && !waiting.has(entry.head) ? { ...entry, head: null, settledAt: 0 } : entry));
}

/** The same for an assignment. Pure. @param {Work} work @param {Operation[]} operations @returns {Work} */
export function mendedWork(work, operations) {
  return !work.head || operations.some(({ id }) => id === work.head) ? work : { ...work, head: null, state: work.server };
}

/**
 * Bring what this device keeps in line with what the server said at `asOf` (milliseconds).
 * @param {IDBDatabase} db
 * @param {Assignment} assignment
 * @param {Map<string, Entry>} theirs
 * @param {number} asOf
 */
export function hydrate(db, assignment, theirs, asOf) {
  return durably(db, async (store) => {
    const [kept, operations] = await Promise.all([asked(store('entries').index('assignment').getAll(assignment.id)), asked(store('operations').getAll())]);
    /** @type {Map<string, Entry>} */
    const mine = new Map(mended(kept, operations).map((entry) => [entry.id, entry]));
    const { put, gone } = news(mine, theirs, asOf);
    for (const entry of put) {
      const old = mine.get(entry.id);
      if (old && (old.revision !== entry.revision || old.deleted !== entry.deleted || !old.settledAt)) store('entries').put(entry);
    }
    for (const id of gone) store('entries').delete(id);
    const work = await asked(store('works').get(assignment.id));
    if (!work || !mendedWork(work, operations).head) store('works').put({ id: assignment.id, state: assignment.state, server: assignment.state, head: null });
  });
}
