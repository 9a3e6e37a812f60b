// @ts-check
/** The file as it came, before anything was repaired. */
import { h } from '../dom.js';
import { ask, whyNot } from '../app/asking.js';
import { openDialog } from './dialog.js';

/** @param {Session} session @param {() => void} focusText */
export async function openOriginal(session, focusText) {
  const { t, page } = session;
  const body = h('div', { class: 'original', 'aria-busy': 'true' }, h('p', { class: 'muted', role: 'status' }, t('original_wait')));
  openDialog(t('original_title'), { kind: 'wide', closeLabel: t('close'), onclose: focusText, body: [body] });
  const answer = await ask(`${page.urls.original}?assignment=${page.assignment.id}`);
  body.setAttribute('aria-busy', 'false');
  if (answer.status !== 200) return body.replaceChildren(h('p', { class: 'notice warn', role: 'alert' }, whyNot(answer, t)));
  const { name, encoding, size, told, text, truncated } = answer.body;
  const bytes = new Intl.NumberFormat(page.language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 }).format(size / 1000);
  const fact = (/** @type {string} */ key, /** @type {string} */ value) => [h('dt', {}, t(key)), h('dd', {}, value)];
  const list = (/** @type {string} */ title, /** @type {string[]} */ lines) => [h('h3', { class: 'label' }, t(title)), h('ul', { class: 'repairs' }, ...lines.map((line) => h('li', {}, line)))];
  body.replaceChildren(
    h('dl', { class: 'facts' }, ...fact('original_name', name), ...fact('original_encoding', encoding || '–'), ...fact('original_size', bytes)),
    ...(told.repairs.length ? list('original_repairs', told.repairs) : [h('p', { class: 'muted' }, t('original_no_repairs'))]),
    ...(told.warnings.length ? list('original_warnings', told.warnings) : []),
    h('pre', { tabindex: '0', role: 'region', 'aria-label': t('original_title'), dir: 'auto', lang: session.article.language }, text),
    ...(truncated ? [h('p', { class: 'muted' }, t('original_truncated'))] : []));
}
