// @ts-check
/** The one place where code points, UTF-16 indices and DOM positions are converted. */

/** Code points ↔ UTF-16 for one text, by binary search over its trailing surrogates. */
export class CodePoints {
  /** @param {string} text */
  constructor(text) {
    const low = [];
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0xdc00 && unit <= 0xdfff) low.push(i);
    }
    /** UTF-16 index of every trailing surrogate. */
    this.low = Uint32Array.from(low);
    this.text = text;
    /** In code points. */
    this.length = text.length - low.length;
  }

  /** An index inside a surrogate pair counts as the position after it. @param {number} index16 */
  toCodePoint(index16) {
    return index16 - firstIndex(this.low.length, (m) => this.low[m] >= index16);
  }

  /** @param {number} codePoint */
  toUtf16(codePoint) {
    return codePoint + firstIndex(this.low.length, (m) => this.low[m] - m - 1 >= codePoint);
  }

  /** The text at `[start, end)`, in code points. @param {number} start @param {number} end */
  slice(start, end) {
    return this.text.slice(this.toUtf16(start), this.toUtf16(end));
  }
}

/**
 * Code points ↔ positions in the DOM. Invariant: `root.textContent === text`, where `nodes` are all
 * text nodes of `root`, in order.
 */
export class TextMap {
  /**
   * @param {Element} root
   * @param {CodePoints} points
   * @param {Text[]} nodes
   */
  constructor(root, points, nodes) {
    if (root.textContent !== points.text) throw new Error('The page does not show the text that it was given.');
    this.root = root;
    this.points = points;
    this.nodes = nodes;
    /** UTF-16 index at which each node starts. */
    this.starts = new Array(nodes.length);
    this.order = new Map();
    let at = 0;
    nodes.forEach((node, i) => {
      this.starts[i] = at;
      this.order.set(node, i);
      at += node.length;
    });
  }

  /** The node that holds a UTF-16 index. @param {number} index16 */
  nodeAt(index16) {
    return Math.max(0, firstIndex(this.starts.length, (m) => this.starts[m] > index16) - 1);
  }

  /**
   * Container and offset of a code point; an end belongs to the node before it.
   * @param {number} codePoint
   * @param {boolean} [isEnd]
   * @returns {[Text, number]}
   */
  point(codePoint, isEnd = false) {
    const index16 = this.points.toUtf16(codePoint);
    let i = this.nodeAt(index16);
    if (isEnd && i > 0 && this.starts[i] === index16) i--;
    return [this.nodes[i], index16 - this.starts[i]];
  }

  /** @param {Span} span */
  range(span) {
    const range = new Range();
    range.setStart(...this.point(span.start));
    range.setEnd(...this.point(span.end, true));
    return range;
  }

  /** @param {Span} span */
  staticRange(span) {
    const [startContainer, startOffset] = this.point(span.start);
    const [endContainer, endOffset] = this.point(span.end, true);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
  }

  /**
   * Any position of the document as a UTF-16 index; what lies outside is clamped to the text.
   * @param {Node} container
   * @param {number} offset
   */
  index16(container, offset) {
    const i = this.order.get(container);
    if (i !== undefined) return this.starts[i] + offset;
    const probe = new Range();
    probe.setStart(container, offset);
    const next = firstIndex(this.nodes.length, (m) => probe.comparePoint(this.nodes[m], 0) >= 0);
    return next < this.nodes.length ? this.starts[next] : this.points.text.length;
  }

  /** Client rectangles of a span, one a line. @param {Span} span */
  rectangles(span) {
    return [...this.range(span).getClientRects()];
  }
}

/**
 * First index below `length` for which `test` holds, else `length`; `test` must turn true once.
 * @param {number} length
 * @param {(index: number) => boolean} test
 */
export function firstIndex(length, test) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

