// @ts-check
/** The articles one has, in the order they came: the one before, the one after, the whole list. */
import { ask } from './asking.js';

/** @typedef {Assignment & {passages: number, annotations: number, without_stance: number, next: string | null, previous: string | null}} Row */

/** @param {Session} session @returns {Promise<{rows: Row[], progress: {done: number, total: number} | null, status: number}>} */
export async function queueOf(session) {
  /** @type {Row[]} */
  const rows = [];
  let progress = null;
  let url = `${session.page.urls.assignments}?limit=200`;
  while (url) {
    const { status, body } = await ask(url);
    if (status !== 200) return { rows, progress, status };
    rows.push(...body.results);
    progress = body.progress;
    url = String(body.next ?? '').startsWith(location.origin + '/') || String(body.next ?? '').startsWith('/') ? body.next : '';
  }
  return { rows, progress, status: 200 };
}

/** @param {Session} session @param {'next' | 'previous'} side */
export async function toNeighbour(session, side) {
  const { t, page } = session;
  const { rows, status } = await queueOf(session);
  if (status !== 200) return session.say(t('ask_offline'));
  const id = rows.find((row) => row.id === page.assignment.id)?.[side];
  if (id) location.assign(page.urls.code + id);
  else session.say(t(`queue_no_${side}`));
}
