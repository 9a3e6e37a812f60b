// @ts-check
/** One operation over the wire. */
import { KINDS, takesBack } from './kinds.js';
import { meaningOf } from './order.js';

/**
 * @typedef {{kind: 'taken', revision: number, answer: any}
 *   | {kind: 'conflict', current: Annotation}
 *   | {kind: 'refused', problem: Problem}
 *   | {kind: 'signed-out'} | {kind: 'other-user'}
 *   | {kind: 'later', after: number}} Outcome  `answer`: {} where there is none or none is needed; `after`: milliseconds the server asks for, 0 if it does not say
 */

const PATIENCE = 15_000;

export class Transport {
  /** @param {{csrfUrl: string, user: string}} options */
  constructor({ csrfUrl, user }) {
    this.csrfUrl = csrfUrl;
    this.user = user;
    this.token = '';
  }

  /** @param {Operation} operation @returns {Promise<Outcome>} */
  async send(operation) {
    if (!this.token) {
      const known = await this.identify();
      if (known !== 'same') return asOutcome(known);
    }
    let response = await this.ask(operation);
    let meaning = meaningOf(response.status);
    if (meaning === 'token' || response.status === 404) {
      // A token grows old, and someone else may have signed in: look once before giving up.
      const known = await this.identify();
      if (known !== 'same') return asOutcome(known);
      if (meaning === 'token') response = await this.ask(operation);
      meaning = meaningOf(response.status);
    }
    if (meaning === 'taken') return { kind: 'taken', revision: revisionOf(response), answer: await answerOf(operation, response) };
    if (meaning === 'signed-out') return { kind: 'signed-out' };
    if (meaning === 'later') return { kind: 'later', after: 1000 * Number(response.headers.get('Retry-After') ?? 0) || 0 };
    const answer = await readJson(response);
    if (meaning === 'conflict' && answer.current) return { kind: 'conflict', current: answer.current };
    return { kind: 'refused', problem: problemOf(response.status, answer) };
  }

  /** @param {Operation} operation */
  ask(operation) {
    const { base, body } = operation;
    if (base && 'operation' in base) throw new Error('An operation leaves only after the one it was made on.');
    /** @type {Record<string, string>} */
    const condition = !base ? {} : base.revision === 0 ? { 'If-None-Match': '*' } : { 'If-Match': `"${base.revision}"` };
    return fetch(operation.url, {
      method: KINDS[operation.kind].method,
      credentials: 'same-origin',
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': operation.id, 'X-CSRFToken': this.token, ...condition },
      body: takesBack(operation) ? undefined : JSON.stringify(body),
    });
  }

  /** A fresh token, and whether it is still the same person. @returns {Promise<'same' | 'other-user' | 'signed-out' | 'later'>} */
  async identify() {
    const response = await fetch(this.csrfUrl, { credentials: 'same-origin', redirect: 'manual', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    if (response.status === 401 || response.status === 403 || response.status === 0) return 'signed-out';
    if (!response.ok) return 'later';
    const { token, user } = await readJson(response);
    if (user && String(user) !== this.user) return 'other-user';
    this.token = String(token ?? '');
    return 'same';
  }
}

/** @param {'other-user' | 'signed-out' | 'later'} known @returns {Outcome} */
function asOutcome(known) {
  return known === 'later' ? { kind: 'later', after: 0 } : { kind: known };
}

/** @param {Response} response */
function revisionOf(response) {
  return Number(/(\d+)/.exec(response.headers.get('ETag') ?? '')?.[1] ?? 0);
}

/** @param {Operation} operation @param {Response} response */
async function answerOf(operation, response) {
  return operation.base || response.status === 204 ? {} : readJson(response);
}

/** @param {Response} response @returns {Promise<any>} */
async function readJson(response) {
  try {
    return (await response.json()) ?? {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** @param {number} status @param {any} answer @returns {Problem} */
function problemOf(status, answer) {
  return {
    status,
    type: String(answer.type ?? ''),
    title: String(answer.title ?? ''),
    detail: String(answer.detail ?? ''),
    errors: Array.isArray(answer.errors) ? answer.errors : [],
    annotations: Array.isArray(answer.annotations) ? answer.annotations : [],
    assignment: answer.assignment?.state ? { id: String(answer.assignment.id), state: String(answer.assignment.state) } : null,
  };
}
