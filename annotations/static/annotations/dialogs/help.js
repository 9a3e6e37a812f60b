// @ts-check
/** All keys, from the same table that obeys them; each can be changed there. */
import { h } from '../dom.js';
import { COMMANDS } from '../keys/commands.js';
import { keyEditor } from './keys.js';
import { openDialog } from './dialog.js';

const SIGNS = { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→' };
const NAMED = new Set(['Enter', 'Escape', 'Delete', 'Backspace', 'PageUp', 'PageDown', 'Home', 'End', 'Insert', 'Shift', 'Mod', 'Alt']);
const GROUPS = ['move', 'select', 'code', 'look', 'work'];

/** A key as it is printed. @param {string} name @param {Translate} t @returns {Node[]} */
export function caps(name, t) {
  const parts = name === '+' || name.endsWith('++') ? [...name.slice(0, -1).split('+').filter(Boolean), '+'] : name.split('+');
  return parts.map((part) => h('kbd', {}, SIGNS[/** @type {'ArrowUp'} */ (part)] ?? (NAMED.has(part) ? t(`key_${part}`) : part.length === 1 ? part.toUpperCase() : part)));
}

/**
 * @param {Session} session
 * @param {{keysOf: (verb: string) => string[], rebind: (keys: Preferences['keys']) => void, keymap: () => Keymap, focusText: () => void}} parts
 */
export function openHelp(session, parts) {
  const { codebook, t } = session;
  const { focusText } = parts;
  const body = h('div', { class: 'all-keys' });
  const editor = keyEditor(session, { ...parts, redraw: () => draw() });
  const row = (/** @type {(Node | string)[]} */ keys, /** @type {string} */ words, /** @type {string} */ verb = '') => h('div', {}, h('dt', {}, ...keys), h('dd', {}, h('span', {}, words), verb ? editor.button(verb, words) : null));
  /** Each way to press it stays together. @param {string[]} keys */
  const ways = (keys) => keys.flatMap((key, i) => [i ? h('span', { class: 'or' }, t('or')) : '', h('span', { class: 'chord' }, ...caps(key, t))]);
  const capsOf = (/** @type {string} */ verb) => ways(parts.keysOf(verb));
  const commands = (/** @type {string} */ group) => COMMANDS.filter((one) => one.group === group)
    .map(({ verb, fixed }) => row(fixed ? ways(fixed) : capsOf(verb), t(`do_${verb}`), fixed ? '' : verb));
  const extra = () => [
    row(caps('Shift', t), t('do_other_voice')),
    row([...caps('1', t), ...caps('1', t), ...caps('A', t)], t('do_subtheme')),
    row(caps('Shift+1', t), t('do_retag')),
  ];
  const codes = () => [
    ...codebook.top.map(({ key, name }) => row(capsOf(`tag:${key}`), name, `tag:${key}`)),
    ...codebook.stances.map(({ key, label, glyph }) => row(capsOf(`stance:${key}`), `${glyph} ${label}`, `stance:${key}`)),
    ...codebook.stances.map(({ key, label, glyph }) => row(capsOf(`voice:${key}`), `${glyph} ${t('voice_other', { stance: label })}`, `voice:${key}`)),
  ];
  const draw = () => {
    const focused = document.activeElement?.getAttribute('data-verb');
    body.replaceChildren(
      ...GROUPS.map((group) => h('section', {}, h('h3', { class: 'label' }, t(`group_${group}`)), h('dl', { class: 'keys-list' }, ...commands(group), ...(group === 'code' ? extra() : [])))),
      h('section', {}, h('h3', { class: 'label' }, t('group_codebook')), h('dl', { class: 'keys-list' }, ...codes())));
    if (focused) /** @type {HTMLElement | null} */ (body.querySelector(`[data-verb="${CSS.escape(focused)}"]`))?.focus();
  };
  draw();
  openDialog(t('help_title'), { kind: 'wide help', closeLabel: t('close'), onclose: focusText, body: [editor.state, body, h('p', { class: 'muted' }, t('help_note'), ' ', h('a', { href: '/docs/code', target: '_blank' }, t('help_more')))], actions: [editor.reset] });
}
