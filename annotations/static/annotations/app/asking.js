// @ts-check
/** Asking the server for what is only read. Whatever changes something goes by the outbox. */

/** @typedef {{status: number, body: any}} Answer  `status` 0: it could not be reached, or broke off before it had said all */

const PATIENCE = 15_000;

/** @param {string} url @returns {Promise<Answer>} */
export async function ask(url) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
    const body = await response.json().catch(() => null);
    // Half an answer is none: taken for one, it would say that there is nothing.
    return response.ok && !body ? { status: 0, body: {} } : { status: response.status, body: body ?? {} };
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return { status: 0, body: {} }; // no network, or no answer in time
    throw error;
  }
}

/** Why it did not work, in the server's words where it has any. @param {Answer} answer @param {Translate} t */
export function whyNot({ status, body }, t) {
  if (status === 0) return t('ask_offline');
  if (status === 401) return t('signed_out_title');
  const errors = Array.isArray(body.errors) ? body.errors.map((/** @type {{detail: string}} */ error) => error.detail) : [];
  return [...new Set([...errors, body.detail].filter(Boolean))].join(' ') || t('refused_status', { status });
}
