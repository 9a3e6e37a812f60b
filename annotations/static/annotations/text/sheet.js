// @ts-check
/** The text on the page: one paragraph a block, its margin beside it, and nothing that is not text in its text. */
import { h } from '../dom.js';
import { blocksOf, runsOf } from './blocks.js';
import { Folds } from './folds.js';
import { attributesOf, stretchesOf } from './pieces.js';
import { CodePoints, TextMap } from './textmap.js';

/** What shares one section, the unit of painting and of skipping layout off screen: so many blocks, and UTF-16 units, at most. */
const SECTION = { blocks: 8, length16: 8000 };

/**
 * @typedef {{element: HTMLElement, blocks: [number, number], start: number, end: number}} Section
 *   `blocks`: index of the first one, and after the last one; `start`, `end`: code points
 *
 * @typedef {object} Sheet
 * @property {TextMap} map
 * @property {Block[]} blocks
 * @property {HTMLElement[]} paragraphs  by block
 * @property {HTMLElement[]} margins  by block, where its chips stand
 * @property {Section[]} sections
 * @property {Folds} folds
 */

/**
 * Buttons and labels inside `root` show generated content only, so that its `textContent` stays the text.
 * @param {HTMLElement} root
 * @param {Article} article
 * @param {Translate} t
 * @returns {Sheet}
 */
export function layOut(root, article, t) {
  const points = new CodePoints(article.text);
  const blocks = blocksOf(points, article.passages);
  /** @type {Text[]} */
  const nodes = [];
  /** @type {HTMLElement[]} */
  const paragraphs = [];
  /** @type {HTMLElement[]} */
  const margins = [];
  const titles = { seen: 0 };

  const draw = (/** @type {Block} */ block) => {
    const body = h('p', { ...attributesOf(block.passages[0]?.language ?? '', article.language ?? ''), ...heading(block, titles) });
    const margin = h('div', { class: 'tags', role: 'group', 'aria-label': t('paragraph_annotations', { number: block.number }), 'data-zone-name': zoneName(block, t) });
    const paragraph = h('div', { class: block.last ? 'para' : 'para more', 'data-n': block.first && block.number, 'data-zone': block.zone });
    const put = (/** @type {HTMLElement} */ element, /** @type {number} */ from16, /** @type {number} */ to16) => {
      if (from16 === to16) return;
      const node = document.createTextNode(points.text.slice(from16, to16));
      nodes.push(node);
      element.append(node);
    };
    // White space between paragraphs is kept in the text and hidden from the eye.
    const gaps = [h('span', { class: 'gap' }), h('span', { class: 'gap' })];
    put(gaps[0], block.start16, block.bodyStart16);
    for (const { language, pieces } of stretchesOf(points, block)) {
      const place = language ? h('span', { class: 'apart', ...attributesOf(language, block.passages[0].language ?? '') }) : body;
      if (place !== body) body.append(place);
      for (const { from16, to16, control } of pieces) {
        const around = control ? h('span', { class: 'control', 'data-name': control }) : place;
        if (control) place.append(around);
        put(around, from16, to16);
      }
    }
    put(gaps[1], block.bodyEnd16, block.end16);
    paragraph.append(...[gaps[0], body, gaps[1]].filter(({ firstChild }) => firstChild), margin);
    paragraphs.push(paragraph);
    margins.push(margin);
    return paragraph;
  };

  const folds = new Folds(t);
  const drawn = fill(root, { runs: runsOf(blocks), draw, folds, points });
  root.lang = article.language ?? '';
  const map = new TextMap(root, points, nodes);
  const sections = drawn.map(({ element, first, blocks: part }) => ({
    element,
    blocks: /** @type {[number, number]} */ ([first, first + part.length]),
    start: points.toCodePoint(part[0].start16),
    end: points.toCodePoint(part[part.length - 1].end16),
  }));
  return { map, blocks, paragraphs, margins, sections, folds };
}

/** @param {Block} block @param {{seen: number}} titles */
function heading(block, titles) {
  if (block.zone !== 'title') return {};
  titles.seen++;
  return { role: 'heading', 'aria-level': titles.seen === 1 ? 1 : 2 };
}

/** @param {Block} block @param {Translate} t */
function zoneName(block, t) {
  return ['body', 'title'].includes(block.zone) ? null : t(`zone_${block.zone}`);
}

/**
 * @param {HTMLElement} root
 * @param {{runs: ReturnType<typeof runsOf>, draw: (block: Block) => HTMLElement, folds: Folds, points: CodePoints}} parts
 */
function fill(root, { runs, draw, folds, points }) {
  const sections = [];
  let first = 0;
  const fragment = document.createDocumentFragment();
  for (const run of runs) {
    const fold = run.folded ? folds.add(extent(run.blocks, first, points)) : null;
    for (const part of parts(run.blocks)) {
      const section = h('section', { class: 'part' });
      section.append(...part.map(draw));
      // A guess of the height keeps the scroll bar honest while the section is skipped.
      const lines = part.reduce((sum, block) => sum + Math.ceil((block.bodyEnd16 - block.bodyStart16) / 66) + 1, 0);
      section.style.containIntrinsicSize = `auto ${lines * 32}px`;
      sections.push({ element: section, first, blocks: part });
      first += part.length;
      (fold?.inside ?? fragment).append(section);
    }
    if (fold) fragment.append(fold.element);
  }
  root.replaceChildren(fragment);
  return sections;
}

/** @param {Block[]} run @param {number} first  index of its first block @param {CodePoints} points */
function extent(run, first, points) {
  const before = points.text.slice(0, run[0].start16).trimEnd().length;
  const after = points.text.slice(run[run.length - 1].end16).search(/\S/u);
  return {
    blocks: /** @type {[number, number]} */ ([first, first + run.length]),
    start: points.toCodePoint(before),
    end: after < 0 ? points.length : points.toCodePoint(run[run.length - 1].end16 + after),
    passages: new Set(run.flatMap(({ passages }) => passages.map(({ index }) => index))).size,
  };
}

/** @param {Block[]} blocks */
function parts(blocks) {
  /** @type {Block[][]} */
  const found = [];
  for (const block of blocks) {
    const part = found.at(-1);
    if (part && part.length < SECTION.blocks && block.end16 - part[0].start16 <= SECTION.length16) part.push(block);
    else found.push([block]);
  }
  return found;
}
