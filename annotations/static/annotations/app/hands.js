// @ts-check
/** Arrows with a modifier: Alt moves the start of the chosen annotation, Ctrl makes the steps single characters. */
import { cursorAt } from '../text/cursor.js';
import { movedEnd } from '../text/ends.js';
import { moveEnd } from './ends.js';
import { unhidden } from './folding.js';
import { reveal, runsLeft } from './places.js';

/** @param {Session} session @param {KeyboardEvent} event @returns {boolean} whether it was meant so */
export function endByKey(session, { key, altKey, ctrlKey, metaKey }) {
  const { chosen } = session;
  const { cursor } = session.view;
  const single = ctrlKey || metaKey;
  // Alt with an arrow alone is the browser's own, unless there is something to move.
  if (!chosen && !(cursor && single)) return false;
  const across = key === 'ArrowLeft' || key === 'ArrowRight';
  const forward = across ? (key === 'ArrowRight') !== runsLeft(session) : key === 'ArrowDown';
  const unit = !across ? 'sentence' : single ? 'character' : 'word';
  const side = altKey ? 'start' : 'end';
  if (chosen) moveEnd(session, { side, unit, forward });
  else if (cursor) trim(session, cursor, { side, unit, forward });
  if (session.target) reveal(session, session.target);
  return true;
}

/** The same on the cursor, before anything is tagged. @param {Session} session @param {Span} cursor @param {import('../text/ends.js').Move} move */
function trim(session, cursor, move) {
  const { start, end } = movedEnd(cursor, move, { world: session.world, points: session.sheet.map.points });
  const span = unhidden(session, { start, end }, move.side === 'end' ? start : end - 1);
  if (!span) return;
  session.set({ cursor: cursorAt(span), chosen: null, chord: null });
  session.announce(session.slice(span));
}
