// @ts-check
/** The codebook beside the text: a theme a line, its key, its count; under it what the current theme is about. */
import { h, refill } from '../dom.js';
import { tag } from '../app/verbs.js';

/**
 * @param {Session} session
 * @param {{list: HTMLElement, tip: HTMLElement, focusText: () => void, openDefinition: () => void}} parts
 */
export function themesPanel(session, { list, tip, focusText, openDefinition }) {
  const { codebook, t } = session;
  let drawn = '';
  /** @type {Entry[] | null} */
  let counted = null;
  let counts = new Map();

  /** Annotations by main theme. @param {Entry[]} annotations */
  const countsOf = (annotations) => {
    const found = new Map();
    for (const { body } of annotations) {
      const { key } = codebook.topOf(body.theme);
      found.set(key, (found.get(key) ?? 0) + 1);
    }
    return found;
  };

  const draw = () => {
    if (session.annotations !== counted) {
      counted = session.annotations;
      counts = countsOf(counted);
    }
    const target = session.target;
    const here = new Set((target ? session.annotationsOf(target) : []).map(({ body }) => codebook.topOf(body.theme).key));
    const { armed, chord, chosen } = session.view;
    const signature = JSON.stringify([[...counts], [...here], armed, chord, chosen, session.chosen?.body.theme, session.editable]);
    if (signature === drawn) return;
    drawn = signature;
    refill(list, codebook.top.map((theme) => line(theme, { count: counts.get(theme.key) ?? 0, pressed: here.has(theme.key), armed: armed === theme.key })));
    const shown = session.chosen?.body.theme ?? armed;
    refill(tip, shown ? about(shown) : [h('p', {}, t(session.editable ? 'tip_start' : 'read_only'))]);
    tip.className = `tip${shown ? ` t${codebook.theme(shown).colour}` : ''}`;
  };

  /** @param {Theme} theme @param {{count: number, pressed: boolean, armed: boolean}} state */
  const line = (theme, { count, pressed, armed }) => h('li', {},
    h('button', {
      type: 'button', class: `theme t${theme.colour}${armed ? ' armed' : ''}`, 'aria-pressed': String(pressed || armed), 'data-key': theme.key,
      'aria-disabled': session.editable ? null : 'true', title: armed ? t('armed', { theme: theme.name }) : null,
      onclick: (/** @type {MouseEvent} */ event) => {
        tag(session, theme.key);
        if (event.detail) focusText();
      },
    }, h('kbd', {}, theme.hotkey.toUpperCase()), h('span', { class: 'code2', 'aria-hidden': 'true' }, theme.code), h('span', { class: 'name' }, theme.name), h('span', { class: 'n' }, h('span', { class: 'sr' }, t('count_prefix')), String(count))));

  /** @param {string} key */
  const about = (key) => {
    const theme = codebook.theme(key);
    return [
      h('b', {}, h('span', { class: 'code2', 'aria-hidden': 'true' }, theme.code), theme.name),
      h('p', {}, theme.definition),
      theme.include ? h('p', {}, h('strong', {}, t('include')), ' ', theme.include) : null,
      theme.exclude ? h('p', {}, h('strong', {}, t('exclude')), ' ', theme.exclude) : null,
      h('button', { type: 'button', class: 'link', 'data-key': 'definition', onclick: openDefinition }, t('definition_more')),
    ];
  };

  return draw;
}
