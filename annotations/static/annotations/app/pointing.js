// @ts-check
/** What the browser lets people select by mouse, by finger or as a whole, taken over as the place in the text. */
import { boundaryUnder } from '../text/selection.js';
import * as places from './places.js';

/** How long a finger rests before its selection is taken, milliseconds. */
const RESTS = 350;
/** A press as long as that asks for a word, milliseconds. Browsers that select by it themselves are heard first. */
const LONG = 450;
/** No further than a hand shakes, pixels. */
const STILL = 4;

/** @param {Session} session @param {HTMLElement} text */
export function pointing(session, text) {
  mouse(session, text);
  touch(session, text);
  whole(session, text);
}

/** A drag that begins in the text may end beside it, or the other way round. @param {Session} session @param {HTMLElement} text */
function mouse(session, text) {
  let begun = false;
  let since = 0;
  const counts = (/** @type {PointerEvent} */ { button, target }) => button === 0 && target instanceof Element && !target.closest('button, .grip');
  document.addEventListener('pointerdown', (event) => {
    begun = counts(event) && text.contains(/** @type {Element} */ (event.target));
    since = event.timeStamp;
  });
  document.addEventListener('pointermove', (event) => {
    const beside = begun && event.buttons && !text.contains(/** @type {Element} */ (event.target));
    // In the same frame, before all that is selected beside the text has to be laid out.
    if (beside) requestAnimationFrame(() => begun && endInside(session, event));
  });
  document.addEventListener('pointerup', (event) => {
    const inside = text.contains(/** @type {Element} */ (event.target));
    const ours = begun || (inside && counts(event));
    if (!ours || event.button !== 0) return;
    const beside = begun && !inside;
    begun = false;
    const finger = event.pointerType === 'touch' && (event.timeStamp - since >= LONG ? 'long' : 'short');
    setTimeout(() => {
      if (beside) endInside(session, event);
      places.point(session, { x: event.clientX, y: event.clientY, extend: event.shiftKey || event.altKey, finger });
    });
  });
}

/**
 * Drawn beside the text, a selection ends where the text is nearest: the browser would take all that
 * stands in the page between here and there.
 * @param {Session} session @param {{clientX: number, clientY: number}} at
 */
function endInside({ sheet: { map }, judged: { frame } }, { clientX, clientY }) {
  const selection = getSelection();
  if (!selection?.anchorNode || selection.isCollapsed || !map.order.has(selection.anchorNode)) return;
  const [text, seen] = [map.root, frame].map((element) => element.getBoundingClientRect());
  // The column of the text: beside it stands the margin.
  const column = selection.anchorNode.parentElement?.closest('p')?.getBoundingClientRect() ?? text;
  const x = between(column.left + 1, clientX, column.right - 1);
  const y = between(Math.max(text.top, seen.top) + 1, clientY, Math.min(text.bottom, seen.bottom) - 1);
  const at = boundaryUnder(map, x, y);
  if (at !== null) selection.extend(...map.point(at));
}

/** @param {number} least @param {number} value @param {number} most */
function between(least, value, most) {
  return Math.max(least, Math.min(value, most));
}

/** A finger selects by the browser's own handles, which end in no pointer event. @param {Session} session @param {HTMLElement} text */
function touch(session, text) {
  let finger = false;
  let timer = 0;
  text.addEventListener('pointerdown', (event) => (finger = event.pointerType === 'touch'));
  document.addEventListener('selectionchange', () => {
    clearTimeout(timer);
    if (finger && !getSelection()?.isCollapsed) timer = window.setTimeout(() => places.takeSelection(session), RESTS);
  });
}

/** Ctrl+A selects the page: of that, the text is ours. @param {Session} session @param {HTMLElement} text */
function whole(session, text) {
  text.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'a') setTimeout(() => places.takeSelection(session));
  });
}
