// @ts-check
/** On to the next article; it is claimed and fetched ahead as soon as this one is handed in. */
import { asked, inTurn } from '../outbox/database.js';
import { ask } from './asking.js';

/** @typedef {{kind: 'found', assignment: Assignment} | {kind: 'none' | 'signed-out' | 'failed'}} Found */

/** Longer than this, an article fetched ahead counts as old. */
const FRESH = 10 * 60_000;

/** How long the server may take to know that this one is handed in, in milliseconds. */
const PATIENCE = 8000;

/** @param {Session} session @returns {Promise<Found>} */
async function claim({ page, outbox }) {
  const { transport } = outbox.sender;
  try {
    const known = await transport.identify();
    if (known === 'signed-out' || known === 'other-user') return { kind: 'signed-out' };
    if (known !== 'same') return { kind: 'failed' };
    const response = await fetch(page.urls.nextApi, { method: 'POST', headers: { 'X-CSRFToken': transport.token, 'Content-Type': 'application/json' }, body: '{}', signal: AbortSignal.timeout(15_000) });
    if (response.status === 204) return { kind: 'none' };
    if (response.status === 401) return { kind: 'signed-out' };
    if (!response.ok) return { kind: 'failed' };
    return { kind: 'found', assignment: await response.json() };
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return { kind: 'failed' }; // no network, or no answer in time
    throw error;
  }
}

/**
 * Once the server has taken the submission: claim the next one, and keep its text on this device.
 * @param {Session} session
 */
export function lookAhead(session) {
  const { outbox } = session;
  const handedIn = () => !session.editable && !outbox.work.head && outbox.work.server === outbox.work.state;
  /** @type {Promise<Found> | null} */
  let found = null;
  let wasOpen = session.editable;
  outbox.addEventListener('change', () => {
    if (session.editable) [wasOpen, found] = [true, null];
    if (found || !wasOpen || !handedIn()) return;
    found = claim(session);
    void found.then((next) => next.kind === 'found' && keep(session, next.assignment));
  });
  return async () => {
    await left(outbox);
    if (outbox.work.head) return { kind: 'failed' };
    const ahead = await found;
    const next = ahead?.kind === 'found' ? ahead : await claim(session);
    return next.kind === 'found' && next.assignment.id === outbox.assignment ? { kind: 'failed' } : next;
  };
}

/** Until the submission has reached the server: before, this very article would be the next one. @param {Outbox} outbox @returns {Promise<void>} */
function left(outbox) {
  return new Promise((resolve) => {
    const end = () => {
      if (outbox.work.head && Date.now() < until) return;
      clearInterval(timer);
      resolve();
    };
    const until = Date.now() + PATIENCE;
    const timer = setInterval(end, 50);
    end();
  });
}

/** @param {Session} session @param {Assignment} next */
async function keep({ page, outbox }, next) {
  const { id, document } = page.assignment;
  const asOf = Date.now();
  const { status, body } = await ask(page.documentUrl.replaceAll(document, next.document).replaceAll(id, next.id));
  if (status !== 200) return;
  /** @type {import('../outbox/database.js').Kept} */
  const kept = { assignment: next.id, article: body, asOf };
  outbox.db.transaction('articles', 'readwrite').objectStore('articles').put(kept);
}

/**
 * The article if it was fetched ahead, once; null otherwise.
 * @param {IDBDatabase} db @param {string} assignment @param {number} now  milliseconds
 * @returns {Promise<{article: Article, asOf: number} | null>}
 */
export async function takeKept(db, assignment, now) {
  const articles = db.transaction(inTurn('articles'), 'readwrite').objectStore('articles');
  const kept = await asked(articles.get(assignment));
  articles.clear();
  return kept && now - kept.asOf < FRESH ? kept : null;
}
