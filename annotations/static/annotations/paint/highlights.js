// @ts-check
/** Spans painted as CSS Custom Highlights near the viewport only; the DOM never changes. */
import { firstIndex } from '../text/textmap.js';
import { lanesOf, reachOf } from './lanes.js';

export const COLOURS = 12;
export const LANES = 4;

/** Whether this browser can paint highlights. */
export const canPaint = typeof Highlight === 'function' && 'highlights' in CSS;

/**
 * Of the paragraphs' text only: a rule for every element has each element of the page carry a style for each
 * name in use, computed again whenever the element is. Firefox (153) does not hand it on to the elements inside.
 * @param {string} name @param {string} style
 */
const rule = (name, style) => `.para > p::highlight(${name}), .para > p span::highlight(${name}) { ${style} }`;

/** Where the person's own colours are in force, a theme is told by its kind of line; the code in the margin names it. */
const LINES = ['solid', 'double', 'dashed', 'dotted', 'wavy'];

function forcedRules() {
  const rules = [rule('cursor', 'background-color: Mark; color: MarkText;')];
  for (let colour = 1; colour <= COLOURS; colour++) {
    rules.push(rule(`chosen-${colour}`, 'background-color: Highlight; color: HighlightText;'));
    for (let lane = 0; lane < LANES; lane++) rules.push(rule(`t${colour}-${lane}`, `background-color: Canvas; color: CanvasText; text-decoration: underline ${LINES[(colour - 1) % LINES.length]} 2px CanvasText;`));
  }
  return `@media (forced-colors: active) { ${rules.join('\n')} }`;
}

/** The rules of all highlights. The tint of one span goes through those under it. */
export function highlightRules() {
  const rules = [];
  for (let colour = 1; colour <= COLOURS; colour++) {
    rules.push(rule(`chosen-${colour}`, `background-color: color-mix(in oklab, var(--t${colour}) 38%, var(--paper)); color: var(--ink);`));
    for (let lane = 0; lane < LANES; lane++) {
      rules.push(rule(`t${colour}-${lane}`, `background-color: color-mix(in oklab, var(--t${colour}) ${lane ? 10 : 14}%, transparent);`
        + ` text-decoration: underline 2.5px var(--t${colour}); text-decoration-skip-ink: none; text-underline-offset: ${4 + lane * 4}px;`));
    }
  }
  rules.push(rule('cursor', 'background-color: var(--sel); color: var(--ink);'), forcedRules());
  return rules.join('\n');
}

export class Painter {
  /** @param {Sheet} sheet @param {import('./window.js').Window} shown @param {(entry: Entry) => number} colourOf */
  constructor(sheet, shown, colourOf) {
    this.map = sheet.map;
    this.sheet = sheet;
    this.window = shown;
    this.colourOf = colourOf;
    /** In the order of the text. @type {Entry[]} */
    this.entries = [];
    /** Their stretches. @type {Span[]} */
    this.spans = [];
    this.lanes = lanesOf([]);
    this.reach = reachOf([]);
    /** Ranges as they are registered, by what they show. @type {Map<string, {layer: Highlight, range: StaticRange}>} */
    this.painted = new Map();
    /** @type {Map<string, Highlight>} */
    this.layers = new Map();
    /** What each mark was put on last. @type {Map<string, {key: string, layer: Highlight}>} */
    this.marked = new Map();
    if (!canPaint) return;
    const style = new CSSStyleSheet();
    style.replaceSync(highlightRules());
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
    shown.addEventListener('change', () => this.paint());
  }

  /** @param {Entry[]} entries  by start, longer first */
  show(entries) {
    this.entries = entries;
    this.spans = entries.map(({ body }) => body);
    this.lanes = lanesOf(this.spans, LANES);
    this.reach = reachOf(this.spans);
    this.paint();
  }

  /** Only what differs from before is touched: the browser paints again what it is told of. */
  paint() {
    if (!canPaint) return this.markParagraphs();
    const wanted = this.wanted();
    for (const [key, { layer, range }] of this.painted) {
      if (wanted.has(key)) continue;
      layer.delete(range);
      this.painted.delete(key);
    }
    for (const [key, { name, span }] of wanted) {
      if (this.painted.has(key)) continue;
      const layer = this.layer(name, 1);
      const range = this.map.staticRange(span);
      layer.add(range);
      this.painted.set(key, { layer, range });
    }
  }

  /** What is to be seen near the viewport. */
  wanted() {
    /** @type {Map<string, {name: string, span: Span}>} */
    const wanted = new Map();
    for (const section of this.window.near) {
      const { start, end } = this.sheet.sections[section];
      const first = firstIndex(this.spans.length, (i) => this.reach[i] > start);
      for (let i = first; i < this.spans.length && this.spans[i].start < end; i++) {
        const span = this.spans[i];
        if (span.end <= start) continue;
        const name = `t${this.colourOf(this.entries[i])}-${this.lanes[i]}`;
        wanted.set(`${name} ${span.start} ${span.end} ${this.entries[i].id}`, { name, span });
      }
    }
    return wanted;
  }

  /** @param {string} name @param {number} priority */
  layer(name, priority) {
    let layer = this.layers.get(name);
    if (!layer) {
      layer = new Highlight();
      layer.priority = priority;
      this.layers.set(name, layer);
      CSS.highlights.set(name, layer);
    }
    return layer;
  }

  /**
   * The keyboard's place or the chosen annotation, in its colour: at most one of each.
   * @param {'cursor' | 'chosen'} name
   * @param {Span | null} span
   * @param {number} [colour]
   */
  mark(name, span, colour) {
    const shown = colour ? `${name}-${colour}` : name;
    const key = span ? `${shown} ${span.start} ${span.end}` : '';
    const before = this.marked.get(name);
    if (!canPaint || before?.key === key) return;
    before?.layer.clear();
    const layer = this.layer(shown, name === 'cursor' ? 3 : 2);
    if (span) layer.add(this.map.staticRange(span));
    this.marked.set(name, { key, layer });
  }

  /** Without the highlight interface, paragraphs that hold a span are marked as a whole. */
  markParagraphs() {
    const { points } = this.map;
    this.sheet.blocks.forEach((block, i) => {
      const start = points.toCodePoint(block.start16);
      const end = points.toCodePoint(block.end16);
      const first = firstIndex(this.spans.length, (k) => this.reach[k] > start);
      this.sheet.paragraphs[i].classList.toggle('coded', first < this.spans.length && this.spans[first].start < end);
    });
  }
}
