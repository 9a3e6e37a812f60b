// @ts-check
/** Which operation leaves next. Pure. */
import { aboutOf } from './kinds.js';

/**
 * The first one that nothing holds back. Operations on one subject keep their order, so one that is
 * parked or in conflict holds those after it; an answer waits for the comment it answers; a submission
 * waits for all annotations of its assignment, while taking it back may be what they wait for.
 * @template {{subject: string, assignment: string, state: string, kind: Operation['kind'], after?: string | null}} T
 * @param {T[]} operations  in the order in which they were made
 * @returns {T | null}
 */
export function nextToSend(operations) {
  const subjects = new Set();
  const assignments = new Set();
  for (const operation of operations) {
    const { state, subject, assignment, kind, after } = operation;
    const waitsForAll = kind === 'submit' || kind === 'skip';
    const held = state !== 'queued' || subjects.has(subject) || (after && subjects.has(after)) || (waitsForAll && assignments.has(assignment));
    if (!held) return operation;
    const about = aboutOf(operation);
    if (about !== 'person') subjects.add(subject); // each of those replaces all before it
    if (about === 'annotation') assignments.add(assignment);
  }
  return null;
}

/**
 * What an answer means for the queue.
 * @param {number} status  0: an answer that a page may not read, as a redirect to the sign-in
 * @returns {'taken' | 'conflict' | 'signed-out' | 'token' | 'later' | 'refused'}
 */
export function meaningOf(status) {
  if (status >= 200 && status < 300) return 'taken';
  if (status === 412) return 'conflict';
  if (status === 401 || status === 0) return 'signed-out';
  if (status === 403) return 'token';
  if (status === 408 || status === 429 || status >= 500) return 'later';
  return 'refused';
}

/** Milliseconds to wait after so many failures. @param {number} failures @param {number} chance  in [0, 1) */
export function patience(failures, chance) {
  return Math.min(30_000, 250 * 2 ** failures) * (0.5 + chance / 2);
}
