// @ts-check
/**
 * The article once more, for those who listen: each sentence with what is said about it, in words and
 * in real marks. It stands beside the text, whose own elements never change.
 */
import { h, refill } from '../dom.js';
import { nameOfRemark, remarksOf } from '../margin/remarks.js';
import { attributesOf } from '../text/pieces.js';

/**
 * A sentence cut where annotations begin and end. Pure.
 * @template {{start: number, end: number}} T
 * @param {Span} passage @param {T[]} spans  in the order of the text
 * @returns {{start: number, end: number, begins: T[], over: T[], ends: T[]}[]}
 */
export function piecesOf(passage, spans) {
  const here = spans.filter(({ start, end }) => start < passage.end && end > passage.start);
  const cuts = new Set([passage.start, passage.end]);
  for (const { start, end } of here) for (const at of [start, end]) if (at > passage.start && at < passage.end) cuts.add(at);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, i) => {
    const end = places[i + 1];
    return { start, end, begins: here.filter((one) => one.start === start || (i === 0 && one.start < start)), over: here.filter((one) => one.start < end && one.end > start), ends: here.filter((one) => one.end === end) };
  });
}

/** @typedef {import('../margin/remarks.js').Remark} Remark */

/**
 * @param {Session} session @param {HTMLElement} root @param {HTMLElement} text  hidden meanwhile
 * @param {(remark: Remark, key: string) => void} onopen  the comments or flags of a passage
 */
export function readingView(session, root, text, onopen) {
  const { codebook, sheet, t } = session;
  /** What it was made of. @type {unknown[]} */
  let drawn = [];
  let marked = '';
  /** @param {Entry} entry */
  const said = ({ body }) => {
    const stance = codebook.stance(body.stance);
    const voice = body.holder && body.holder.kind !== 'author' ? body.holder.name || t(`holder_${body.holder.kind}`) : '';
    return [codebook.theme(body.theme).name, stance ? codebook.stanceLabel(body.theme, stance) : t('stance_missing'), voice].filter(Boolean).join(', ');
  };

  /** @param {Passage} passage @param {(Entry & Span)[]} spans */
  const sentence = (passage, spans) => h('span', { class: 'sentence apart', 'data-passage': passage.index, ...attributesOf(passage.language ?? '', session.article.language ?? '') },
    ...piecesOf(passage, spans).flatMap(({ start, end, begins, over, ends }) => {
      const words = session.slice({ start, end });
      return [
        ...begins.map((one) => h('span', { class: 'said' }, `[${said(one)}] `)),
        over.length ? h('mark', { class: `t${codebook.theme(/** @type {Entry} */ (over.at(-1)).body.theme).colour}` }, words) : words,
        ...ends.map((one) => h('span', { class: 'said' }, ` [${t('reading_end', { theme: codebook.theme(one.body.theme).name })}] `)),
      ];
    }));

  /** What was said of a sentence, after it: in words, and a way there. @param {Remark} remark */
  const remarkOf = (remark) => {
    const { kind, passage, waiting } = remark;
    const key = `${kind}-${passage}`;
    return h('button', { type: 'button', class: `remark ${waiting ?? ''}`, 'data-key': key, 'data-kind': kind, onclick: () => onopen(remark, key) }, `[${nameOfRemark(remark, t)}]`);
  };

  const fill = () => {
    const remarks = Map.groupBy(remarksOf(session.outbox.remarks), ({ passage }) => passage);
    const spans = session.annotations.map((entry) => ({ ...entry, start: entry.body.start, end: entry.body.end }));
    // A long paragraph is cut into blocks; a sentence that two of them touch is read once.
    const read = new Set();
    const fresh = (/** @type {Block} */ block) => block.passages.filter(({ index }) => !read.has(index) && read.add(index));
    let titles = 0;
    const heading = () => (titles++ ? 'h2' : 'h1');
    refill(root, sheet.blocks.filter((_, i) => !sheet.folds.hides(i)).map((block) => h(block.zone === 'title' ? heading() : 'p', { dir: 'auto' }, ...fresh(block).flatMap((passage) => [sentence(passage, spans), ' ', ...(remarks.get(passage.index) ?? []).flatMap((one) => [remarkOf(one), ' '])]))));
  };

  return () => {
    const { reading_view: shown } = session.settings;
    if (root.hidden === shown) {
      root.hidden = !shown;
      text.hidden = shown;
    }
    if (!shown) return;
    const { version, said, operations } = session.outbox;
    const state = [version, said, operations, sheet.folds.closed.length];
    const made = state.some((one, i) => one !== drawn[i]);
    if (made) fill();
    drawn = state;
    const { target } = session;
    const place = target ? `${target.start} ${target.end}` : '';
    if (place === marked && !made) return;
    const here = new Set(target ? session.passagesOf(target).map(({ index }) => String(index)) : []);
    for (const one of root.querySelectorAll('.sentence')) {
      const current = here.has(/** @type {HTMLElement} */ (one).dataset.passage ?? '');
      if (current) one.setAttribute('aria-current', 'true');
      else one.removeAttribute('aria-current');
    }
    if (place !== marked) root.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
    marked = place;
  };
}
