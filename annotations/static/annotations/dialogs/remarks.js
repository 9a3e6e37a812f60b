// @ts-check
/** Comments on passages: read, written, answered, settled. Others' stay unseen until every slot is submitted. */
import { h, refill } from '../dom.js';
import { whyNot } from '../app/asking.js';
import { drafted } from '../app/drafting.js';
import { fetchRemarks } from '../app/fetching.js';
import { goTo, reveal } from '../app/places.js';
import { comment, settleComment, withdrawComment } from '../app/remarking.js';
import { quoted } from '../margin/chips.js';
import { openDialog } from './dialog.js';

/** @typedef {{passage: number, start?: number | null, end?: number | null, reply_to?: string}} About */

/** @param {Session} session @param {() => void} focusText @param {{write: boolean, at?: number}} aim  `at`: the passage whose comments are wanted */
export function openComments(session, focusText, { write, at }) {
  const { t, article, target, outbox, drafts } = session;
  const here = target ? session.passagesOf(target)[0] : undefined;
  const list = h('div', { class: 'comments', 'aria-busy': 'true' }, h('p', { class: 'muted', role: 'status' }, t('comments_wait')));
  const trouble = h('p', { class: 'notice warn', role: 'alert', hidden: true });
  const hidden = h('p', { class: 'muted' });
  /** Kept from one drawing to the next, with what is being typed. @type {Map<string, HTMLElement>} */
  const forms = new Map();

  /** @param {string} name  of the draft @param {string} label @param {About} about */
  const form = (name, label, about) => {
    const known = forms.get(name);
    if (known) return known;
    const id = `c-${name.replaceAll('/', '-')}`;
    const text = h('textarea', { id, rows: 2, maxlength: 10000, required: true, 'data-key': id });
    const element = h('form', { class: 'write', onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      if (!text.value.trim()) return;
      void drafts.become(name, comment(session, text.value.trim(), about));
      element.reset(); // and what was missed before is no longer missed
      if (about.reply_to) element.hidden = true;
    } }, h('label', { for: id }, label), text, h('button', { class: 'btn small primary' }, t('comment_send')));
    drafted(session, name, text);
    text.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) element.requestSubmit();
    });
    forms.set(name, element);
    return element;
  };

  /** @param {string} id @param {number} passage */
  const replyTo = (id, passage) => {
    const fresh = !forms.has(`reply/${id}`);
    const element = form(`reply/${id}`, t('comment_reply'), { passage, reply_to: id });
    if (fresh) element.hidden = !drafts.get(`reply/${id}`);
    return element;
  };

  /** What was begun elsewhere in the article and never sent, by passage. @returns {[number, HTMLElement][]} */
  const begun = () => drafts.under('comment/').filter(([name]) => name !== own?.name).map(([name]) => {
    const about = aboutIn(name);
    return [about.passage, form(name, t('comment_begun', { quote: quoted(session.slice(spanOf(session, about)), 110, t) }), about)];
  });

  let sought = at;
  /** Once they stand there; afterwards the person goes where they want to. */
  const toWanted = () => {
    const section = list.querySelector(`[data-passage="${sought}"]`);
    if (!section) return;
    sought = undefined;
    section.scrollIntoView({ block: 'nearest' });
    /** @type {HTMLElement} */ (section.querySelector('a')).focus({ preventScroll: true });
  };

  const draw = () => {
    const { comments, others_visible } = outbox.remarks;
    hidden.textContent = others_visible ? '' : t('comments_hidden');
    const roots = comments.filter(({ reply_to }) => !reply_to || !comments.some(({ id }) => id === reply_to));
    const groups = Map.groupBy(/** @type {[number, Comment | HTMLElement][]} */ ([...roots.map((one) => [one.passage, one]), ...begun()]), ([passage]) => passage);
    const sections = [...groups].sort(([a], [b]) => a - b).map(([index, ones]) => {
      const lines = ones.map(([, one]) => (one instanceof HTMLElement ? h('li', {}, one) : entryOf(session, one, comments, replyTo)));
      return h('section', { 'data-passage': index }, headOf(session, index, () => dialog.close()), h('ul', {}, ...lines));
    });
    refill(list, sections.length ? sections : [h('p', { class: 'muted' }, t('comments_none'))]);
    toWanted();
  };

  const own = here && target ? placeOf(here, target) : null;
  const writing = own ? form(own.name, t('comment_on', { quote: quoted(session.slice(target ?? here ?? own.about), 110, t) }), own.about) : h('p', { class: 'muted' }, t('comment_choose'));
  let drawn = '';
  const look = () => {
    const now = JSON.stringify(outbox.remarks);
    // What is known is not kept back by a server that does not answer.
    const tooSoon = list.getAttribute('aria-busy') === 'true' && !outbox.remarks.comments.length;
    if (now === drawn || tooSoon) return;
    drawn = now;
    draw();
  };
  for (const event of ['change', 'status']) outbox.addEventListener(event, look);
  const dialog = openDialog(t('comments_title'), { kind: 'wide', closeLabel: t('close'), body: [hidden, trouble, writing, list], onclose: () => {
    for (const event of ['change', 'status']) outbox.removeEventListener(event, look);
    focusText();
  } });
  if (write) writing.querySelector('textarea')?.focus();
  look();
  void fetchRemarks(session).then((answer) => {
    trouble.hidden = answer.status === 200;
    trouble.textContent = trouble.hidden ? '' : `${whyNot(answer, t)} ${t('comments_known')}`;
    list.setAttribute('aria-busy', 'false');
    look();
  });
}

/** Where a new comment goes, and by what name its draft is kept. @param {Passage} passage @param {Span} target */
function placeOf(passage, target) {
  const part = (target.start > passage.start || target.end < passage.end) && target.end <= passage.end && target.start >= passage.start;
  const about = { passage: passage.index, start: part ? target.start : null, end: part ? target.end : null };
  return { about: /** @type {any} */ (about), name: `comment/${passage.index}${part ? `/${target.start}/${target.end}` : ''}` };
}

/** @param {string} name  of a draft @returns {{passage: number, start: number | null, end: number | null}} */
function aboutIn(name) {
  const [passage, start = null, end = null] = name.split('/').slice(1).map(Number);
  return { passage, start, end };
}

/** @param {Session} session @param {{passage: number, start: number | null, end: number | null}} about @returns {Span} */
function spanOf({ article }, { passage, start, end }) {
  const whole = article.passages[passage] ?? { start: 0, end: 0 };
  return { start: start ?? whole.start, end: end ?? whole.end };
}

/** The passage that is spoken of, as a way there. @param {Session} session @param {number} index @param {() => void} close */
function headOf(session, index, close) {
  const passage = session.article.passages[index];
  return h('h3', {}, h('a', { href: `#p${index}`, 'data-key': `p${index}`, onclick: () => {
    close();
    if (!passage) return;
    goTo(session, passage);
    reveal(session, passage, true);
  } }, passage ? quoted(session.slice(passage), 110, session.t) : `#p${index}`));
}

/** @param {Session} session @param {Comment} one @param {Comment[]} all @param {(id: string, passage: number) => HTMLElement} replyTo @returns {HTMLElement} */
function entryOf(session, one, all, replyTo) {
  const { t, page, outbox } = session;
  const when = new Intl.DateTimeFormat(page.language, { dateStyle: 'medium', timeStyle: 'short' });
  const button = (/** @type {string} */ key, /** @type {() => void} */ act) => h('button', { type: 'button', class: 'btn small quiet', 'data-key': key + one.id, onclick: act }, t(key));
  const answers = all.filter(({ reply_to }) => reply_to === one.id);
  const refused = one.waiting === 'parked';
  const reply = replyTo(one.id, one.passage);
  return h('li', { class: one.resolved ? 'resolved' : null },
    h('p', { class: 'by' }, h('b', {}, one.own ? t('comment_own') : one.by), ' ', h('time', { datetime: one.created_at }, when.format(new Date(one.created_at))),
      one.resolved ? h('span', { class: 'badge ok' }, t('comment_resolved')) : null, badgeOf(one, t)),
    h('p', { class: 'said', dir: 'auto' }, one.withdrawn ? t('comment_withdrawn') : one.text),
    one.withdrawn ? null : h('div', { class: 'bar' },
      refused ? button('try_again', () => outbox.retry(one.id)) : button('comment_reply', () => {
        reply.hidden = !reply.hidden;
        reply.querySelector('textarea')?.focus();
      }),
      refused ? null : button(one.resolved ? 'comment_reopen' : 'comment_resolve', () => settleComment(session, one)),
      one.own ? button('comment_withdraw', () => withdrawComment(session, one)) : null),
    reply, answers.length ? h('ul', {}, ...answers.map((answer) => entryOf(session, answer, all, replyTo))) : null);
}

/** Whether it has reached the server. @param {{waiting?: string}} one @param {Translate} t */
export function badgeOf({ waiting }, t) {
  if (!waiting) return null;
  return h('span', { class: waiting === 'parked' ? 'badge bad' : 'badge warn' }, t(waiting === 'parked' ? 'remark_refused' : 'remark_unsent'));
}
