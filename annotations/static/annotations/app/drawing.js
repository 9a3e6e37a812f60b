// @ts-check
/**
 * Keeps what is seen in step with what is known: at most one drawing a turn, and only of what changed.
 * What the eye is on comes first, written before anything is measured, so that the page is laid out once;
 * the lists at the sides follow when that has been painted.
 */
import { openComments } from '../dialogs/remarks.js';
import { openFlag } from '../dialogs/flag.js';
import { afterPaint, pause } from '../idle.js';
import { Margins } from '../margin/margins.js';
import { Painter } from '../paint/highlights.js';
import { Window } from '../paint/window.js';
import { annotationList } from '../panels/list.js';
import { attention } from '../panels/attention.js';
import { banners } from '../panels/banner.js';
import { inspector } from '../panels/inspector.js';
import { progress } from '../panels/progress.js';
import { statusLine } from '../panels/status.js';
import { themesPanel } from '../panels/themes.js';
import { fetchRemarks } from './fetching.js';
import { folding } from './folding.js';
import { grips } from './grips.js';
import { choose, goTo, reveal } from './places.js';

/** Milliseconds. A save on its way changes the page three times; each would be a frame under the next key. */
const CALM = 150;

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);

/**
 * @param {Session} session
 * @param {{focusText: () => void, keysOf: (verb: string) => string[], openSearch: () => void, openDefinition: () => void, openHistory: () => void}} hands
 */
export function drawing(session, hands) {
  const { outbox, sheet, judged } = session;
  const shown = new Window(sheet, byId('frame'));
  const painter = new Painter(sheet, shown, ({ body }) => session.codebook.theme(body.theme).colour);
  const margins = new Margins(session, shown, { onchoose: (id) => choose(session, id), onopen: (remark, key) => openRemark(session, remark, { key, ...hands }) });
  const status = statusLine(session, byId('save'));
  const parts = [
    folding(session),
    spans(session, painter),
    () => margins.draw(),
    inspector(session, { root: byId('inspector'), ...hands }).draw,
    attention(session, byId('attention')),
    banners(session, byId('banners')),
    status,
    places(session, painter),
    // From here on it is measured.
    () => select(session, byId('text')),
    () => {
      if (chosen && session.chosen) reveal(session, session.chosen.body);
      chosen = false;
    },
    grips(session, /** @type {HTMLElement} */ (byId('text').parentElement)),
  ];
  const aside = [
    themesPanel(session, { list: byId('themes'), tip: byId('tip'), ...hands }),
    annotationList(session, { list: byId('annotations'), count: byId('annotations-count'), ...hands }),
    progress(session, byId('progress')),
  ];
  const lists = () => aside.forEach((part) => part());
  const drawAside = afterPaint(lists);
  session.addEventListener('lists', lists);
  let chosen = false;
  const { draw, drawSoon } = turns(() => {
    parts.forEach((part) => part());
    drawAside();
  });
  session.addEventListener('change', (event) => {
    chosen ||= Boolean(/** @type {CustomEvent} */ (event).detail.chosen);
    draw();
  });
  outbox.addEventListener('fatal', draw);
  // What asks for a choice, or has just got it, is never shown late: a second press would meet what is gone.
  let asks = '';
  let unsaved = false;
  const drawnBySaves = () => {
    const { parked, conflicts, elsewhere, unsent } = outbox.status;
    // “Saved” is not said a moment longer than it is true.
    if (unsent && !unsaved) status();
    unsaved = unsent > 0;
    const now = [parked, conflicts, elsewhere].map((each) => each.length).join();
    if (now === asks) return drawSoon();
    asks = now;
    draw();
  };
  for (const event of ['change', 'status']) outbox.addEventListener(event, drawnBySaves);
  for (const event of ['online', 'offline']) addEventListener(event, drawSoon);
  const read = reading(session);
  judged.addEventListener('change', (event) => read(/** @type {CustomEvent} */ (event).detail));
  read([...judged.indices]);
  draw();
  // The marks of comments and flags come when there is time: nobody codes by them.
  void pause().then(() => fetchRemarks(session));
}

/**
 * Once a turn, however often it is asked for: `draw` in this one. `drawSoon` is for what comes by itself, as
 * what the outbox says of each save on its way: it waits for the next drawing, or until CALM has passed since the last.
 * @param {() => void} work
 */
function turns(work) {
  let waiting = false;
  let last = -CALM;
  let timer = 0;
  const draw = () => {
    if (waiting) return;
    waiting = true;
    clearTimeout(timer);
    timer = 0;
    queueMicrotask(() => {
      waiting = false;
      last = performance.now();
      work();
    });
  };
  const drawSoon = () => {
    if (waiting || timer) return;
    const left = last + CALM - performance.now();
    if (left > 0) timer = window.setTimeout(draw, left);
    else draw();
  };
  return { draw, drawSoon };
}

/** The comments or flags of a mark; the focus comes back to it, or to the text where it has gone. @param {Session} session @param {import('../margin/remarks.js').Remark} remark @param {{key: string, focusText: () => void}} from */
export function openRemark(session, { kind, passage }, { key, focusText }) {
  goTo(session, session.article.passages[passage]);
  const back = () => {
    /** @type {HTMLElement | null} */
    const mark = byId(byId('text').hidden ? 'reading' : 'text').querySelector(`[data-key="${key}"]`);
    if (mark) mark.focus();
    else focusText();
  };
  if (kind === 'flags') openFlag(session, back);
  else openComments(session, back, { write: false, at: passage });
}

/** @param {Session} session @param {Painter} painter */
function spans(session, painter) {
  /** @type {Entry[] | null} */
  let drawn = null;
  return () => {
    if (session.annotations === drawn) return;
    drawn = session.annotations;
    painter.show(drawn);
  };
}

/** Cursor and chosen annotation in the text. @param {Session} session @param {Painter} painter */
function places(session, painter) {
  const root = byId('text');
  let active = -1;
  return () => {
    const { chosen, view, codebook, sheet } = session;
    // A colour on the text itself would have the style of all its elements computed again.
    painter.mark('chosen', chosen?.body ?? null, chosen ? codebook.theme(chosen.body.theme).colour : 0);
    painter.mark('cursor', chosen ? null : view.stretch ?? view.cursor);
    root.classList.toggle('armed', Boolean(view.armed));
    const block = session.target ? session.blockIndex(session.target) : -1;
    if (block !== active) {
      sheet.paragraphs[active]?.classList.remove('on');
      sheet.paragraphs[block]?.classList.add('on');
      active = block;
    }
  };
}

/** Whether a button of the mouse is down: then the selection is the person's, whatever is drawn meanwhile. */
let drawn = false;
for (const kind of ['pointerdown', 'pointerup', 'pointercancel']) {
  document.addEventListener(kind, (event) => (drawn = kind === 'pointerdown' && /** @type {PointerEvent} */ (event).pointerType === 'mouse'), { capture: true });
}

/** The browser's own selection follows, for copying and for screen readers. @param {Session} session @param {HTMLElement} root */
function select({ chosen, view, sheet }, root) {
  const selection = getSelection();
  if (!selection || document.activeElement !== root || drawn) return;
  if (chosen || !view.cursor) return selection.removeAllRanges();
  const { startContainer, startOffset, endContainer, endOffset } = sheet.map.range(view.cursor);
  const same = selection.rangeCount && selection.anchorNode === startContainer && selection.anchorOffset === startOffset && selection.focusNode === endContainer && selection.focusOffset === endOffset;
  if (!same) selection.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
}

/** @param {Session} session */
function reading({ judged, sheet, t }) {
  const count = byId('read');
  const places = new Map(sheet.blocks.flatMap(({ passages }, i) => passages.map(({ index }) => [index, i])));
  return (/** @type {number[]} */ fresh) => {
    for (const i of new Set(fresh.map((index) => places.get(index) ?? 0))) {
      sheet.paragraphs[i]?.classList.toggle('read', sheet.blocks[i].passages.every(({ index }) => judged.indices.has(index)));
    }
    const total = judged.expected.length;
    count.textContent = t('read_count', { read: total - judged.unread.length, total });
  };
}
