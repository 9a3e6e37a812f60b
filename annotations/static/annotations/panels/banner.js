// @ts-check
/** What concerns the article as a whole: submitted, signed out, refused, nothing more to do. */
import { h, refill } from '../dom.js';
import { canPaint } from '../paint/highlights.js';
import { lookAhead } from '../app/next.js';
import { reopen } from '../app/travel.js';

/** Of an article that is closed: handed in is good, run out of time is not, the rest is as one wanted it. @type {Record<string, string>} */
const TONES = { submitted: 'ok', expired: 'warn' };

/**
 * @param {Session} session
 * @param {HTMLElement} root
 */
export function banners(session, root) {
  const { outbox, page, t } = session;
  let drawn = '';
  /** @type {'' | 'asking' | 'none' | 'signed-out' | 'failed' | 'gone'} */
  let next = '';
  /** @type {unknown} */
  let broken = null;
  outbox.addEventListener('fatal', (event) => {
    broken = /** @type {CustomEvent} */ (event).detail;
    console.error(broken);
    draw();
  });

  const openNext = lookAhead(session);
  const goOn = async () => {
    next = 'asking';
    draw();
    const found = await openNext();
    if (found.kind === 'found') location.assign(page.urls.code + found.assignment.id);
    next = found.kind === 'found' ? 'gone' : found.kind;
    draw();
  };

  const draw = () => {
    const { pace, unsent, trouble } = outbox.status;
    const { state, head } = outbox.work;
    const signature = JSON.stringify([pace, pace.startsWith('s') && unsent, state, Boolean(head), next, Boolean(broken), trouble, session.note]);
    if (signature === drawn) return;
    drawn = signature;
    /** @type {HTMLElement} */ (document.getElementById('submit')).hidden = !session.editable;
    refill(root, [
      broken ? notice('bad', t('broken_title'), t('broken_text'), reload()) : null,
      trouble === 'outdated' ? notice('warn', t('trouble_outdated_title'), t('trouble_outdated_text'), reload()) : null,
      trouble && trouble !== 'outdated' ? notice('bad', t(`trouble_${trouble}_title`), t('trouble_text')) : null,
      pace === 'signed-out' ? notice('warn', t('signed_out_title'), t('signed_out_text'), h('a', { class: 'btn small', href: page.urls.signIn, target: '_blank', rel: 'opener', 'data-key': 'sign-in' }, t('sign_in'))) : null,
      pace === 'other-user' ? notice('warn', t('other_user_title'), t('other_user_text', { name: page.user.name })) : null,
      session.article.passages.length ? null : notice('warn', t('no_text_title'), t('no_text_text')),
      canPaint ? null : notice('', t('no_highlights_title'), t('no_highlights_text')),
      session.note ? notice('', '', session.note, h('button', { type: 'button', class: 'btn small quiet', 'data-key': 'note', onclick: () => session.say('') }, t('close'))) : null,
      ...workNotices(state, Boolean(head)),
    ]);
  };

  const reload = () => h('button', { type: 'button', class: 'btn small', 'data-key': 'reload', onclick: () => location.reload() }, t('reload'));

  /** @param {string} state @param {boolean} pending */
  const workNotices = (state, pending) => {
    if (session.editable) return [];
    const back = h('button', { type: 'button', class: 'btn small', 'data-key': 'back', onclick: () => reopen(session) }, t('take_back'));
    const go = h('button', { type: 'button', class: 'btn small primary', 'data-key': 'next', disabled: next === 'asking', onclick: goOn }, t('next_article'));
    const home = h('a', { class: 'btn small primary', href: page.urls.home }, t('to_home'));
    const text = pending ? t('work_pending') : t(`work_${state}_text`);
    return [
      notice(pending ? 'warn' : TONES[state] ?? '', t(`work_${state}`), text, h('span', { class: 'bar' }, back, next === 'none' ? home : go)),
      next === 'none' ? h('div', { class: 'empty done' }, h('h2', {}, t('all_done')), h('p', {}, t('all_done_text'))) : null,
      next === 'failed' ? notice('warn', t('next_failed'), t('next_failed_text')) : null,
      next === 'signed-out' ? notice('warn', t('signed_out_title'), t('signed_out_text'), h('a', { class: 'btn small', href: page.urls.signIn, target: '_blank', rel: 'opener' }, t('sign_in'))) : null,
    ];
  };

  /** @param {string} tone @param {string} title @param {string} text @param {...any} more */
  const notice = (tone, title, text, ...more) => h('div', { class: `notice ${tone}` }, title ? h('strong', {}, title) : null, h('span', { class: 'grow' }, text), ...more);

  return draw;
}
