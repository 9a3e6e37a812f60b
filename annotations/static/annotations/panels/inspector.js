// @ts-check
/** The chosen annotation, or the place where one would be made: theme, stance, voice, certainty, memo. */
import { h, icon, ICONS, refill } from '../dom.js';
import { keepTyping, typed } from '../app/drafting.js';
import { choose, confirm } from '../app/places.js';
import { remove, revise, tag } from '../app/verbs.js';
import { offeredVoices } from '../app/voices.js';
import { certainties, stances, subthemes, voices } from './fields.js';
import { offers } from './offers.js';

/** Until then what is typed is a draft, kept all the same. */
const MEMO_PAUSE = 700;

/** A value set anew has the page laid out, even the same. @param {HTMLTextAreaElement | HTMLInputElement} field @param {string} value */
function put(field, value) {
  if (field.value !== value) field.value = value;
}

/**
 * @param {Session} session
 * @param {{root: HTMLElement, keysOf: (verb: string) => string[], focusText: () => void, openSearch: () => void, openDefinition: () => void, openHistory: () => void}} parts
 */
export function inspector(session, { root, keysOf, focusText, openSearch, openDefinition, openHistory }) {
  const { t, codebook } = session;
  /** @type {Map<string | undefined, HTMLElement>} */
  const places = new Map([.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-part]'))].map((element) => [element.dataset.part, element]));
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (places.get(name));
  const memo = /** @type {HTMLTextAreaElement} */ (part('memo'));
  const name = /** @type {HTMLInputElement} */ (part('holder-name'));
  const who = /** @type {HTMLElement} */ (name.closest('.who'));
  /** @type {Map<string, string>} */
  const drawn = new Map();
  let memoTimer = 0;
  let memoOf = '';

  /** Redraw a part only when what it shows has changed. @param {string} key @param {any} shows @param {(element: HTMLElement) => (Node | string | null | false)[]} build */
  const section = (key, shows, build) => {
    const signature = JSON.stringify(shows);
    if (drawn.get(key) === signature) return;
    drawn.set(key, signature);
    const element = part(key);
    refill(element, build(element));
  };

  const flush = () => {
    clearTimeout(memoTimer);
    const entry = session.chosen;
    if (!entry || entry.id !== memoOf || memo.readOnly) return;
    const holder = entry.body.holder && entry.body.holder.kind !== 'author' ? { ...entry.body.holder, name: name.value.trim() } : entry.body.holder;
    revise(session, { memo: memo.value, holder });
    typed(session, entry.id);
  };
  for (const field of [memo, name]) {
    field.addEventListener('input', () => {
      keepTyping(session, { memo, name });
      clearTimeout(memoTimer);
      memoTimer = window.setTimeout(flush, MEMO_PAUSE);
    });
    field.addEventListener('change', flush);
    field.addEventListener('blur', flush);
  }
  name.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    focusText();
  });
  for (const event of ['pagehide', 'visibilitychange']) addEventListener(event, flush);
  part('done').addEventListener('click', () => {
    confirm(session);
    focusText();
  });
  part('remove').addEventListener('click', () => {
    remove(session);
    focusText();
  });
  part('define').addEventListener('click', openDefinition);
  part('history').addEventListener('click', openHistory);

  const draw = () => {
    const entry = session.chosen;
    const target = session.target;
    const body = entry?.body ?? null;
    root.dataset.mode = entry ? 'annotation' : target ? 'place' : 'nothing';
    const fixed = !session.editable;
    section('where', [target?.start, target?.end], () => [target ? whereabouts(target) : '']);
    section('quote', [target?.start, target?.end], () => [target ? session.slice(target) : '']);
    section('measure', [target?.start, target?.end], () => [target ? measure(target) : '']);
    const here = target ? session.annotationsOf(target) : [];
    section('themes', [here.map((one) => [one.id, one.body.theme]), entry?.id, target?.start, fixed], () => [...here.map(pressed), ...(fixed ? [] : unpressed(here)), fixed ? null : more()]);
    section('subthemes', [body?.theme, session.view.chord, fixed], () => (body ? subthemes(session, body, fixed) : []));
    section('stances', [body?.theme, body?.stance, fixed], (element) => (body ? stances(session, body, { element, fixed, focusText }) : []));
    section('proposition', [body?.theme], () => (body && codebook.proposition(body.theme) ? [h('span', { class: 'sr' }, t('proposition')), codebook.proposition(body.theme)] : []));
    section('voices', [!body, body?.holder?.kind, fixed], () => (body ? voices(session, body, { fixed, focusText }) : []));
    section('certainties', [!body, body?.certainty, fixed], () => (body ? certainties(session, body, { fixed, focusText }) : []));
    texts(entry, fixed);
  };

  /** @param {Entry | null} entry @param {boolean} fixed */
  const texts = (entry, fixed) => {
    const same = entry?.id === memoOf;
    memoOf = entry?.id ?? '';
    const holder = entry?.body.holder;
    if (!same || document.activeElement !== memo) put(memo, entry?.body.memo ?? '');
    if (!same || document.activeElement !== name) put(name, holder?.name ?? '');
    memo.readOnly = name.readOnly = fixed;
    memo.required = entry ? codebook.theme(entry.body.theme).memo_required : false;
    who.hidden = !holder || holder.kind === 'author' || holder.kind === 'unnamed';
    for (const name of ['remove', 'done']) part(name).hidden = fixed;
    part('tagging').hidden = fixed && !entry;
    if (entry && !who.hidden) offerNames(entry.body, fixed);
  };

  /** @param {Coding} body @param {boolean} fixed */
  const offerNames = (body, fixed) => {
    const names = offeredVoices(session, body);
    section('names', names, () => names.map((value) => h('option', { value })));
    section('offers', [names, body.holder, fixed], () => offers(session, body, { fixed, focusText }));
  };

  /** @param {Entry} one */
  const pressed = (one) => {
    const theme = codebook.theme(one.body.theme);
    const chosen = one.id === session.view.chosen;
    return h('span', { class: `chip t${theme.colour} pair`, 'aria-current': String(chosen) },
      h('button', { type: 'button', 'data-key': one.id, 'aria-pressed': String(chosen), onclick: () => choose(session, one.id) }, h('span', { class: 'code2', 'aria-hidden': 'true' }, theme.code), theme.name),
      session.editable && h('button', { type: 'button', class: 'x', 'data-key': `x${one.id}`, 'aria-label': t('remove_theme', { theme: theme.name }), onclick: () => remove(session, one.id) }, icon(ICONS.cross)));
  };

  /** Themes not on this stretch: always there where nothing is tagged, else on small screens. @param {{body: {theme: string}}[]} here */
  const unpressed = (here) => codebook.top
    .filter((theme) => !here.some((one) => codebook.topOf(one.body.theme).key === theme.key))
    .map((theme) => h('button', { type: 'button', class: `chip t${theme.colour}${here.length ? ' spare' : ''}`, 'data-key': theme.key, onclick: (/** @type {MouseEvent} */ event) => {
      tag(session, theme.key);
      if (event.detail) focusText();
    } }, h('span', { class: 'code2', 'aria-hidden': 'true' }, theme.code), theme.name));

  const more = () => h('button', { type: 'button', class: 'chip plain', 'data-key': 'more', 'aria-label': t('search_title'), onclick: openSearch }, h('kbd', {}, keysOf('search')[0] ?? '/'));

  /** @param {Span} span */
  const whereabouts = (span) => {
    const passage = session.passagesOf(span)[0];
    const block = session.blockOf(span);
    return t('whereabouts', { paragraph: block.number, sentence: passage?.sentence ?? 1 });
  };

  /** @param {Span} span */
  const measure = (span) => {
    const passages = session.passagesOf(span);
    const whole = passages.length && passages[0].start >= span.start && passages[passages.length - 1].end <= span.end;
    return `${whole ? t('sentences', { n: passages.length }) : t('part_of_sentence')}, ${t('characters', { n: span.end - span.start })}`;
  };

  return { draw, flush };
}
