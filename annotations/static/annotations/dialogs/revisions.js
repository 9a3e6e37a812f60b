// @ts-check
/** How an annotation came to be: every revision the server keeps, each of which can be put back. */
import { h } from '../dom.js';
import { restore } from '../app/verbs.js';
import { versionOf } from '../panels/version.js';
import { openDialog } from './dialog.js';

/** @typedef {Annotation & {created_at: string, late: boolean}} Revised */

/**
 * @param {Session} session
 * @param {() => void} focusText
 */
export function openRevisions(session, focusText) {
  const { t, page, chosen } = session;
  if (!chosen) return session.announce(t('choose_annotation'));
  const { id } = chosen;
  const list = h('ol', { class: 'revisions', 'aria-busy': 'true' }, h('li', { class: 'muted', role: 'status' }, t('revisions_wait')));
  const dialog = openDialog(t('revisions_title'), { kind: 'wide', closeLabel: t('close'), onclose: focusText, body: [h('p', { class: 'muted' }, t('revisions_text')), list] });
  const when = new Intl.DateTimeFormat(page.language, { dateStyle: 'medium', timeStyle: 'medium' });

  /** @param {Revised} one @param {Revised | undefined} before @param {boolean} newest */
  const line = (one, before, newest) => {
    const now = session.outbox.entries.get(id);
    const title = h('div', { class: 'stamp' }, h('b', {}, t('revision_n', { number: one.revision })), h('time', { datetime: one.created_at }, when.format(new Date(one.created_at))),
      newest ? h('span', { class: 'badge info' }, t('revision_newest')) : null, one.late ? h('span', { class: 'badge warn' }, t('revision_late')) : null);
    const same = one.deleted || (now && !now.deleted && JSON.stringify(bodyOf(one)) === JSON.stringify(bodyOf(now.body)));
    const back = same || !session.editable ? null : h('button', { type: 'button', class: 'btn small', 'aria-label': t('restore_n', { number: one.revision }), onclick: () => {
      dialog.close();
      restore(session, id, bodyOf(one));
    } }, t('restore'));
    return h('li', {}, title, versionOf(session, one.deleted ? null : one, before && !before.deleted ? before : one), back);
  };

  fetch(`${page.urls.annotations}${id}/revisions`, { signal: AbortSignal.timeout(15_000) })
    .then((response) => (response.ok ? response.json() : response.status === 404 ? { results: [] } : Promise.reject(new TypeError())))
    .then(({ results }) => {
      const lines = results.map((/** @type {Revised} */ one, /** @type {number} */ i) => line(one, results[i - 1], i === results.length - 1));
      list.replaceChildren(...(lines.length ? lines.reverse() : [h('li', { class: 'muted' }, t('revisions_none'))]));
    })
    .catch(() => list.replaceChildren(h('li', { class: 'notice warn', role: 'alert' }, t('revisions_failed'))))
    .finally(() => list.setAttribute('aria-busy', 'false'));
}

/** What a coder said, without what the server adds. @param {Coding} body @returns {Coding} */
function bodyOf({ assignment, start, end, quote, theme, stance, holder, certainty, memo }) {
  return { assignment, start, end, quote, theme, stance, holder: holder && { kind: holder.kind, name: holder.name ?? '' }, certainty, memo };
}
