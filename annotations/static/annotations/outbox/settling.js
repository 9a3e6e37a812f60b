// @ts-check
/** What an answer of the server changes on this device. Each function is one durable transaction. */
import { asked, durably } from './database.js';
import { blank } from './entries.js';
import { aboutOf } from './kinds.js';
import { ofSubject } from './queue.js';
import { nothingSaid, withOperation } from './remarks.js';

/** @param {IDBDatabase} db @param {Operation} operation @param {Exclude<Outcome, {kind: 'signed-out' | 'other-user' | 'later'}>} outcome */
export function record(db, operation, outcome) {
  if (outcome.kind === 'conflict') return wanted(operation, outcome.current) ? settle(db, operation, outcome.current.revision) : collide(db, operation, outcome.current);
  if (outcome.kind === 'refused') return park(db, operation, outcome.problem);
  const { answer, revision } = outcome;
  const settled = {
    annotation: () => settle(db, operation, revision),
    assignment: () => settleWork(db, operation, String(answer.state ?? operation.body.state)),
    remark: () => settleRemark(db, operation, answer),
    person: () => durably(db, async (store) => void store('operations').delete(/** @type {number} */ (operation.seq))),
  };
  return settled[aboutOf(operation)]();
}

/**
 * The server took an annotation's operation: it leaves, and those built on it are told the revision.
 * @param {IDBDatabase} db
 * @param {Operation} operation
 * @param {number} revision
 */
function settle(db, operation, revision) {
  return durably(db, async (store) => {
    const others = await ofSubject(store, operation.subject);
    const entry = (await asked(store('entries').get(operation.subject))) ?? blank(operation);
    store('operations').delete(/** @type {number} */ (operation.seq));
    store('receipts').put({ operation: operation.id, revision, at: Date.now() });
    for (const other of others) {
      if (other.base && 'operation' in other.base && other.base.operation === operation.id) store('operations').put({ ...other, base: { revision } });
    }
    const deleted = operation.kind === 'delete';
    const acked = deleted ? entry.acked : operation.body;
    const head = entry.head === operation.id ? null : entry.head;
    // Given up here while it was on its way: it is the server's state all the same.
    const seen = head || entry.conflict ? {} : { body: acked ?? entry.body, deleted };
    store('entries').put({ ...entry, ...seen, revision, head, acked, ackedDeleted: deleted, settledAt: Date.now() });
  });
}

/**
 * The server took a submission, a skip or a taking back; after the last, what was refused only
 * because the article was closed goes on its way again.
 * @param {IDBDatabase} db @param {Operation} operation @param {string} state
 */
function settleWork(db, operation, state) {
  return durably(db, async (store) => {
    const work = await asked(store('works').get(operation.subject));
    /** @type {Operation[]} */
    const all = await asked(store('operations').getAll());
    const last = work?.head === operation.id;
    store('operations').delete(/** @type {number} */ (operation.seq));
    store('works').put({ id: operation.subject, state: last ? state : work?.state ?? state, server: state, head: last ? null : work?.head ?? null });
    if (operation.kind !== 'reopen') return;
    const closedOut = all.filter((one) => one.state === 'parked' && one.problem?.assignment?.id === operation.subject);
    for (const one of closedOut) store('operations').put({ ...one, state: 'queued', problem: null });
  });
}

/** The server took a comment, a flag, or what was done to one. @param {IDBDatabase} db @param {Operation} operation @param {any} answer */
function settleRemark(db, operation, answer) {
  return durably(db, async (store) => {
    const said = (await asked(store('remarks').get(operation.assignment))) ?? nothingSaid(operation.assignment);
    store('operations').delete(/** @type {number} */ (operation.seq));
    store('remarks').put({ ...withOperation(said, operation, answer), settledAt: Date.now() });
  }, ['operations', 'remarks']);
}

/** The server refused for good: kept, shown, and out of the way of the others. @param {IDBDatabase} db @param {Operation} operation @param {Problem} problem */
function park(db, operation, problem) {
  return durably(db, async (store) => {
    // A newer one may have taken its place while it was on its way.
    if (!(await asked(store('operations').get(/** @type {number} */ (operation.seq))))) return;
    const closed = problem.assignment;
    const work = await asked(store('works').get(closed?.id ?? operation.subject));
    store('operations').put({ ...operation, state: 'parked', problem });
    if (aboutOf(operation) === 'assignment' && work) store('works').put({ ...work, state: work.server, head: null });
    else if (closed) store('works').put({ id: closed.id, head: null, ...work, server: closed.state, state: work?.head ? work.state : closed.state });
  });
}

/** Whether the server has come to the very same elsewhere: then there is nothing to choose. Pure. @param {Operation} operation @param {Annotation} current */
export function wanted({ kind, body }, current) {
  if (kind === 'delete' || current.deleted) return kind === 'delete' && current.deleted;
  const said = (/** @type {Coding} */ { start, end, theme, stance, holder, certainty, memo }) => JSON.stringify([start, end, theme, stance, holder?.kind, holder?.name || '', certainty, memo]);
  return said(body) === said(current);
}

/** The server has another state than the one this was made on. @param {IDBDatabase} db @param {Operation} operation @param {Annotation} current */
function collide(db, operation, current) {
  return durably(db, async (store) => {
    // Given up here while it was on its way, it does not come back.
    if (!(await asked(store('operations').get(/** @type {number} */ (operation.seq))))) return;
    const entry = await asked(store('entries').get(operation.subject));
    store('operations').put({ ...operation, state: 'conflict' });
    if (entry) store('entries').put({ ...entry, conflict: current });
  });
}
