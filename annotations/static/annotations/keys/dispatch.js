// @ts-check
/** From a pressed key to a verb. Single keys rest while typing, and never take a button's own keys from it. */
import { isTyping } from '../dom.js';
import { GOES_ON } from './commands.js';
import { nameOf } from './keymap.js';

const ARROWS = new Set(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight']);
/** What also works while typing. */
const ALWAYS = new Set(['submit', 'deselect']);
/** Keys that put no character into a field, whatever verb someone has put on them. */
const WRITES_NOTHING = /^(Mod\+|Escape$|F\d)/;

/**
 * @param {() => Keymap} keymap  the one in force
 * @param {{act: (action: Action) => void, letter: (key: string) => boolean, end: (event: KeyboardEvent) => boolean}} hands
 *   `letter`, and `end` for arrows with Alt or Ctrl and Shift, may take a key before all others, and says whether it did
 */
export function listen(keymap, { act, letter, end }) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
    const typing = isTyping(event.target);
    const both = event.shiftKey && (event.ctrlKey || event.metaKey);
    if ((event.altKey || both) && ARROWS.has(event.key) && !typing && !belongsTo(event) && end(event)) return event.preventDefault();
    if (event.altKey) return;
    const name = nameOf(event);
    if (!typing && letter(name)) return event.preventDefault();
    const action = keymap().bindings.get(name);
    if (!action || (typing && !(ALWAYS.has(action.verb) && WRITES_NOTHING.test(name))) || belongsTo(event)) return;
    event.preventDefault();
    if (!event.repeat || GOES_ON.has(action.verb)) act(action);
  });
}

/** Keys that the focused control uses itself. @param {KeyboardEvent} event */
function belongsTo({ target, key, ctrlKey, metaKey }) {
  if (!(target instanceof HTMLElement) || ctrlKey || metaKey) return false;
  if (target instanceof HTMLInputElement && target.type === 'radio') return ARROWS.has(key);
  if (key === 'Enter') return target.matches('button, a, summary, label');
  return false;
}
