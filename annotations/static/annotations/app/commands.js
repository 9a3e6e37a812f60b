// @ts-check
/** What each verb of the keymap does. */
import { isTyping } from '../dom.js';
import { openFlag } from '../dialogs/flag.js';
import { openHelp } from '../dialogs/help.js';
import { openOriginal } from '../dialogs/original.js';
import { openPreferences } from '../dialogs/preferences.js';
import { openQueue } from '../dialogs/queue.js';
import { openComments } from '../dialogs/remarks.js';
import { openSubmit } from '../dialogs/submit.js';
import { cycleSelection } from '../panels/selection.js';
import { moveEnd } from './ends.js';
import { toggleFolds } from './folding.js';
import * as going from './going.js';
import { retrieve, searchAll, toConflicts, toList } from './looking.js';
import * as places from './places.js';
import { setPreference } from './preferences.js';
import { toNeighbour } from './queue.js';
import { travel } from './travel.js';
import * as verbs from './verbs.js';

/** @typedef {Record<string, (action: Action) => void>} Table */

/**
 * @typedef {object} Hands
 * @property {{open: () => void, go: (by: 1 | -1) => void, words: () => string}} find
 * @property {() => void} focusText
 * @property {() => void} openSearch
 * @property {() => void} openDefinition
 * @property {() => void} openHistory
 * @property {(verb: string) => string[]} keysOf
 * @property {() => Keymap} keymap
 * @property {(keys: Preferences['keys']) => void} rebind
 * @property {(selector: string) => void} focusField
 * @property {() => void} focusVoice
 */

/** @param {Session} session @param {Hands} hands @returns {Table} */
export function commandsOf(session, hands) {
  return { ...moving(session), ...selecting(session, hands), ...coding(session, hands), ...remarking(session, hands), ...looking(session, hands), ...working(session, hands) };
}

/** @param {Session} session @returns {Table} */
function moving(session) {
  const go = (/** @type {'sentence' | 'word'} */ unit, /** @type {() => boolean} */ forward) => () => places.step(session, { unit, forward: forward(), extend: false });
  return {
    'sentence-next': go('sentence', () => true),
    'sentence-previous': go('sentence', () => false),
    'word-right': go('word', () => !places.runsLeft(session)),
    'word-left': go('word', () => places.runsLeft(session)),
    'paragraph-next': () => going.toParagraph(session, true),
    'paragraph-previous': () => going.toParagraph(session, false),
    'page-next': () => going.toPage(session, true),
    'page-previous': () => going.toPage(session, false),
    'text-start': () => going.toEdge(session, false),
    'text-end': () => going.toEdge(session, true),
    'annotation-next': () => going.toAnnotation(session, true),
    'annotation-previous': () => going.toAnnotation(session, false),
    cycle: () => going.cycle(session),
  };
}

/** @param {Session} session @param {Hands} hands @returns {Table} */
function selecting(session, { focusText }) {
  /** The chosen annotation's end, else the cursor's. @param {'sentence' | 'word'} unit @param {() => boolean} forward */
  const extend = (unit, forward) => () => (session.chosen ? moveEnd(session, { side: 'end', unit, forward: forward() }) : places.step(session, { unit, forward: forward(), extend: true }));
  return {
    'extend-next': extend('sentence', () => true),
    'extend-previous': extend('sentence', () => false),
    'extend-right': extend('word', () => !places.runsLeft(session)),
    'extend-left': extend('word', () => places.runsLeft(session)),
    selection: () => cycleSelection(session),
    confirm: () => places.confirm(session),
    deselect: () => (isTyping(document.activeElement) ? focusText() : places.deselect(session)),
  };
}

/** @param {Session} session @param {Hands} hands @returns {Table} */
function coding(session, { focusField, focusVoice, openSearch, openDefinition, openHistory }) {
  return {
    tag: ({ value }) => verbs.tag(session, value ?? ''),
    retag: ({ value }) => verbs.retag(session, value ?? ''),
    stance: ({ value, other }) => verbs.setStance(session, value ?? '', other),
    search: openSearch,
    definition: openDefinition,
    history: openHistory,
    repeat: () => verbs.repeat(session),
    certainty: () => verbs.cycleCertainty(session),
    memo: () => focusField('[data-part=memo]'),
    holder: focusVoice,
    remove: () => verbs.remove(session),
  };
}

/** @param {Session} session @param {Hands} hands @returns {Table} */
function remarking(session, { focusText }) {
  return {
    comment: () => openComments(session, focusText, { write: true }),
    comments: () => openComments(session, focusText, { write: false }),
    flag: () => openFlag(session, focusText),
    'flag-zone': () => openFlag(session, focusText, 'zone'),
    'flag-split': () => openFlag(session, focusText, 'split'),
  };
}

/** @param {Session} session @param {Hands} hands @returns {Table} */
function looking(session, { find, focusText }) {
  return {
    find: find.open,
    'find-next': () => find.go(1),
    'find-previous': () => find.go(-1),
    'search-all': () => searchAll(session, find.words()),
    retrieve: () => retrieve(session),
    fold: () => toggleFolds(session),
    list: () => toList(session),
    conflicts: () => toConflicts(session),
    original: () => void openOriginal(session, focusText),
    'reading-view': () => toggleReading(session, focusText),
  };
}

/** @param {Session} session @param {Hands} hands @returns {Table} */
function working(session, hands) {
  const { focusText } = hands;
  const help = () => openHelp(session, hands);
  return {
    undo: () => travel(session, 'undo'),
    redo: () => travel(session, 'redo'),
    submit: () => openSubmit(session, focusText),
    'submit-part': () => openSubmit(session, focusText, 'part'),
    skip: () => openSubmit(session, focusText, 'skip'),
    'document-previous': () => void toNeighbour(session, 'previous'),
    'document-next': () => void toNeighbour(session, 'next'),
    queue: () => void openQueue(session, focusText),
    preferences: () => openPreferences(session, { focusText, openHelp: help }),
    help,
  };
}

/** @param {Session} session @param {() => void} focusText */
function toggleReading(session, focusText) {
  const shown = !session.settings.reading_view;
  void setPreference(session, { settings: { reading_view: shown } });
  session.announce(session.t(shown ? 'reading_on' : 'reading_off'));
  queueMicrotask(focusText);
}
