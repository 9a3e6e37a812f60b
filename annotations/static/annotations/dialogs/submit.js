// @ts-check
/** Before an article is handed in: what is missing, what was not read; and the way out, a skip with a reason. */
import { h } from '../dom.js';
import { drafted } from '../app/drafting.js';
import { choose, goTo, reveal } from '../app/places.js';
import { skip, submit } from '../app/travel.js';
import { quoted } from '../margin/chips.js';
import { aboutOf } from '../outbox/kinds.js';
import { openDialog } from './dialog.js';

const SHOWN = 6;

/**
 * What stands in the way of a submission. Pure.
 * @param {Entry[]} annotations
 * @param {Codebook} codebook
 */
export function missing(annotations, codebook) {
  return {
    stances: annotations.filter(({ body }) => body.stance === null),
    memos: annotations.filter(({ body }) => codebook.theme(body.theme).memo_required && !body.memo.trim()),
  };
}

/**
 * @param {Session} session
 * @param {() => void} focusText
 * @param {'whole' | 'part' | 'skip'} [aim]  what is offered first
 */
export function openSubmit(session, focusText, aim = 'whole') {
  if (!session.editable) return session.announce(session.t('read_only'));
  const { t, codebook, judged, outbox } = session;
  const { stances, memos } = missing(session.annotations, codebook);
  const { conflicts } = outbox.status;
  const parked = outbox.status.parked.filter((one) => one.assignment === outbox.assignment && aboutOf(one) === 'annotation');
  const { expected } = judged;
  const upTo = partial(session);
  const unread = judged.unread;
  const blocked = stances.length + memos.length + parked.length + conflicts.length > 0;
  const close = () => dialog.close();

  /** @param {Span} span @param {() => void} go */
  const jump = (span, go) => h('li', {}, h('button', { type: 'button', class: 'jump', onclick: () => {
    close();
    go();
    reveal(session, span, true);
  } }, quoted(session.slice(span), 90, t)));
  /** @template T @param {string} title @param {T[]} all @param {(one: T) => any} line @param {string} tone */
  const group = (title, all, line, tone) => all.length ? h('section', { class: `notice ${tone} block` }, h('strong', {}, title),
    h('ul', {}, ...all.slice(0, SHOWN).map(line), all.length > SHOWN ? h('li', { class: 'muted' }, t('and_more', { n: all.length - SHOWN })) : null)) : null;

  const reason = h('input', { type: 'text', id: 'skip-reason', maxlength: 500, required: true });
  drafted(session, 'skip', reason);
  const skipForm = h('form', { class: 'row', onsubmit: (/** @type {Event} */ event) => {
    event.preventDefault();
    close();
    void session.drafts.become('skip', skip(session, reason.value.trim()));
  } }, h('div', { class: 'field grow' }, h('label', { for: 'skip-reason' }, t('skip_reason')), reason), h('button', { class: 'btn' }, t('skip')));
  const send = h('button', { type: 'button', class: 'btn primary', 'aria-disabled': blocked ? 'true' : null, onclick: () => {
    if (blocked) return;
    dialog.addEventListener('close', () => queueMicrotask(() => /** @type {HTMLElement | null} */ (document.querySelector('[data-key=next]'))?.focus()));
    if (upTo.box.checked && !upTo.reason.reportValidity()) return;
    const done = submit(session, upTo.box.checked ? { up_to: upTo.end, reason: upTo.reason.value.trim() } : {});
    if (upTo.box.checked) void session.drafts.become('partial', done);
    close();
  } }, t('submit'));

  const dialog = openDialog(t('submit_title'), {
    kind: 'submit', closeLabel: t('close'), onclose: focusText,
    body: [
      h('p', {}, t('submit_summary', { annotations: t('annotations', { n: session.annotations.length }), judged: expected.length - unread.length, total: expected.length })),
      h('progress', { class: 'wide', max: Math.max(1, expected.length), value: expected.length - unread.length, 'aria-label': t('passages_judged') }),
      parked.length + conflicts.length ? h('p', { class: 'notice bad' }, h('strong', {}, t('submit_attention'))) : null,
      group(t('submit_stances', { n: stances.length }), stances, ({ id, body }) => jump(body, () => choose(session, id)), 'bad'),
      group(t('submit_memos', { n: memos.length }), memos, ({ id, body }) => jump(body, () => choose(session, id)), 'bad'),
      group(t('submit_unread', { n: unread.length }), unread, (passage) => jump(passage, () => goTo(session, passage)), 'warn'),
      unread.length ? h('p', { class: 'muted' }, t('submit_unread_text')) : null,
      upTo.end ? upTo.field : null,
      h('details', { class: 'more', open: aim === 'skip' }, h('summary', {}, t('skip_title')), skipForm),
    ],
    actions: [h('button', { type: 'button', class: 'btn', onclick: close }, t('go_on_coding')), send],
  });
  if (aim === 'skip') reason.focus();
  else if (aim === 'part' && upTo.end) upTo.box.click();
  else if (!blocked) send.focus();
}

/**
 * The choice to hand in only what stands before the end of the sentence at the cursor.
 * @param {Session} session
 */
function partial(session) {
  const { t, target } = session;
  const last = target ? session.passagesOf(target).at(-1) : undefined;
  const reason = h('input', { type: 'text', id: 'partial-reason', maxlength: 500, pattern: '.*\\S.*', required: true });
  drafted(session, 'partial', reason);
  const why = h('div', { class: 'field', hidden: true }, h('label', { for: 'partial-reason' }, t('partial_reason')), reason);
  const box = h('input', { type: 'checkbox', id: 'partial', onchange: () => {
    why.hidden = !box.checked;
    if (box.checked) reason.focus();
  } });
  const words = last ? quoted(session.slice(last), 70, t) : '';
  const field = h('div', { class: 'partial' }, h('label', { class: 'check', for: 'partial' }, box, h('span', {}, t('partial_up_to', { quote: words }))), why);
  return { end: last?.end ?? 0, box, reason, field };
}
