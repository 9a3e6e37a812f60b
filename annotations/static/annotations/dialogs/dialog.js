// @ts-check
/** A modal dialog with a head, a body and, where it has any, actions. It leaves the page when closed. */
import { h, icon, ICONS } from '../dom.js';

/**
 * @param {string} title
 * @param {{body: any[], actions?: any[], closeLabel: string, onclose?: () => void, kind?: string}} parts
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, { body, actions = [], closeLabel, onclose, kind = '' }) {
  const dialog = /** @type {HTMLDialogElement} */ (h('dialog', { class: kind, 'aria-labelledby': 'dialog-title' },
    h('header', {}, h('h2', { id: 'dialog-title' }, title),
      h('button', { type: 'button', class: 'close', 'aria-label': closeLabel, onclick: () => dialog.close() }, icon(ICONS.cross))),
    h('div', { class: 'body' }, ...body),
    actions.length ? h('footer', {}, ...actions) : null));
  dialog.addEventListener('close', () => {
    dialog.remove();
    onclose?.();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close(); // the backdrop
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
