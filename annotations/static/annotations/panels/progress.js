// @ts-check
/** How many articles are done, this one included as soon as it is handed in. */

const OPEN = ['claimed', 'in_progress'];

/**
 * The server's count, moved on by what became of this assignment since. Pure.
 * @param {{done: number, total: number}} counted
 * @param {string} then  the assignment's state when it was counted
 * @param {string} now
 */
export function progressOf({ done, total }, then, now) {
  const isDone = (/** @type {string} */ state) => Number(state === 'submitted');
  const counts = (/** @type {string} */ state) => Number(isDone(state) || OPEN.includes(state));
  return { done: done + isDone(now) - isDone(then), total: total + counts(now) - counts(then) };
}

/** @param {Session} session @param {HTMLElement | null} root */
export function progress({ page, outbox }, root) {
  const bar = root?.querySelector('progress');
  const words = root?.querySelector('[data-part=done]');
  let drawn = page.assignment.state;
  return () => {
    if (!bar || !words || outbox.work.state === drawn) return;
    drawn = outbox.work.state;
    const { done, total } = progressOf(page.progress, page.assignment.state, drawn);
    bar.max = Math.max(1, total);
    bar.value = done;
    words.textContent = `${done} / ${total}`;
  };
}
