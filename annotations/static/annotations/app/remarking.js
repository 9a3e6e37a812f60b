// @ts-check
/** What a coder can do with comments and flags. Each is one operation, one step of the history, and seen at once. */
import { uuid7 } from '../outbox/identifiers.js';

/** @typedef {import('../outbox/history.js').Step} Step */
/** @typedef {'comment' | 'comment-resolve' | 'comment-withdraw' | 'flag' | 'flag-withdraw'} Label */

/** @param {Session} session @param {Label} label @param {string} subject @param {{before: any, after: any}} change */
function remember({ history, page }, label, subject, { before, after }) {
  history.record({ label, subject, before, after, title: page.assignment.title });
}

/**
 * Resolves when it is on disk.
 * @param {Session} session @param {string} text @param {{passage: number, start?: number | null, end?: number | null, reply_to?: string}} about
 */
export function comment(session, text, about) {
  const id = uuid7();
  const body = { assignment: session.page.assignment.id, text, ...about };
  remember(session, 'comment', id, { before: null, after: body });
  session.announce(session.t('comment_written'));
  return session.outbox.remark('comment', id, body, about.reply_to);
}

/** @param {Session} session @param {Comment} one */
export function withdrawComment(session, { id, passage, start, end, text, reply_to }) {
  const body = { assignment: session.page.assignment.id, text, passage, start, end, reply_to };
  remember(session, 'comment-withdraw', id, { before: body, after: null });
  session.announce(session.t('comment_taken_back'));
  return session.outbox.remark('comment-withdraw', id, null);
}

/** @param {Session} session @param {Comment} one */
export function settleComment(session, { id, resolved }) {
  remember(session, 'comment-resolve', id, { before: { resolved }, after: { resolved: !resolved } });
  return session.outbox.remark('comment-resolve', id, { resolved: !resolved });
}

/** Resolves when it is on disk. @param {Session} session @param {{kind: Flag['kind'], passage: number, proposed: string | null, note: string}} said */
export function flag(session, said) {
  const id = uuid7();
  const body = { assignment: session.page.assignment.id, ...said };
  remember(session, 'flag', id, { before: null, after: body });
  return session.outbox.remark('flag', id, body);
}

/** @param {Session} session @param {Flag} one */
export function withdrawFlag(session, { id, kind, passage, proposed, note }) {
  const body = { assignment: session.page.assignment.id, kind, passage, proposed, note };
  remember(session, 'flag-withdraw', id, { before: body, after: null });
  session.announce(session.t('flag_taken_back'));
  return session.outbox.remark('flag-withdraw', id, null);
}

/** Whether a step is one of these. @param {Step} step */
export function isRemark({ label }) {
  return label.startsWith('comment') || label.startsWith('flag');
}

/**
 * Undo or redo one. What was withdrawn is written anew under another id, as the server keeps withdrawn ones.
 * @param {Session} session @param {Step} step @param {import('../outbox/history.js').Direction} direction
 */
export function repeatRemark({ outbox, history }, { label, subject, before, after }, direction) {
  const body = direction === 'undo' ? before : after;
  const kind = /** @type {'comment' | 'flag'} */ (label.split('-')[0]);
  if (label === 'comment-resolve') return void outbox.remark(label, subject, body);
  if (!body) return void outbox.remark(`${kind}-withdraw`, subject, null);
  const id = uuid7();
  history.rename(subject, id);
  void outbox.remark(kind, id, body, body.reply_to);
}
