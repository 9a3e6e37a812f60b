// @ts-check
/**
 * Keys and selection for the adjudication page. Every decision is a plain form: this only chooses a
 * card, presses its buttons and fills in boundaries, in code points, from what is selected.
 */

import { isTyping } from '../dom.js';
import { CodePoints, TextMap } from '../text/textmap.js';
import { stepped, trimmed, words } from './boundaries.js';

const root = /** @type {HTMLElement} */ (document.getElementById('text'));
// One text under all layers, or the same text once a coder: each with a map of its own.
const maps = [...document.querySelectorAll('[data-column]')].map(textMap);
const { points } = maps[0];
const { text } = points;
const places = words(text, root.lang);
const cards = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.dispute')]);
const adding = /** @type {HTMLDetailsElement} */ (document.getElementById('add'));
const help = /** @type {HTMLDialogElement} */ (document.getElementById('help'));
let here = 0;

/** @param {Element} element */
function textMap(element) {
  const nodes = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) nodes.push(/** @type {Text} */ (walker.currentNode));
  return new TextMap(element, new CodePoints(element.textContent ?? ''), nodes);
}

/** @param {number} index */
function choose(index) {
  if (!cards.length) return;
  here = Math.min(cards.length - 1, Math.max(0, index));
  cards.forEach((card, i) => card.classList.toggle('here', i === here));
  const card = cards[here];
  light(card.dataset.key ?? '');
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: 'nearest' });
  say(card.querySelector('h2')?.textContent ?? '');
}

/** @param {string} key */
function light(key) {
  for (const { root: column } of maps) {
    /** @type {Element | null} */
    let first = null;
    for (const mark of column.querySelectorAll('mark')) {
      const lit = (mark.dataset.disputes ?? '').split(' ').includes(key);
      mark.classList.toggle('here', lit);
      if (lit) first ??= mark;
    }
    first?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }
}

/** @param {string} words */
function say(words) {
  const line = document.getElementById('said');
  if (line) line.textContent = words.trim();
}

/** The form that a selection in the text is for: adding, or the chosen card's boundaries. */
function target() {
  if (adding.open) return adding.querySelector('form');
  const bounds = cards[here]?.querySelector('details[data-open=s]');
  return bounds instanceof HTMLDetailsElement && bounds.open ? cards[here].querySelector('form') : null;
}

/**
 * @param {HTMLFormElement} form
 * @param {number} start16
 * @param {number} end16
 */
function fill(form, start16, end16) {
  const quote = text.slice(start16, end16);
  field(form, 'start').value = String(points.toCodePoint(start16));
  field(form, 'end').value = String(points.toCodePoint(end16));
  field(form, 'quote').value = quote;
  const shown = form.querySelector('[data-quote]');
  if (shown) shown.textContent = quote;
  say(quote);
}

/** @param {HTMLFormElement} form  @param {string} name */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

function takeSelection() {
  const selection = getSelection();
  const form = target();
  if (!form || !selection || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const map = maps.find((each) => range.intersectsNode(each.root));
  if (!map) return;
  const start = map.index16(range.startContainer, range.startOffset);
  const found = trimmed(text, start, map.index16(range.endContainer, range.endOffset));
  if (found) fill(form, ...found);
}

/** @param {HTMLElement} button such as data-move="start -1" */
function move(button) {
  const form = button.closest('form');
  const [which, step] = (button.dataset.move ?? '').split(' ');
  if (!form) return;
  const start = points.toUtf16(Number(field(form, 'start').value));
  const end = points.toUtf16(Number(field(form, 'end').value));
  const from = which === 'start' ? stepped(places.starts, start, Number(step)) : start;
  const to = which === 'end' ? stepped(places.ends, end, Number(step)) : end;
  if (from < to) fill(form, from, to);
}

/**
 * The boundaries of the codings together, or what they share: shown, and Enter settles with them.
 * @param {HTMLElement} button such as data-merge="12 40"
 */
function merge(button) {
  const form = button.closest('form');
  const details = button.closest('details');
  const [start, end] = (button.dataset.merge ?? '').split(' ').map(Number);
  if (!form || !details) return;
  details.open = true;
  fill(form, points.toUtf16(start), points.toUtf16(end));
  /** @type {HTMLElement | null} */ (form.querySelector('button[value=adjust]'))?.focus();
}

/** Another coding to begin with brings its boundaries. @param {HTMLInputElement} radio */
function begin(radio) {
  const form = radio.form;
  if (form) fill(form, points.toUtf16(Number(radio.dataset.start)), points.toUtf16(Number(radio.dataset.end)));
}

/** @param {HTMLDetailsElement} details */
function open(details) {
  details.open = true;
  details.scrollIntoView({ block: 'nearest' });
  /** @type {HTMLElement | null} */ (details.querySelector('select, input:not([type=hidden]), button[data-move]'))?.focus();
}

/** @param {KeyboardEvent} event  @returns {boolean} whether the key was for us */
function pressed(event) {
  const key = event.key.toLowerCase();
  const card = cards[here];
  if (event.key === 'ArrowDown' || key === 'j') return choose(here + 1), true;
  if (event.key === 'ArrowUp' || key === 'k') return choose(here - 1), true;
  if (event.key === '+') return open(adding), true;
  if (event.key === '?') return help.showModal(), true;
  if (event.key === 'Enter' && document.activeElement === document.body) return follow();
  if (key.length !== 1) return false;
  return (card !== undefined && pressedIn(card, key)) || press(document, key);
}

/** @param {HTMLElement} card  @param {string} key */
function pressedIn(card, key) {
  if (key === 'm') return focusOn(card, 'reason');
  if (key === 'l') return focusOn(card, 'clause');
  const details = card.querySelector(`details[data-open="${CSS.escape(key)}"]`);
  if (details instanceof HTMLDetailsElement) return open(details), true;
  const past = key === 'h' ? card.querySelector('details.past') : null;
  if (past instanceof HTMLDetailsElement) return (past.open = !past.open), true;
  return press(card, key);
}

/** @param {ParentNode} place  @param {string} key */
function press(place, key) {
  const target = place.querySelector(`[data-press="${CSS.escape(key)}"]`);
  // What stands in another card is not meant.
  if (!(target instanceof HTMLElement) || (place === document && target.closest('.dispute'))) return false;
  target.click();
  return true;
}

function follow() {
  const link = document.querySelector('a[data-next]');
  if (link instanceof HTMLAnchorElement) link.click();
  return link !== null;
}

/** @param {HTMLElement} card  @param {string} name */
function focusOn(card, name) {
  /** @type {HTMLElement | null} */ (card.querySelector(`input[name=${name}]`))?.focus();
  return true;
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && isTyping(event.target)) {
    cards[here]?.focus();
    return;
  }
  // Arrows choose among radio buttons; letters are for us there too.
  const radio = event.target instanceof HTMLInputElement && event.target.type === 'radio';
  if (help.open || (radio ? event.key.startsWith('Arrow') : isTyping(event.target))) return;
  if (pressed(event)) event.preventDefault();
});

document.addEventListener('selectionchange', takeSelection);

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest('[data-move]');
  if (button instanceof HTMLElement) return move(button);
  const merging = event.target.closest('[data-merge]');
  if (merging instanceof HTMLElement) return merge(merging);
  if (event.target.closest('#keys')) return help.showModal();
  const mark = event.target.closest('mark');
  if (mark instanceof HTMLElement && getSelection()?.isCollapsed) {
    const keys = (mark.dataset.disputes ?? '').split(' ');
    const index = cards.findIndex((card) => keys.includes(card.dataset.key ?? ''));
    if (index >= 0) choose(index);
    return;
  }
  const card = event.target.closest('.dispute');
  if (card instanceof HTMLElement && cards.indexOf(card) !== here) {
    cards[here]?.classList.remove('here');
    here = cards.indexOf(card);
    card.classList.add('here');
    light(card.dataset.key ?? '');
  }
});

document.addEventListener('change', (event) => {
  if (event.target instanceof HTMLInputElement && event.target.name === 'from') begin(event.target);
});

// A second press of the button while the answer is on its way would ask twice.
document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 'yes';
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) delete form.dataset.sent;
});

choose(Math.max(0, cards.findIndex((card) => `#${card.id}` === location.hash)));
