// @ts-check
/** Builds the page from the article and this device's store, and wires keys and mouse to it. */
import { openDefinition } from '../dialogs/definition.js';
import { openRevisions } from '../dialogs/revisions.js';
import { openSearch } from '../dialogs/search.js';
import { COMMANDS } from '../keys/commands.js';
import { listen } from '../keys/dispatch.js';
import { keymapOf } from '../keys/keymap.js';
import { Drafts } from '../outbox/drafts.js';
import { History } from '../outbox/history.js';
import { Outbox } from '../outbox/outbox.js';
import { Judged, placeOf } from '../reading/judged.js';
import { layOut } from '../text/sheet.js';
import { finder } from '../panels/find.js';
import { readingView } from '../panels/reading.js';
import { selectionSwitch } from '../panels/selection.js';
import { toolbar } from '../panels/tools.js';
import { commandsOf } from './commands.js';
import { endByKey } from './hands.js';
import * as places from './places.js';
import { pointing } from './pointing.js';
import { resumeTyping } from './drafting.js';
import { drawing, openRemark } from './drawing.js';
import { followPreferences, preferencesOf } from './preferences.js';
import { keepScroll, restoreScroll } from './scroll.js';
import { Session } from './session.js';
import { arriveTravelling } from './travel.js';
import * as verbs from './verbs.js';

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);

/** Verbs that take the focus back to the text. */
const IN_TEXT = new Set(COMMANDS.filter(({ group, fixed }) => ['move', 'select'].includes(group) && !fixed).map(({ verb }) => verb).filter((verb) => !['selection', 'confirm', 'deselect'].includes(verb)));

/** @type {Outbox | null} */
let outbox = null;

/**
 * @param {PageData} page
 * @param {Promise<{article: Article, asOf: number}>} fetched
 * @param {Translate} t
 */
export async function start(page, fetched, t) {
  const opened = outbox ? Promise.resolve(outbox) : Outbox.open({ user: page.user.id, urls: page.urls, assignment: page.assignment, preferences: page.preferences });
  const kept = opened.then((box) => Promise.all([placeOf(box.db, page.assignment.id), History.open(box.db, page.assignment.id, Date.now()), Drafts.open(box.db, page.assignment.id)]));
  const frame = byId('frame');
  const text = byId('text');
  // The text stands there while this device's store is still being opened.
  const shown = fetched.then(({ article }) => show(article, text, t));
  const [{ article, asOf }, sheet, box, [place, history, drafts]] = await Promise.all([fetched, shown, opened, kept]);
  outbox = box;
  void box.hydrate(article.assignment ?? page.assignment, article.annotations, asOf);
  const judged = new Judged(box.db, place ?? { assignment: page.assignment.id, judged: [], cursor: null }, { sheet, frame, passages: article.passages });
  const session = new Session({ page, article, sheet, outbox: box, judged, history, drafts, t, announce });
  wire(session, { text, frame });
  judged.watch();
  arrive(session, judged.cursor);
  arriveTravelling(session);
  resumeTyping(session);
  Object.assign(globalThis, { workbench: session });
}

/** @param {Article} article @param {HTMLElement} text @param {Translate} t */
function show(article, text, t) {
  const sheet = layOut(text, article, t);
  if (article.dir) text.dir = article.dir;
  byId('title').hidden = sheet.blocks.some((block) => block.zone === 'title');
  return sheet;
}

/** @param {Session} session @param {{text: HTMLElement, frame: HTMLElement}} parts */
function wire(session, { text, frame }) {
  let keymap = keymapOf(session.codebook, preferencesOf(session).keys);
  const focusText = () => (text.hidden ? byId('reading') : text).focus({ preventScroll: true });
  const rebind = (/** @type {Preferences['keys']} */ keys) => void (keymap = keymapOf(session.codebook, keys));
  const hands = { focusText, rebind, keymap: () => keymap, keysOf: (/** @type {string} */ verb) => keymap.keysOf(verb), openSearch: () => openSearch(session, focusText), openDefinition: () => openDefinition(session, focusText), openHistory: () => openRevisions(session, focusText) };
  followPreferences(session, rebind);
  drawing(session, hands);
  const find = finder(session, byId('find'), focusText);
  selectionSwitch(session, byId('selection'), focusText);
  const table = commandsOf(session, { ...hands, find, focusField: (selector) => focusField(session, selector), focusVoice: () => focusVoice(session) });
  toolbar(session, { root: byId('tools'), keysOf: hands.keysOf, run: (verb) => table[verb]?.({ verb }) });
  const readingDraw = readingView(session, byId('reading'), text, (remark, key) => openRemark(session, remark, { key, focusText }));
  for (const target of [session, session.outbox]) target.addEventListener('change', () => queueMicrotask(readingDraw));
  session.outbox.addEventListener('status', () => queueMicrotask(readingDraw));
  readingDraw();
  keepScroll(session);
  listen(() => keymap, {
    act: (action) => {
      if (IN_TEXT.has(action.verb) && document.activeElement !== (text.hidden ? byId('reading') : text)) focusText();
      table[action.verb]?.(action);
      if (session.target) places.reveal(session, session.target);
    },
    letter: (key) => pickChild(session, key),
    end: (event) => endByKey(session, event),
  });
  pointing(session, text);
  for (const [id, act] of /** @type {[string, () => void][]} */ ([['submit', () => table.submit({ verb: 'submit' })], ['help', () => table.help({ verb: 'help' })]])) byId(id)?.addEventListener('click', act);
  addEventListener('beforeunload', (event) => {
    if (session.endangered) event.preventDefault();
  });
  addEventListener('hashchange', () => follow(session, location.hash));
  frame.addEventListener('focus', focusText);
}

/** A letter that picks the sub-theme asked for. @param {Session} session @param {string} key */
function pickChild(session, key) {
  const { chord } = session.view;
  if (!chord) return false;
  const child = session.codebook.children(chord).find(({ letter }) => letter.toLowerCase() === key);
  if (!child) return false;
  verbs.revise(session, { theme: child.theme.key });
  session.announce(child.theme.name);
  return true;
}

/** @param {Session} session @param {string} selector */
function focusField(session, selector) {
  if (!session.chosen) return session.announce(session.t('choose_annotation'));
  /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus();
}

/** The name of the voice; which voice it is, where there is none to name. @param {Session} session */
function focusVoice(session) {
  const kind = session.chosen?.body.holder?.kind;
  if (session.chosen && (!kind || kind === 'author')) verbs.revise(session, { holder: { kind: 'person', name: '' } });
  // After the drawing that shows the field, and before the next key.
  queueMicrotask(() => focusField(session, kind === 'unnamed' ? '[data-key^=voice]:checked' : '[data-part=holder-name]'));
}

/** Where one was, or where the address points. @param {Session} session @param {Span | null} place */
function arrive(session, place) {
  byId('text').focus({ preventScroll: true });
  if (follow(session, location.hash)) return;
  const stood = restoreScroll(session);
  if (place && place.end <= session.sheet.map.points.length) {
    session.set({ cursor: { ...place, anchor: place, focus: place } });
    if (!stood) places.reveal(session, place, true);
  }
}

/** `#p12` is a passage, `#a-…` an annotation. @param {Session} session @param {string} hash */
function follow(session, hash) {
  const passage = session.article.passages.find(({ index }) => `#p${index}` === hash);
  const entry = hash.startsWith('#a-') ? session.outbox.entries.get(hash.slice(3)) : undefined;
  if (entry) places.choose(session, entry.id);
  else if (passage) places.goTo(session, passage);
  const span = entry?.body ?? passage;
  if (span) places.reveal(session, span, true);
  return Boolean(span);
}

/** Said by screen readers, once the person pauses. @param {string} words */
function announce(words) {
  const live = byId('live');
  live.textContent = '';
  setTimeout(() => (live.textContent = words), 30);
}
