// @ts-check
/** Buttons that copy a field's text: <button data-copies="id" data-copied="Copied"> beside a status. */

import {copy} from '../app/refusals.js';

for (const button of document.querySelectorAll('button[data-copies]')) {
  if (button instanceof HTMLButtonElement) button.addEventListener('click', () => copied(button));
}

/** @param {HTMLButtonElement} button */
async function copied(button) {
  const field = document.getElementById(button.dataset.copies ?? '');
  const status = button.parentElement?.querySelector('[role=status]');
  if (!(field instanceof HTMLTextAreaElement) || !status) return;
  status.textContent = '';
  if (await copy(field)) status.textContent = button.dataset.copied ?? '';
  button.focus();
}
