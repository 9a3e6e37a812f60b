// @ts-check
/** Small hands for the DOM. Text goes in as text only: nothing here ever parses markup. */

/**
 * An element with attributes, listeners (`onclick`) and children.
 * @param {string} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'checked' || name === 'value') /** @type {any} */ (element)[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child || child === '')));
  return element;
}

/** @param {string} path  @returns {SVGElement} */
export function icon(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

export const ICONS = {
  check: 'm5 13 4.5 4.5L19 7',
  cross: 'm7 7 10 10M17 7 7 17',
  alert: 'M12 8v5M12 16.5v.01M12 3.5 2.5 20h19z',
  offline: 'M4 4l16 16M8.5 16.5a5 5 0 0 1 7 0M5 13a10 10 0 0 1 5-2.7M14 10.3a10 10 0 0 1 5 2.7M12 20v.01',
  comment: 'M5 5h14v10h-8l-4 4v-4H5z',
  flag: 'M6 21V4h11l-2.5 4 2.5 4H6',
  up: 'M12 19V6M6 11l6-6 6 6',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M5 20a7 7 0 0 1 14 0',
};

/**
 * Put other children in, and the focus back where its `data-key` is.
 * @param {Element} container
 * @param {(Node | string | null | false)[]} children
 */
export function refill(container, children) {
  const active = document.activeElement;
  const key = active && container.contains(active) ? active.getAttribute('data-key') : null;
  container.replaceChildren(.../** @type {Node[]} */ (children.filter(Boolean)));
  if (key === null) return;
  const again = container.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/**
 * Put these children in, in this order, touching only what differs; the focus stays where its `data-key` is.
 * @param {Element} container
 * @param {Element[]} children
 */
export function reorder(container, children) {
  const active = document.activeElement;
  const key = active && container.contains(active) ? active.getAttribute('data-key') : null;
  const wanted = new Set(children);
  for (const old of [...container.children]) if (!wanted.has(old)) old.remove();
  let at = container.firstElementChild;
  for (const child of children) {
    if (child === at) at = at.nextElementSibling;
    else container.insertBefore(child, at);
  }
  if (key === null || container.contains(document.activeElement)) return;
  /** @type {HTMLElement | null} */ (container.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus({ preventScroll: true });
}

/** Whether keys typed there are text. @param {EventTarget | null} target */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'submit'].includes(target.type);
}
