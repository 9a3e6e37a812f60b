// @ts-check
/** The chosen annotation's two ends, moved by steps. */
import { shorten } from '../margin/chips.js';
import { movedEnd, union, widened } from '../text/ends.js';
import { unhidden } from './folding.js';
import { revise } from './verbs.js';

/** Another stretch for the chosen annotation. @param {Session} session @param {Span} span */
export function stretch(session, { start, end }) {
  if (!session.chosen || start >= end) return;
  revise(session, { start, end, quote: session.slice({ start, end }) });
  session.set({ cursor: { start, end, anchor: { start, end }, focus: { start, end } } });
}

/** @param {Session} session @param {import('../text/ends.js').Move} move */
export function moveEnd(session, move) {
  const { chosen } = session;
  if (!chosen) return;
  if (!session.editable) return session.announce(session.t('read_only'));
  const moved = movedEnd(chosen.body, move, { world: session.world, points: session.sheet.map.points });
  const { start, end } = unhidden(session, moved, move.side === 'end' ? moved.start : moved.end - 1) ?? chosen.body;
  stretch(session, { start, end });
  session.announce(session.t(`${move.side}_moved`, { quote: shorten(session.slice({ start, end }), 200) }));
}

/** Let the chosen annotation reach as far as a stretch that was selected too. @param {Session} session @param {Span} span */
export function reach(session, span) {
  if (!session.chosen) return;
  const { body } = session.chosen;
  const reached = unhidden(session, union(body, widened(span, session.settings.selection, session.world)), body.start);
  if (reached) stretch(session, reached);
}
