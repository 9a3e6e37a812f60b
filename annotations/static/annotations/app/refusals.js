// @ts-check
/** What the server refused for good: given up only by the person's own hand, and given back by undoing that. */
import { aboutOf, PREFERENCES } from '../outbox/kinds.js';

/** @param {Session} session @param {string} subject */
export function discard(session, subject) {
  const { outbox, history, page, t } = session;
  const gone = outbox.operations.filter((one) => one.subject === subject && (subject !== PREFERENCES || one.state === 'parked'));
  if (!gone.length) return;
  history.record({ label: 'discard', subject, before: gone, after: null, title: page.assignment.title });
  void outbox.discard(subject);
  session.say(t('discarded'));
}

/** Done once more, as new operations. @param {Session} session @param {Operation[]} operations */
export function bringBack({ outbox }, operations) {
  if (operations.some((one) => one.assignment !== outbox.assignment && one.subject !== PREFERENCES)) return void outbox.restore(operations);
  for (const { kind, subject, body, after } of operations) {
    const about = aboutOf({ kind });
    if (about === 'remark') void outbox.remark(kind, subject, body, after);
    else if (about === 'person') void outbox.prefer(body, { keys: true });
    else if (about === 'assignment') void outbox.move(/** @type {'submit'} */ (kind), body);
    else void (kind === 'put' ? outbox.put(subject, body) : outbox.remove(subject));
  }
}

/** What somebody wrote in it, to be kept elsewhere. @param {Operation} operation @returns {string} */
export function wordsIn({ kind, body }) {
  if (kind === 'put') return [body.quote, body.holder?.name, body.memo].filter(Boolean).join('\n\n');
  return String(body?.text ?? body?.note ?? body?.reason ?? '');
}

/** Select a text and copy it; over plain HTTP browsers have no clipboard of their own for pages. @param {HTMLTextAreaElement} field @returns {Promise<boolean>} */
export async function copy(field) {
  field.select();
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else return document.execCommand('copy');
    return true;
  } catch (error) {
    if (error instanceof DOMException) return document.execCommand('copy');
    throw error;
  }
}
