// @ts-check
/** Two grips, for mouse and finger: at the ends of the chosen annotation, or of what a finger has selected. */
import { h } from '../dom.js';
import { cursorAt } from '../text/cursor.js';
import { widened } from '../text/ends.js';
import { boundaryUnder, edgeOf, wholeCharacters } from '../text/selection.js';
import { stretch } from './ends.js';
import { unhidden } from './folding.js';
import { point } from './places.js';

/** What the grips stand at, and in which colour; the accent's is 0. @param {Session} session @returns {(Span & {colour: number}) | null} */
function heldBy({ chosen, editable, view, codebook }) {
  const span = chosen?.body ?? (view.cursor && view.cursor === view.held ? view.cursor : null);
  if (!editable || !span) return null;
  const { start, end } = view.stretch ?? span;
  return { start, end, colour: chosen ? codebook.theme(chosen.body.theme).colour : 0 };
}

/**
 * @param {Session} session @param {HTMLElement} sheet  what they are placed in
 * @returns {() => void} draws them
 */
export function grips(session, sheet) {
  const both = /** @type {const} */ (['start', 'end']).map((side) => ({ side, grip: /** @type {HTMLElement} */ (h('span', { class: `grip ${side}`, 'aria-hidden': 'true', hidden: true })) }));
  both.forEach(({ side, grip }) => draggable(session, grip, side));
  sheet.append(...both.map(({ grip }) => grip));

  const place = () => {
    const span = heldBy(session);
    const ground = span ? sheet.getBoundingClientRect() : { left: 0, top: 0 };
    for (const { side, grip } of both) {
      const edge = span && edgeOf(session.sheet.map, span, side);
      grip.hidden = !edge;
      if (!edge) continue;
      grip.className = `grip ${side} ${span.colour ? `t${span.colour}` : 'plain'}${grip.classList.contains('held') ? ' held' : ''}`;
      grip.style.translate = `${edge.x - ground.left}px ${edge.top - ground.top}px`;
      grip.style.height = `${edge.height}px`;
    }
  };
  let drawn = '';
  new ResizeObserver(place).observe(sheet);
  // Whatever else moves the text changes the height of the sheet.
  return () => {
    const state = JSON.stringify(heldBy(session));
    if (state !== drawn) place();
    drawn = state;
  };
}

/** @param {Session} session @param {HTMLElement} grip @param {'start' | 'end'} side */
function draggable(session, grip, side) {
  /** From the pointer to the middle of the line, so that a finger does not hide the text. @type {{x: number, y: number} | null} */
  let held = null;
  grip.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !session.target) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const box = grip.getBoundingClientRect();
    const half = parseFloat(grip.style.height) / 2;
    held = { x: box.left + box.width / 2 - event.clientX, y: (side === 'start' ? box.bottom - half : box.top + half) - event.clientY };
    grip.classList.add('held');
  });
  // For Chromium the finger would be a fling until a second after it is let go, and would swallow the next tap.
  grip.addEventListener('touchmove', (event) => event.preventDefault(), { passive: false });
  grip.addEventListener('pointermove', (event) => {
    const { target } = session;
    if (!held || !target) return;
    const at = boundaryUnder(session.sheet.map, event.clientX + held.x, event.clientY + held.y);
    const span = at === null ? null : settled(session, { start: target.start, end: target.end, [side]: at }, side);
    if (span) session.set({ stretch: span });
  });
  for (const name of ['pointerup', 'pointercancel', 'lostpointercapture']) grip.addEventListener(name, (event) => {
    if (!held) return;
    held = null;
    const { clientX: x, clientY: y, pointerType, shiftKey, altKey } = /** @type {PointerEvent} */ (event);
    const span = session.view.stretch;
    session.set({ stretch: null });
    if (name === 'pointerup') {
      if (span) letGo(session, span);
      // A grip that was not moved was in the way of a word.
      else point(session, { x, y, finger: pointerType === 'touch' && 'short', extend: (shiftKey || altKey) && 'click' });
    }
    grip.classList.remove('held');
  });
}

/** @param {Session} session @param {Span} span */
function letGo(session, span) {
  if (session.chosen) return stretch(session, span);
  const cursor = cursorAt(span);
  session.set({ cursor, held: cursor });
  session.announce(session.slice(span));
}

/** Whole characters, and what the mode asks for at the end that moves; null if nothing is left. @param {Session} session @param {Span} span @param {'start' | 'end'} side */
function settled(session, span, side) {
  if (span.start >= span.end) return null;
  const exact = wholeCharacters(session.sheet.map, span, session.languageOf(span));
  if (!exact) return null;
  const moved = { ...exact, [side]: widened(exact, session.settings.selection, session.world)[side] };
  return unhidden(session, moved, side === 'end' ? moved.start : moved.end - 1);
}
