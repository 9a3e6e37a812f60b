// @ts-check
/** What the server did not take: both versions side by side, its words, the ways out. Nothing goes without a choice. */
import { h, refill } from '../dom.js';
import { choose, reveal } from '../app/places.js';
import { copy, discard, wordsIn } from '../app/refusals.js';
import { reopen } from '../app/travel.js';
import { shorten } from '../margin/chips.js';
import { sidesOf, versionOf } from './version.js';

/** How many annotations a refused submission names. */
const SHOWN = 6;

/** Landmarks need names of their own. @param {string} title @param {number} i @param {unknown[]} all */
const nameOf = (title, i, all) => (all.length > 1 ? `${title} (${i + 1} / ${all.length})` : title);

/**
 * @param {Session} session
 * @param {HTMLElement} root
 */
export function attention(session, root) {
  const { outbox, t } = session;
  let drawn = '';

  const draw = () => {
    const { parked, conflicts, elsewhere } = outbox.status;
    const missing = parked.flatMap(({ problem }) => problem?.annotations ?? []).map((id) => outbox.entries.get(id)?.body.stance);
    const signature = JSON.stringify([parked.map(({ id, problem }) => [id, problem]), conflicts.map(({ id, conflict, body, deleted }) => [id, conflict?.revision, body, deleted]), missing, elsewhere.map(({ id }) => id), session.editable]);
    if (signature === drawn) return;
    drawn = signature;
    const none = !parked.length && !conflicts.length && !elsewhere.length;
    if (root.hidden && !none && root.parentElement) root.parentElement.scrollTop = 0;
    root.hidden = none;
    refill(root, none ? [] : [h('h2', { class: 'sr' }, t('attention_title')), ...conflicts.map(conflictCard), ...elsewhere.map(elsewhereCard), ...parked.map(parkedCard)]);
  };

  /** @param {Entry} entry @param {number} i @param {Entry[]} all */
  const conflictCard = ({ id, body, deleted, conflict }, i, all) => {
    const theirs = /** @type {Annotation} */ (conflict);
    return h('section', { class: 'card alert', 'aria-label': nameOf(t('conflict_title'), i, all) },
      h('h3', {}, t('conflict_title')),
      h('p', {}, t('conflict_text')),
      h('div', { class: 'versions' },
        versionOf(session, deleted ? null : body, theirs, t('mine')),
        versionOf(session, theirs.deleted ? null : theirs, body, t('theirs'))),
      h('footer', {},
        button(t('keep_mine'), `mine${id}`, () => outbox.resolve(id, 'mine')),
        button(t('take_theirs'), `theirs${id}`, () => outbox.resolve(id, 'theirs')),
        deleted || theirs.deleted ? null : button(t('keep_both'), `both${id}`, () => outbox.resolve(id, 'both'))));
  };

  /** In another article both versions can be read where they stand. @param {Operation} operation @param {number} i @param {Operation[]} all */
  const elsewhereCard = (operation, i, all) => h('section', { class: 'card alert', 'aria-label': nameOf(t('conflict_elsewhere'), i, all) },
    h('h3', {}, t('conflict_elsewhere')),
    h('p', {}, t('conflict_text'), operation.body?.quote ? ` ${t('quoted', { quote: shorten(operation.body.quote, 80) })}` : ''),
    h('footer', {}, way(operation)));

  /** @param {Operation} operation */
  const way = ({ id, assignment }) => h('a', { class: 'btn small', 'data-key': `open${id}`, href: session.page.urls.code + assignment }, t('open_article'));

  /** @param {Operation} operation @param {number} i @param {Operation[]} all */
  const parkedCard = (operation, i, all) => {
    const { id, subject, kind, body, problem } = operation;
    const elsewhere = operation.assignment !== outbox.assignment && kind !== 'preferences';
    const quote = body?.quote ?? outbox.entries.get(subject)?.body.quote;
    const closed = problem?.assignment && problem.assignment.id === outbox.assignment && !session.editable;
    const advice = adviceOf(operation);
    return h('section', { class: 'card alert', 'aria-label': nameOf(t('refused_title'), i, all) },
      h('h3', {}, t('refused_title')),
      h('p', {}, t(`refused_${kind}`), quote ? ` ${t('quoted', { quote: shorten(quote, 80) })}` : ''),
      h('p', { class: 'said' }, ...reasons(problem, t)),
      advice ? h('p', {}, t(advice)) : null,
      missingStances(problem),
      sidesOf(session, operation),
      words(operation),
      h('footer', {},
        closed ? button(t('take_back_send'), `reopen${id}`, () => reopen(session), 'primary') : button(t('try_again'), `retry${subject}`, () => outbox.retry(subject)),
        kind === 'preferences' ? button(t('keys_show'), `keys${id}`, () => document.getElementById('help')?.click()) : null,
        outbox.annotations.some((one) => one.id === subject) ? button(t('show'), `show${subject}`, () => show(subject), 'quiet') : null,
        elsewhere ? way(operation) : null,
        button(t('discard'), `discard${subject}`, () => discard(session, subject), 'danger')));
  };

  /** What one wrote, to be copied before anything else happens to it. @param {Operation} operation */
  const words = (operation) => {
    const value = wordsIn(operation);
    if (!value) return null;
    const field = h('textarea', { id: `words-${operation.id}`, rows: 3, readonly: true, value });
    const act = button(t('copy_text'), `copy${operation.id}`, async () => session.announce(t((await copy(field)) ? 'copied' : 'copy_by_hand')), 'quiet');
    return h('details', { class: 'words' }, h('summary', {}, t('your_text')), h('label', { class: 'sr', for: field.id }, t('your_text')), field, act);
  };

  /** @param {Problem | null} problem */
  const missingStances = (problem) => {
    const without = (problem?.annotations ?? []).map((id) => outbox.entries.get(id)).filter((one) => one && !one.deleted && one.body.stance === null);
    return without.length ? h('ul', { class: 'missing' }, ...without.slice(0, SHOWN).map((one) => h('li', {}, button(t('quoted', { quote: shorten(one?.body.quote ?? '', 60) }), `go${one?.id}`, () => show(one?.id ?? ''), 'quiet')))) : null;
  };

  /** @param {string} id */
  const show = (id) => {
    choose(session, id);
    if (session.chosen) reveal(session, session.chosen.body, true);
  };

  /** @param {string} label @param {string} key @param {() => void} act @param {string} [kind] */
  const button = (label, key, act, kind = '') => h('button', { type: 'button', class: `btn small ${kind}`, 'data-key': key, onclick: act }, label);

  return draw;
}

/** What may be done about it; '' where the server's words say enough. @param {Operation} operation */
function adviceOf({ kind, problem }) {
  if (!problem) return '';
  if (problem.assignment && kind !== 'submit' && kind !== 'skip' && kind !== 'reopen') return 'advice_closed';
  if (problem.annotations.length) return 'advice_stances';
  if (kind === 'preferences') return 'advice_keys';
  if (problem.status === 404) return 'advice_gone';
  if (problem.status === 413) return 'advice_long';
  return kind === 'put' && problem.status === 422 ? 'advice_change' : '';
}

/** The server's own words, or its number. @param {Problem | null} problem @param {Translate} t */
export function reasons(problem, t) {
  if (!problem) return [];
  const words = [problem.detail, ...problem.errors.map((error) => error.detail)].filter(Boolean);
  return [[...new Set(words)].join(' ') || problem.title || t('refused_status', { status: problem.status })];
}
