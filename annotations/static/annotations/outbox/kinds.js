// @ts-check
/** What can be told to the server, how, and what it is about. Pure. */

/** @typedef {'annotation' | 'assignment' | 'remark' | 'person'} About */

/** @type {Record<Operation['kind'], {about: About, method: string, address: string, makes?: boolean}>} `address`: the page's name for it; `makes`: what was not there before */
export const KINDS = {
  put: { about: 'annotation', method: 'PUT', address: 'annotations' },
  delete: { about: 'annotation', method: 'DELETE', address: 'annotations' },
  submit: { about: 'assignment', method: 'PATCH', address: 'assignment' },
  skip: { about: 'assignment', method: 'PATCH', address: 'assignment' },
  reopen: { about: 'assignment', method: 'PATCH', address: 'assignment' },
  comment: { about: 'remark', method: 'PUT', address: 'comment', makes: true },
  'comment-resolve': { about: 'remark', method: 'PATCH', address: 'comment' },
  'comment-withdraw': { about: 'remark', method: 'DELETE', address: 'comment' },
  flag: { about: 'remark', method: 'PUT', address: 'flag', makes: true },
  'flag-withdraw': { about: 'remark', method: 'DELETE', address: 'flag' },
  preferences: { about: 'person', method: 'PUT', address: 'preferences' },
};

/** The subject of all that a person sets for themselves. */
export const PREFERENCES = 'preferences';

/** @param {{kind: Operation['kind']}} operation */
export function aboutOf({ kind }) {
  return KINDS[kind].about;
}

/** @param {Operation['kind']} kind @param {Record<string, string>} urls @param {string} subject */
export function addressOf(kind, urls, subject) {
  const { about, address } = KINDS[kind];
  return about === 'annotation' || about === 'remark' ? urls[address] + subject : urls[address];
}

/** Whether it takes something away. @param {{kind: Operation['kind']}} operation */
export function takesBack({ kind }) {
  return KINDS[kind].method === 'DELETE';
}

/** Whether the server, having refused it, knows nothing of its subject. @param {Operation} operation */
export function wasNeverThere({ kind, base }) {
  return Boolean(KINDS[kind].makes) || (kind === 'put' && base !== null && 'revision' in base && base.revision === 0);
}

/**
 * Whether a new operation takes the place of what was refused of the same subject.
 * @param {Operation} operation @param {Operation} refused
 */
export function replaces(operation, refused) {
  const about = aboutOf(operation);
  if (about === 'person') return false; // keys that were refused stay in sight while settings change
  return about !== 'remark' || operation.kind === refused.kind || takesBack(operation);
}
