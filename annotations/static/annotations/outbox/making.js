// @ts-check
/** Operations as they are made, before they wait in the queue. */
import { entryOf } from './entries.js';
import { uuid7 } from './identifiers.js';
import { addressOf } from './kinds.js';

/** @typedef {{assignment: string, urls: Record<string, string>}} Place */

/**
 * @param {Place} place
 * @param {Operation['kind']} kind
 * @param {string} subject
 * @param {any} body
 * @param {Operation['base']} base  what it was made on; null for what is no annotation
 * @param {string | null} [after]  the subject that has to be there before it
 * @returns {Operation}
 */
export function operationOf({ assignment, urls }, kind, subject, body, base, after = null) {
  const url = addressOf(kind, urls, subject);
  return { id: uuid7(), kind, subject, assignment, url, body, base, after, state: 'queued', problem: null, at: Date.now() };
}

/**
 * What is sent when a conflict is resolved. Nothing that somebody wrote is given up: the version
 * that does not stand becomes a revision before the one that does, or an annotation of its own.
 * @param {Place} place
 * @param {Entry} entry
 * @param {'mine' | 'theirs' | 'both'} choice
 * @returns {{operation: Operation, body: Coding, deleted: boolean}[]}  in the order in which they leave
 */
export function kept(place, { id, body, deleted, conflict }, choice) {
  const current = /** @type {Annotation} */ (conflict);
  const first = (/** @type {string} */ subject, /** @type {number} */ revision) => operationOf(place, deleted ? 'delete' : 'put', subject, deleted ? null : body, { revision });
  if (choice === 'both') return deleted ? [] : [{ operation: first(uuid7(), 0), body, deleted }];
  if (choice === 'theirs' && deleted) return [];
  const mine = { operation: first(id, current.revision), body, deleted };
  if (choice === 'mine') return [mine];
  const theirs = entryOf(current).body;
  const back = operationOf(place, current.deleted ? 'delete' : 'put', id, current.deleted ? null : theirs, { operation: mine.operation.id });
  return [mine, { operation: back, body: theirs, deleted: current.deleted }];
}
