// @ts-check
/** Work that can wait until the page has nothing better to do. */

/** Milliseconds to leave of a pause. */
const SPARE = 3;

/** Milliseconds from a frame to what follows it: the keys of one passage, struck fast, share what follows them. */
const BEHIND = 100;

/** Milliseconds until it is done all the same where no frame comes, as in a tab that nobody sees. */
const LATEST = 300;

/** Resolves in a pause, or after a second. @returns {Promise<IdleDeadline>} */
export function pause() {
  return new Promise((resolve) => {
    if (globalThis.requestIdleCallback) requestIdleCallback(resolve, { timeout: 1000 });
    else setTimeout(() => resolve({ didTimeout: true, timeRemaining: () => 0 }), 200);
  });
}

/**
 * Calls `step` again and again, in pauses, until it says that nothing is left. Gives the function that begins.
 * @param {() => boolean} step
 */
export function inPauses(step) {
  let running = false;
  return async () => {
    if (running) return;
    running = true;
    for (let more = true; more;) {
      const deadline = await pause();
      do more = step();
      while (more && deadline.timeRemaining() > SPARE);
    }
    running = false;
  };
}

/**
 * Gives the function that has `work` done once the frame that is due has been painted, and BEHIND has passed; asked again before, it is done once.
 * @param {() => void} work
 */
export function afterPaint(work) {
  let timer = 0;
  const run = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    work();
  };
  return () => {
    if (timer) return;
    timer = window.setTimeout(run, LATEST);
    requestAnimationFrame(() => setTimeout(run, BEHIND));
  };
}
