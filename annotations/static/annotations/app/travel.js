// @ts-check
/** Back and forth through all that was done, in this article and in those before it. */
import { cursorAt } from '../text/cursor.js';
import { bringBack } from './refusals.js';
import { isRemark, repeatRemark } from './remarking.js';

const KEY = 'workbench-travel-';

/** Whether one may not code here; says so. @param {Session} session @returns {boolean} */
export function closed(session) {
  if (session.editable) return false;
  session.announce(session.t('read_only'));
  return true;
}

/**
 * Before it is done: writes keep their order, so what is on disk can be undone though the page dies in between.
 * @param {Session} session @param {string} id @param {{before: Coding | null, after: Coding | null}} change
 */
export function remember(session, id, { before, after }) {
  const label = before ? (after ? 'change' : 'remove') : 'create';
  session.history.record({ label, subject: id, before, after, title: session.page.assignment.title });
}

/**
 * One step back, or forth again. Where it lies in another article, that one is opened first.
 * @param {Session} session @param {import('../outbox/history.js').Direction} direction
 */
export function travel(session, direction) {
  const step = session.history.next(direction);
  if (!step) return session.announce(session.t(`${direction}_none`));
  if (step.assignment !== session.page.assignment.id) {
    sessionStorage.setItem(KEY + session.page.user.id, direction);
    session.announce(session.t('travelling', { title: step.title }));
    return location.assign(session.page.urls.code + step.assignment);
  }
  if (repeat(session, step, direction)) session.history.turn(step);
}

/** After coming here to undo or redo: do it, and say so. @param {Session} session */
export function arriveTravelling(session) {
  const key = KEY + session.page.user.id; // somebody else may have signed in on the way
  const direction = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  if (direction !== 'undo' && direction !== 'redo') return;
  const step = session.history.next(direction);
  if (step?.assignment !== session.page.assignment.id) return;
  travel(session, direction);
  session.say(session.t(`${direction}_elsewhere`, { title: step.title, what: session.t(`step_${step.label}`) }));
}

/**
 * @param {Session} session @param {import('../outbox/history.js').Step} step
 * @param {import('../outbox/history.js').Direction} direction
 * @returns {boolean} whether it could be done
 */
function repeat(session, step, direction) {
  const { t, outbox } = session;
  const { label, subject, before, after } = step;
  if (isRemark(step) || label === 'discard') {
    if (isRemark(step)) repeatRemark(session, step, direction);
    else if (direction === 'undo') bringBack(session, before);
    else void outbox.discard(subject);
    session.announce(t(`${direction}_done`));
    return true;
  }
  if (label === 'submit' || label === 'skip') {
    if (direction === 'undo') {
      if (!session.editable) reopen(session);
    } else if (session.editable) move(session, label, after);
    else return !closed(session);
    if (direction === 'redo') session.announce(t('redo_done'));
    return true;
  }
  if (closed(session)) return false;
  apply(session, subject, direction === 'undo' ? before : after);
  session.announce(t(`${direction}_done`));
  return true;
}

/** Put a body (or null: withdraw) on an annotation. @param {Session} session @param {string} id @param {Coding | null} body */
function apply(session, id, body) {
  if (body) void session.outbox.put(id, body);
  else void session.outbox.remove(id);
  session.set({ chosen: body ? id : null, chord: null, cursor: body ? cursorAt(body) : session.view.cursor });
}

/** The whole article, or what stands before `up_to`; resolves when it is on disk. @param {Session} session @param {{up_to?: number | null, reason?: string}} [partial] */
export function submit(session, { up_to = null, reason = '' } = {}) {
  const judged = [...session.judged.indices].sort((a, b) => a - b);
  return leave(session, 'submit', { state: 'submitted', judged, up_to, reason });
}

/** Resolves when it is on disk. @param {Session} session @param {string} reason */
export function skip(session, reason) {
  return leave(session, 'skip', { state: 'skipped', reason });
}

/** @param {Session} session @param {'submit' | 'skip'} kind @param {Record<string, any>} body */
function leave(session, kind, body) {
  const { id, title } = session.page.assignment;
  session.history.record({ label: kind, subject: id, before: null, after: body, title });
  return move(session, kind, body);
}

/** @param {Session} session @param {'submit' | 'skip'} kind @param {Record<string, any>} body */
function move(session, kind, body) {
  const done = session.outbox.move(kind, body);
  session.set({ chosen: null, chord: null, armed: null });
  return done;
}

/** @param {Session} session */
export function reopen(session) {
  void session.outbox.move('reopen', { state: 'in_progress' });
  session.announce(session.t('taken_back'));
}
