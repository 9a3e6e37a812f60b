// @ts-check
/** Something is wrong with the text, or worth a talk: said to the manager, who decides. Coding goes on meanwhile. */
import { h, refill } from '../dom.js';
import { fetchRemarks } from '../app/fetching.js';
import { flag, withdrawFlag } from '../app/remarking.js';
import { shorten } from '../margin/chips.js';
import { openDialog } from './dialog.js';
import { badgeOf } from './remarks.js';

/** @typedef {Flag['kind']} Kind */

/** What may be proposed, by kind. @type {Record<Kind, string[]>} */
const PROPOSALS = { discuss: [], zone: ['title', 'body', 'caption', 'digest', 'link', 'fragment', 'boilerplate'], split: ['join', 'divide'] };
const KINDS = /** @type {Kind[]} */ (Object.keys(PROPOSALS));

/** @param {Session} session @param {() => void} focusText @param {Kind} [first] */
export function openFlag(session, focusText, first) {
  const { t, target, outbox, drafts } = session;
  const passage = target ? session.passagesOf(target)[0] : undefined;
  if (!passage) return session.say(t('flag_choose'));
  const name = `flag/${passage.index}`;
  /** @type {{kind: Kind, proposed: string, note: string}} */
  const begun = drafts.get(name) ?? { kind: 'discuss', proposed: '', note: '' };
  let kind = first ?? begun.kind;
  const proposed = h('select', { id: 'flag-proposed' });
  const proposal = h('div', { class: 'field' }, h('label', { for: 'flag-proposed' }, t('flag_proposed')), proposed);
  const note = h('textarea', { id: 'flag-note', rows: 2, maxlength: 2000, value: begun.note });
  const list = h('ul', { class: 'flags' });
  const title = h('h3', { class: 'label', hidden: true }, t('flags_own'));

  const offer = () => {
    const options = PROPOSALS[kind].filter((zone) => zone !== passage.zone);
    proposal.hidden = !options.length;
    proposed.replaceChildren(...options.map((value) => h('option', { value, selected: value === begun.proposed }, t(`proposed_${value}`))));
  };
  const keep = () => drafts.keep(name, note.value.trim() ? { kind, proposed: proposed.value, note: note.value } : undefined);
  const draw = () => {
    const { flags } = outbox.remarks;
    title.hidden = !flags.length;
    refill(list, flags.map((one) => line(session, one)));
  };

  const choice = (/** @type {Kind} */ one) => h('label', { class: 'check' }, h('input', { type: 'radio', name: 'flag-kind', value: one, checked: one === kind, onchange: () => {
    kind = one;
    offer();
  } }), h('span', {}, t(`flag_${one}`)));
  const form = h('form', { class: 'write', oninput: keep, onchange: keep, onsubmit: (/** @type {Event} */ event) => {
    event.preventDefault();
    void drafts.become(name, flag(session, { kind, passage: passage.index, proposed: PROPOSALS[kind].length ? proposed.value : null, note: note.value.trim() }));
    dialog.close();
    session.say(t('flag_done'));
  } },
  h('blockquote', { class: 'quote' }, shorten(session.slice(passage), 200)),
  h('fieldset', { class: 'kinds' }, h('legend', {}, t('flag_kind')), ...KINDS.map(choice)),
  proposal, h('div', { class: 'field' }, h('label', { for: 'flag-note' }, t('flag_note')), note),
  h('button', { class: 'btn primary' }, t('flag_send')));

  offer();
  for (const event of ['change', 'status']) outbox.addEventListener(event, draw);
  const dialog = openDialog(t('flag_title'), { kind: 'flagging', closeLabel: t('close'), body: [h('p', { class: 'muted' }, t('flag_text')), form, title, list], onclose: () => {
    for (const event of ['change', 'status']) outbox.removeEventListener(event, draw);
    focusText();
  } });
  /** @type {HTMLElement | null} */ (form.querySelector('input:checked'))?.focus();
  draw();
  void fetchRemarks(session).then(draw);
}

/** @param {Session} session @param {Flag} one */
function line(session, one) {
  const { t, article } = session;
  const at = article.passages[one.passage];
  const back = h('button', { type: 'button', class: 'btn small quiet', 'data-key': `back${one.id}`, onclick: () => withdrawFlag(session, one) }, t('flag_withdraw'));
  return h('li', {}, h('b', {}, t(`flag_${one.kind}`)), one.proposed ? ` → ${t(`proposed_${one.proposed}`)}` : '', h('q', {}, at ? shorten(session.slice(at), 80) : ''),
    one.note ? h('span', { dir: 'auto' }, one.note) : null, badgeOf(one, t),
    one.settlement ? h('span', { class: 'badge' }, t(`flag_${one.settlement}`)) : back);
}
