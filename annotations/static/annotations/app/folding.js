// @ts-check
/** What is folded stays out of the way and out of the coding, and never hides what is coded. */
import { unfolded } from '../text/folds.js';

/**
 * Folds as the person wants them; those that hold an annotation are open.
 * @param {Session} session
 * @returns {() => void} opens a fold when an annotation turns up in it
 */
export function folding(session) {
  const { folds } = session.sheet;
  if (!session.settings.fold_boilerplate) folds.set(folds.all, true);
  folds.addEventListener('change', () => leaveClosed(session));
  /** Annotations that have opened their fold once: it may be closed again. */
  const known = new Set();
  return () => {
    if (!folds.all.length) return;
    for (const { id, body } of session.annotations) {
      if (known.has(id)) continue;
      known.add(id);
      folds.open(body);
    }
  };
}

/** The cursor does not stay where nothing is to be seen. @param {Session} session */
function leaveClosed(session) {
  const { target, sheet } = session;
  const hidden = target && sheet.folds.closed.some(({ start, end }) => start < target.end && end > target.start);
  session.set(hidden ? { cursor: null, chosen: null, chord: null } : {});
}

/** All folds of this article open, or all closed. @param {Session} session */
export function toggleFolds(session) {
  const { folds } = session.sheet;
  const shown = folds.closed.length > 0;
  folds.set(folds.all, shown);
  const said = shown ? 'folds_open' : 'folds_closed';
  session.announce(session.t(folds.all.length ? said : 'folds_none'));
}

/** Folded or not as a rule, here and in the articles to come. @param {Session} session */
export function obeyFolding({ settings, sheet: { folds } }) {
  folds.set(folds.all, !settings.fold_boilerplate);
}

/**
 * The span without what is folded in it, on the side of `at`; says so where something was left out.
 * @param {Session} session @param {Span} span @param {number} at  code point
 * @returns {Span | null}
 */
export function unhidden(session, span, at) {
  const { closed } = session.sheet.folds;
  if (!closed.length) return span;
  const left = unfolded(span, at, closed);
  if (left?.start !== span.start || left.end !== span.end) session.announce(session.t('folds_between'));
  return left;
}
