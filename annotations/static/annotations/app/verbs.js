// @ts-check
/** What a coder can do to annotations. Each is one change, one step of the history, and seen at once. */
import { uuid7 } from '../outbox/identifiers.js';
import { cursorAt } from '../text/cursor.js';
import { closed, remember } from './travel.js';
import { offeredVoices } from './voices.js';

/**
 * Tag the chosen annotation's span, or the cursor's. Where it has this theme already, that one is
 * chosen; once more, and the next letter picks a sub-theme. With nothing under the cursor the theme is armed.
 * @param {Session} session @param {string} theme
 */
export function tag(session, theme) {
  if (closed(session)) return;
  const { target, codebook, t } = session;
  if (!target) return arm(session, session.view.armed === theme ? null : theme);
  const top = codebook.topOf(theme).key;
  const there = session.annotations.find(({ body }) => body.start === target.start && body.end === target.end && codebook.topOf(body.theme).key === top);
  if (there && there.id === session.view.chosen) return theme === top ? chordOf(session, top) : revise(session, { theme });
  if (there) return session.set({ chosen: there.id, chord: null });
  const body = blank(session, target, theme);
  const id = uuid7();
  remember(session, id, { before: null, after: body });
  void session.outbox.put(id, body);
  session.judged.visit(body);
  session.set({ chosen: id, cursor: cursorAt(body), chord: null, armed: null, lastTheme: theme });
  session.announce(t('tagged', { theme: codebook.theme(theme).name }));
}

/** Wait for the letter of a sub-theme. @param {Session} session @param {string} theme */
export function chordOf(session, theme) {
  const children = session.codebook.children(theme);
  if (!children.length) return;
  session.set({ chord: session.view.chord === theme ? null : theme });
  session.announce(children.map(({ letter, theme: child }) => `${letter}: ${child.name}`).join('; '));
}

/** @param {Session} session @param {Span} span @param {string} theme @returns {Coding} */
function blank(session, { start, end }, theme) {
  const quote = session.slice({ start, end });
  return { assignment: session.page.assignment.id, start, end, quote, theme, stance: null, holder: null, certainty: null, memo: '' };
}

/** @param {Session} session @param {string | null} theme */
export function arm(session, theme) {
  session.set({ armed: theme });
  session.announce(theme ? session.t('armed', { theme: session.codebook.theme(theme).name }) : session.t('disarmed'));
}

/** @param {Session} session */
export function repeat(session) {
  if (session.view.lastTheme) tag(session, session.view.lastTheme);
  else session.announce(session.t('nothing_to_repeat'));
}

/**
 * Change the chosen annotation.
 * @param {Session} session @param {Partial<Coding>} change
 */
export function revise(session, change) {
  const entry = session.chosen;
  if (!entry || closed(session)) return;
  const before = entry.body;
  const after = { ...before, ...change };
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  remember(session, entry.id, { before, after });
  void session.outbox.put(entry.id, after);
  session.set({ chord: null });
}

/** Another theme on the chosen annotation, in place of its own. @param {Session} session @param {string} theme */
export function retag(session, theme) {
  if (!session.chosen) return tag(session, theme);
  revise(session, { theme });
  session.set({ lastTheme: theme });
}

/**
 * The stance of the chosen annotation, else of the only one under the cursor. It is the author's,
 * unless another voice is asked for, or has been given a name that would be lost. The same asked for
 * once more is the next of the names offered.
 * @param {Session} session @param {string} stance @param {boolean} [otherVoice]  whose voice it is
 */
export function setStance(session, stance, otherVoice = false) {
  if (closed(session)) return;
  const { codebook, t } = session;
  if (!session.chosen) {
    const here = under(session);
    if (here.length !== 1) return session.announce(t(here.length ? 'choose_annotation' : 'choose_theme'));
    session.set({ chosen: here[0].id });
  }
  const entry = session.chosen;
  if (!entry) return;
  const held = entry.body.holder;
  if (otherVoice && entry.body.stance === stance && held && held.kind !== 'author') return nextVoice(session);
  const other = held && held.kind !== 'author' ? held : { kind: 'person', name: '' };
  revise(session, { stance, holder: otherVoice || other.name ? other : { kind: 'author', name: '' } });
  const value = codebook.stance(stance);
  const said = t(otherVoice ? 'stance_set_other' : 'stance_set', { stance: value ? codebook.stanceLabel(entry.body.theme, value) : stance });
  const [name] = otherVoice && !other.name ? offeredVoices(session, entry.body) : [];
  session.announce(name ? `${said}. ${t('voice_again', { name })}` : said);
}

/** The next of the names offered, after the last none; a name that was typed stays. @param {Session} session */
function nextVoice(session) {
  const { chosen, t } = session;
  const holder = chosen?.body.holder;
  if (!chosen || !holder) return;
  const names = offeredVoices(session, chosen.body);
  const at = names.indexOf(holder.name);
  if (!names.length || (holder.name && at < 0)) return session.announce(t(names.length ? 'voice_kept' : 'voice_none', { name: holder.name }));
  const name = names[at + 1] ?? '';
  revise(session, { holder: { ...holder, name } });
  session.announce(name || t('voice_unnamed'));
}

/** Annotations under the cursor, or on another stretch. @param {Session} session @param {Span | null} [place] */
export function under(session, place = session.view.cursor) {
  return place ? session.annotations.filter(({ body }) => body.start < place.end && body.end > place.start) : [];
}

/** @param {Session} session */
export function cycleCertainty(session) {
  const entry = session.chosen;
  if (!entry) return session.announce(session.t('choose_annotation'));
  const certainty = ((entry.body.certainty ?? 0) % 3) + 1;
  revise(session, { certainty });
  session.announce(session.t(`certainty_${certainty}`));
}

/** @param {Session} session @param {string | null} [id] */
export function remove(session, id = session.view.chosen) {
  const entry = id ? session.outbox.entries.get(id) : null;
  if (!entry || entry.deleted || closed(session)) return;
  remember(session, entry.id, { before: entry.body, after: null });
  void session.outbox.remove(entry.id);
  session.set({ chosen: null, chord: null, cursor: cursorAt(entry.body) });
  session.announce(session.t('removed'));
}

/**
 * An earlier body again, as a change of what stands now.
 * @param {Session} session @param {string} id @param {Coding} body
 */
export function restore(session, id, body) {
  const entry = session.outbox.entries.get(id);
  if (!entry || closed(session)) return;
  remember(session, id, { before: entry.deleted ? null : entry.body, after: body });
  void session.outbox.put(id, body);
  session.set({ chosen: id, chord: null, cursor: cursorAt(body) });
  session.announce(session.t('restored'));
}
