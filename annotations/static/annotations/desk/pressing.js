// @ts-check
/** Keys of a page of lists and forms: each presses what it is written on, and twice asks once. */

import { isTyping } from '../dom.js';

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const target = key.length === 1 ? document.querySelector(`[data-press="${CSS.escape(key)}"]`) : null;
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  target.click();
});

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 'yes';
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) delete form.dataset.sent;
});
