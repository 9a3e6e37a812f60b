// @ts-check
/** Fields whose unsent words outlive the page, the tab and the session. */
import { revise } from './verbs.js';

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

/** Fill a field with what was typed before, and keep what is. @param {Session} session @param {string} name @param {Field} field */
export function drafted({ drafts }, name, field) {
  field.value = drafts.get(name) ?? '';
  field.addEventListener('input', () => drafts.keep(name, field.value.trim() ? field.value : undefined));
}

/**
 * What is typed into the fields of the chosen annotation, until it is a revision.
 * @param {Session} session @param {Record<'memo' | 'name', Field>} fields
 */
export function keepTyping({ drafts, chosen }, { memo, name }) {
  if (chosen) drafts.keep(`annotation/${chosen.id}`, { memo: memo.value, name: name.value });
}

/** It is a revision now, or as good as one. @param {Session} session @param {string} id */
export function typed({ drafts, outbox }, id) {
  void drafts.become(`annotation/${id}`, outbox.onDisk);
}

/** What the browser was closed over: said again, as a change of the annotation that it was typed for. @param {Session} session */
export function resumeTyping(session) {
  const { drafts, outbox, editable, view } = session;
  for (const [key, { memo, name }] of editable ? drafts.under('annotation/') : []) {
    const entry = outbox.entries.get(key.slice('annotation/'.length));
    if (entry && !entry.deleted) {
      const { holder } = entry.body;
      session.set({ chosen: entry.id });
      revise(session, { memo, holder: holder && holder.kind !== 'author' ? { ...holder, name: name.trim() } : holder });
    }
    void drafts.become(key, outbox.onDisk);
  }
  session.set({ chosen: view.chosen });
}
