// @ts-check
/** One version of an annotation, what differs from another marked. */
import { h } from '../dom.js';
import { shorten } from '../margin/chips.js';
import { wasNeverThere } from '../outbox/kinds.js';

/** So much of a memo is shown, in characters: what is refused for its length is not laid out. */
const MEMO = 2000;

/**
 * @param {Session} session
 * @param {Coding | null} body  null: it was removed
 * @param {Coding} other
 * @param {string} [title]
 */
export function versionOf({ codebook, t }, body, other, title) {
  const head = title ? h('h4', {}, title) : null;
  if (!body) return h('div', { class: 'version' }, head, h('p', {}, t('version_removed')));
  const theme = codebook.theme(body.theme);
  const stance = codebook.stance(body.stance);
  const holder = (/** @type {Coding} */ one) => (one.holder ? one.holder.name || t(`holder_${one.holder.kind}`) : '–');
  /** @type {[string, string, boolean][]} */
  const rows = [
    [t('theme'), theme.name, body.theme !== other.theme],
    [t('stance'), stance ? codebook.stanceLabel(body.theme, stance) : t('stance_missing'), body.stance !== other.stance],
    [t('voice'), holder(body), holder(body) !== holder(other)],
    [t('certainty'), body.certainty ? t(`certainty_${body.certainty}`) : '–', body.certainty !== other.certainty],
    [t('memo'), shorten(body.memo, MEMO) || '–', body.memo !== other.memo],
  ];
  return h('div', { class: `version t${theme.colour}` }, head, h('q', { class: body.quote === other.quote ? null : 'differs' }, shorten(body.quote, 120)),
    h('dl', {}, ...rows.flatMap(([label, value, differs]) => [h('dt', {}, label), h('dd', { class: differs ? 'differs' : null }, value)])));
}

/**
 * What was refused, beside what the server has; null where there are no two things to compare.
 * @param {Session} session @param {Operation} operation
 */
export function sidesOf(session, operation) {
  const { kind, subject, body } = operation;
  const { t, outbox } = session;
  const side = (/** @type {string} */ title, /** @type {string} */ words) => h('div', { class: 'version' }, h('h4', {}, title), h('p', { dir: 'auto' }, words));
  const both = (/** @type {Node} */ mine, /** @type {Node} */ theirs) => h('div', { class: 'versions' }, mine, theirs);
  const entry = outbox.entries.get(subject);
  // What the server has of another article is not known here, unless it has nothing.
  if (operation.assignment !== outbox.assignment && !wasNeverThere(operation)) return kind === 'put' ? versionOf(session, body, body, t('mine')) : null;
  const acked = entry?.acked && !entry.ackedDeleted ? entry.acked : null;
  const unknown = () => side(t('on_server'), t('server_nothing'));
  if (kind === 'put') return both(versionOf(session, body, acked ?? body, t('mine')), acked ? versionOf(session, acked, body, t('on_server')) : unknown());
  if (kind === 'delete') return both(versionOf(session, null, body, t('mine')), acked ? versionOf(session, acked, acked, t('on_server')) : unknown());
  if (kind === 'submit' || kind === 'skip') return both(side(t('mine'), t(kind === 'submit' ? 'state_submitted' : 'state_skipped')), side(t('on_server'), t(`state_${outbox.work.server}`)));
  if (kind === 'comment' || kind === 'flag') return both(side(t('mine'), body.text ?? (body.note || t(`flag_${body.kind}`))), unknown());
  const said = outbox.said.comments.find(({ id }) => id === subject)?.text ?? outbox.said.flags.find(({ id }) => id === subject)?.note;
  return said ? both(side(t('mine'), t(`refused_${kind}`)), side(t('on_server'), said)) : null;
}
