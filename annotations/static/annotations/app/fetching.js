// @ts-check
/** What the server has to say of comments and flags, taken over into what this device keeps. */
import { ask } from './asking.js';

/** How often an answer may be overtaken by something that was acknowledged meanwhile. */
const TRIES = 4;

/** @param {Session} session @returns {Promise<import('./asking.js').Answer>} */
export async function fetchRemarks({ page, outbox }) {
  for (let i = 0; ; i++) {
    const asOf = Date.now();
    const answer = await ask(`${page.urls.comments}?assignment=${page.assignment.id}`);
    if (answer.status !== 200 || (await outbox.takeSaid(answer.body, asOf)) || i === TRIES) return answer;
  }
}
