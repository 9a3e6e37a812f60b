// @ts-check
/** Where the text stood when one left, by article, on this device. */

const KEY = 'workbench-scroll';
const MOST = 200;

/** @returns {[string, number][]} */
function known() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => Array.isArray(one) && typeof one[0] === 'string' && Number.isSafeInteger(one[1]) && one[1] >= 0) : [];
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return [];
    throw error;
  }
}

/** What may be hidden at the upper edge of the frame, pixels. */
const EDGE = 8;

/**
 * Index of the first paragraph in view that is not folded away; -1 where none is. Sections are asked first: to ask a paragraph that is
 * far off has the browser lay it out.
 * @param {Sheet} sheet @param {Element} frame
 */
export function firstInView({ sections, paragraphs, folds }, frame) {
  const top = frame.getBoundingClientRect().top + EDGE;
  const shows = (/** @type {Element} */ element) => element.getBoundingClientRect().bottom > top;
  for (const { element, blocks: [first, end] } of sections) {
    if (folds.hides(first) || !shows(element)) continue;
    const found = paragraphs.slice(first, end).findIndex(shows);
    if (found >= 0) return first + found;
  }
  return -1;
}

/** The first paragraph in view, kept when one leaves. @param {Session} session */
export function keepScroll({ page, sheet, judged: { frame } }) {
  addEventListener('pagehide', () => {
    const first = frame.scrollTop < 40 ? 0 : firstInView(sheet, frame);
    const others = known().filter(([id]) => id !== page.assignment.id).slice(-MOST + 1);
    localStorage.setItem(KEY, JSON.stringify([...others, [page.assignment.id, Math.max(0, first)]]));
  });
}

/** Put the text where it stood; false if that is not known. @param {Session} session @returns {boolean} */
export function restoreScroll({ page, sheet, judged: { frame } }) {
  const at = known().find(([id]) => id === page.assignment.id)?.[1];
  const paragraph = at === undefined ? undefined : sheet.paragraphs[at];
  if (!paragraph) return false;
  if (at) frame.scrollBy({ top: paragraph.getBoundingClientRect().top - frame.getBoundingClientRect().top - EDGE, behavior: 'instant' });
  return true;
}
