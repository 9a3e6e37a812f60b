// @ts-check
/** One's own articles, in the order they came. */
import { h } from '../dom.js';
import { queueOf } from '../app/queue.js';
import { openDialog } from './dialog.js';

/** @param {Session} session @param {() => void} focusText */
export async function openQueue(session, focusText) {
  const { t, page } = session;
  const list = h('ol', { class: 'queue', 'aria-busy': 'true' }, h('li', { class: 'muted', role: 'status' }, t('queue_wait')));
  const dialog = openDialog(t('queue_title'), { kind: 'wide', closeLabel: t('close'), onclose: focusText, body: [list] });
  const { rows, status } = await queueOf(session);
  list.setAttribute('aria-busy', 'false');
  if (status !== 200) return list.replaceChildren(h('li', { class: 'notice warn', role: 'alert' }, t('ask_offline')));
  list.replaceChildren(...rows.map((row) => {
    const here = row.id === page.assignment.id;
    return h('li', {}, h('a', { href: page.urls.code + row.id, 'aria-current': here ? 'page' : null }, row.title),
      h('span', { class: `badge ${row.state === 'submitted' ? 'ok' : ''}` }, t(`state_${row.state}`)),
      h('small', {}, t('annotations', { n: row.annotations }), row.without_stance ? ` · ${t('submit_stances', { n: row.without_stance })}` : ''));
  }));
  /** @type {HTMLElement | null} */ (dialog.querySelector('[aria-current]'))?.focus();
}
