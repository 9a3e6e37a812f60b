// @ts-check
/** Comments and flags: what the server said last, and over it what still waits to be sent. */
import { asked, durably } from './database.js';
import { aboutOf } from './kinds.js';

/**
 * @typedef {object} Comment
 * @property {string} id
 * @property {number} passage
 * @property {number | null} start
 * @property {number | null} end
 * @property {string} text
 * @property {string | null} reply_to
 * @property {string} by
 * @property {boolean} own
 * @property {boolean} withdrawn
 * @property {boolean} resolved
 * @property {string} created_at
 * @property {Waiting} [waiting]
 *
 * @typedef {'queued' | 'parked'} Waiting  Not acknowledged: to be sent, or refused.
 * @typedef {{id: string, kind: 'discuss' | 'zone' | 'split', passage: number, proposed: string | null, note: string, created_at: string, settlement: string | null, settlement_reason: string, waiting?: Waiting}} Flag
 *
 * @typedef {object} Said  Of one assignment.
 * @property {string} assignment
 * @property {Comment[]} comments
 * @property {Flag[]} flags
 * @property {boolean} others_visible
 * @property {number} asOf  when it was asked for, milliseconds; 0: never
 * @property {number} settledAt  when an operation was last acknowledged, milliseconds
 */

const STORES = ['remarks'];

/** @param {string} assignment @returns {Said} */
export function nothingSaid(assignment) {
  return { assignment, comments: [], flags: [], others_visible: false, asOf: 0, settledAt: 0 };
}

/**
 * As it stands once the operation is obeyed. Pure.
 * @param {Said} said @param {Operation} operation @param {any} [answer]  the server's, where it has come
 * @returns {Said}
 */
export function withOperation(said, { kind, subject, body, at, state }, answer) {
  const waiting = answer ? {} : { waiting: state };
  const stamp = new Date(at).toISOString();
  const without = (/** @type {any[]} */ list) => list.filter(({ id }) => id !== subject);
  const changed = (/** @type {Partial<Comment>} */ change) => said.comments.map((one) => (one.id === subject ? { ...one, ...change, ...waiting } : one));
  if (kind === 'comment') {
    const plain = { reply_to: null, start: null, end: null, by: '', own: true, withdrawn: false, resolved: false, created_at: stamp };
    return { ...said, comments: [...without(said.comments), { ...plain, ...body, id: subject, ...answer, ...waiting }] };
  }
  if (kind === 'flag') {
    const plain = { created_at: stamp, settlement: null, settlement_reason: '' };
    return { ...said, flags: [...without(said.flags), { ...plain, ...body, id: subject, ...answer, ...waiting }] };
  }
  if (kind === 'comment-resolve') return { ...said, comments: changed({ resolved: body.resolved }) };
  if (kind === 'flag-withdraw') return { ...said, flags: without(said.flags) };
  const answered = said.comments.some(({ reply_to, withdrawn }) => reply_to === subject && !withdrawn);
  return { ...said, comments: answered ? changed({ withdrawn: true, text: '' }) : without(said.comments) };
}

/**
 * What the person sees: the server's word, and on it what is on its way. What was refused changes
 * nothing, but a text that was refused is still shown as one's own.
 * @param {Said} said @param {Operation[]} operations
 */
export function shown(said, operations) {
  return operations
    .filter((one) => aboutOf(one) === 'remark' && one.assignment === said.assignment && (one.state === 'queued' || one.kind === 'comment' || one.kind === 'flag'))
    .reduce((before, operation) => withOperation(before, operation), said);
}

/** @param {IDBTransaction} transaction @param {string} assignment @returns {Promise<Said>} */
export async function saidOn(transaction, assignment) {
  return (await asked(transaction.objectStore('remarks').get(assignment))) ?? nothingSaid(assignment);
}

/**
 * Keep what the server said when it was asked at `asOf`; false if something was acknowledged since,
 * which the answer may not know, so that it has to be asked again.
 * @param {IDBDatabase} db @param {string} assignment @param {Omit<Said, 'assignment' | 'asOf' | 'settledAt'>} answer @param {number} asOf  milliseconds
 */
export function keepSaid(db, assignment, { comments, flags, others_visible }, asOf) {
  return durably(db, async (store) => {
    const old = await asked(store('remarks').get(assignment));
    if (old && (old.settledAt >= asOf || old.asOf > asOf)) return false;
    store('remarks').put({ ...nothingSaid(assignment), settledAt: old?.settledAt ?? 0, comments, flags, others_visible, asOf });
    return true;
  }, STORES);
}
