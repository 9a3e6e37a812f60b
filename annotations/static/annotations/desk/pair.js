// @ts-check
/**
 * Keys for the page of a pair, and the walk through what both texts have. Every decision is a plain
 * form: this only presses its buttons.
 */

import { isTyping } from '../dom.js';

const sides = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.side')]);
const numbers = [...new Set(marks().map((mark) => Number(mark.dataset.n)))].sort((a, b) => a - b);
let here = 0;

/** @returns {HTMLElement[]} */
function marks() {
  return [...document.querySelectorAll('.side mark')].filter((mark) => mark instanceof HTMLElement);
}

/** @param {number} number */
function show(number) {
  here = number;
  for (const mark of marks()) mark.classList.toggle('here', Number(mark.dataset.n) === number);
  const said = sides.map((side) => {
    const mark = side.querySelector(`mark[data-n="${number}"]`);
    if (!(mark instanceof HTMLElement)) return '';
    // Only the column is moved, so that the other text and the buttons stay where they are.
    side.scrollTop += mark.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 3;
    return mark.lastChild?.textContent ?? '';
  });
  const line = document.getElementById('said');
  if (line) line.textContent = `${number}: ${said.join(' – ')}`;
}

/** @param {number} step */
function walk(step) {
  const next = step > 0 ? numbers.find((n) => n > here) : numbers.findLast((n) => n < here);
  if (next !== undefined) show(next);
}

function turn() {
  const other = document.querySelector('input[name=derived]:not(:checked)');
  if (other instanceof HTMLInputElement) other.checked = true;
}

/** @param {KeyboardEvent} event  @returns {boolean} whether the key was for us */
function pressed(event) {
  const key = event.key.toLowerCase();
  if (event.key === 'ArrowDown' || key === 'j') return walk(1), true;
  if (event.key === 'ArrowUp' || key === 'k') return walk(-1), true;
  if (key === 'o') return turn(), true;
  if (key.length !== 1) return false;
  const button = document.querySelector(`[data-press="${CSS.escape(key)}"]`);
  if (button instanceof HTMLElement) return button.click(), true;
  return false;
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // Arrows choose among radio buttons; letters are for us there too.
  const isRadio = event.target instanceof HTMLInputElement && event.target.type === 'radio';
  if (isRadio ? event.key.startsWith('Arrow') : isTyping(event.target)) return;
  if (pressed(event)) event.preventDefault();
});

document.addEventListener('click', (event) => {
  const mark = event.target instanceof Element ? event.target.closest('.side mark') : null;
  if (mark instanceof HTMLElement) show(Number(mark.dataset.n));
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
