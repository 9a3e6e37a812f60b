// @ts-check
/** Further than a sentence: by paragraph, by screen, to the ends, from annotation to annotation, through those that lie on one another. */
import { nameOf } from '../margin/chips.js';
import { cursorAt, paragraphFrom } from '../text/cursor.js';
import { firstIndex } from '../text/textmap.js';
import { choose, firstVisible } from './places.js';
import { under } from './verbs.js';

/** Share of the frame that a page is: some lines stay in view. */
const PAGE = 0.85;

/** @param {Session} session @param {Span | undefined} passage */
function arrive(session, passage) {
  if (!passage) return;
  session.set({ cursor: cursorAt(passage), chosen: null, chord: null });
  session.judged.visit(passage);
  session.announce(session.slice(passage));
}

/** @param {Session} session @param {boolean} forward */
export function toParagraph(session, forward) {
  const { cursor } = session.view;
  arrive(session, paragraphFrom(cursor, forward, session.world, cursor ? 0 : firstVisible(session)));
}

/** @param {Session} session @param {boolean} last */
export function toEdge(session, last) {
  arrive(session, session.world.passages.at(last ? -1 : 0));
}

/** A screen further, to the first sentence that then begins in view. @param {Session} session @param {boolean} forward */
export function toPage(session, forward) {
  const { judged: { frame }, sheet, world } = session;
  const before = frame.scrollTop;
  if (!sheet.map.root.checkVisibility()) return toParagraph(session, forward); // the reading view
  frame.scrollBy({ top: (forward ? PAGE : -PAGE) * frame.clientHeight, behavior: 'instant' });
  if (frame.scrollTop === before) return toEdge(session, forward);
  const top = frame.getBoundingClientRect().top;
  const seen = firstVisible(session);
  const from = firstIndex(world.passages.length, (i) => world.passages[i].end > seen);
  arrive(session, world.passages.slice(from).find((passage) => sheet.map.range(passage).getBoundingClientRect().top >= top) ?? world.passages.at(-1));
}

/** @param {Session} session @param {boolean} forward */
export function toAnnotation(session, forward) {
  const { annotations, chosen, view } = session;
  const place = firstIndex(annotations.length, (i) => annotations[i].body.start >= (view.cursor?.start ?? 0));
  const here = chosen ? annotations.indexOf(chosen) : -1;
  const next = annotations[here < 0 ? place - (forward ? 0 : 1) : here + (forward ? 1 : -1)];
  if (next) chooseAloud(session, next);
  else session.announce(session.t('annotation_no_more'));
}

/** @param {Session} session @param {Entry} entry */
function chooseAloud(session, entry) {
  choose(session, entry.id);
  session.announce(nameOf(entry, session));
}

/** Where the cycling began, and what it has come to. @type {WeakMap<Session, {place: Span | null, id: string}>} */
const cycling = new WeakMap();

/** The next of those that lie on one another where the cursor is. @param {Session} session */
export function cycle(session) {
  const { chosen, view } = session;
  const before = cycling.get(session);
  const place = chosen && before?.id === chosen.id ? before.place : view.cursor;
  const stack = under(session, place);
  const next = stack[(stack.findIndex(({ id }) => id === chosen?.id) + 1) % stack.length];
  if (!next) return session.announce(session.t('cycle_none'));
  cycling.set(session, { place, id: next.id });
  chooseAloud(session, next);
}
