// @ts-check
/** The margin's quiet marks: comments on a passage, and its flags, each a button that opens them there. */
import { h, icon, ICONS } from '../dom.js';
import { quoted } from './chips.js';

/**
 * @typedef {'comments' | 'flags'} Kind
 * @typedef {{kind: Kind, passage: number, n: number, waiting: 'queued' | 'parked' | null, settled: boolean, what: string[]}} Remark
 *   What stands at a passage: how many, the worst of their ways to the server, whether all are settled; of flags, their kinds.
 */

/** Beside the count, so that what waits is seen without its colour. */
const SIGNS = { queued: '↑', parked: '!' };

/**
 * One comment mark and one flag mark a passage, in the order of the text. What was withdrawn, and flags that were
 * decided, leave no mark. Pure.
 * @param {{comments: import('../outbox/remarks.js').Comment[], flags: import('../outbox/remarks.js').Flag[]}} remarks
 * @returns {Remark[]}
 */
export function remarksOf({ comments, flags }) {
  const marks = [
    ...grouped('comments', comments.filter(({ withdrawn }) => !withdrawn), ({ resolved, reply_to }) => resolved || Boolean(reply_to)),
    ...grouped('flags', flags.filter(({ settlement }) => !settlement), () => false),
  ];
  return marks.sort((a, b) => a.passage - b.passage);
}

/**
 * @template {{passage: number, waiting?: 'queued' | 'parked', kind?: string}} One
 * @param {Kind} kind @param {One[]} all @param {(one: One) => boolean} isSettled
 * @returns {Remark[]}
 */
function grouped(kind, all, isSettled) {
  return [...Map.groupBy(all, ({ passage }) => passage)].map(([passage, ones]) => {
    const ways = new Set(ones.map(({ waiting }) => waiting));
    const waiting = ways.has('parked') ? 'parked' : ways.has('queued') ? 'queued' : null;
    return { kind, passage, n: ones.length, waiting, settled: ones.every(isSettled), what: [...new Set(ones.flatMap((one) => one.kind ?? []))] };
  });
}

/**
 * Count and state, in words; where the passage is not beside it, that too.
 * @param {Remark} remark @param {Translate} t @param {string} [quote]
 */
export function nameOfRemark({ kind, n, waiting, settled, what }, t, quote) {
  const state = waiting === 'parked' ? t('remark_refused') : waiting ? t('remark_unsent') : settled ? t('comment_resolved') : '';
  const parts = [kind === 'flags' ? t('flagged_here') : t('comments_here', { n }), ...what.map((one) => t(`flag_${one}`)), state];
  const name = parts.filter(Boolean).join(', ');
  return quote === undefined ? name : `${name}: ${quoted(quote, 80, t)}`;
}

/**
 * Shows generated content only, as the chips do.
 * @param {Remark} remark
 * @param {{quote: string, t: Translate, onopen: (remark: Remark, key: string) => void}} options
 * @returns {HTMLElement}
 */
export function remarkMark(remark, { quote, t, onopen }) {
  const { kind, passage, n, waiting, settled } = remark;
  const key = `${kind}-${passage}`;
  const name = nameOfRemark(remark, t, quote);
  return h('button', {
    type: 'button',
    class: `remark${waiting ? ` ${waiting}` : ''}${settled ? ' settled' : ''}`,
    'data-key': key,
    'data-kind': kind,
    'data-count': `${n > 1 ? n : ''}${waiting ? SIGNS[waiting] : ''}` || null,
    'aria-label': name,
    title: name,
    onclick: () => onopen(remark, key),
  }, icon(kind === 'flags' ? ICONS.flag : ICONS.comment));
}
