// @ts-check
/** Which sections of the text are on screen or within one screen of it. */

/** Code points that are taken to be near until the browser has said which sections are: those of the first screen. */
const AT_FIRST = 3000;

/** Events: `change`. */
export class Window extends EventTarget {
  /** @param {Sheet} sheet @param {Element} frame  the element that scrolls */
  constructor({ sections }, frame) {
    super();
    /** Indices of sections. @type {Set<number>} */
    this.near = new Set(sections.flatMap(({ start }, i) => (start < AT_FIRST ? i : [])));
    /** @type {Map<Element, number>} */
    const order = new Map(sections.map(({ element }, i) => [element, i]));
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.near[isIntersecting ? 'add' : 'delete'](/** @type {number} */ (order.get(target)));
      this.dispatchEvent(new Event('change'));
    }, { root: frame, rootMargin: '100% 0%' });
    for (const { element } of sections) observer.observe(element);
  }
}
