// @ts-check
/** Which of the chosen files a delivery has already, so that they are not sent again. */

import {alike, hex} from './batches.js';

const HASHED = 32 * 1024 * 1024;

/** @typedef {import('./batches.js').Known & {given_up?: boolean}} Listed */

/** All files of the delivery whose bytes need not come again; null where the server does not say. @param {string} address @returns {Promise<Listed[] | null>} */
async function listed(address) {
  /** @type {Listed[]} */
  const known = [];
  for (let next = address; next; ) {
    const answer = await fetch(next).catch(() => null);
    if (!answer?.ok) return null;
    const page = await answer.json();
    known.push(...page.results.filter((/** @type {Listed} */ each) => !each.given_up));
    next = page.next;
  }
  return known;
}

/** By name and size, and by SHA-256 where the browser reckons it. @param {File} file @param {Listed[]} likes */
async function isOne(file, likes) {
  if (!likes.length) return false;
  const digest = crypto.subtle && file.size <= HASHED ? await crypto.subtle.digest('SHA-256', await file.arrayBuffer()) : null;
  return likes.some(({sha256}) => !sha256 || !digest || sha256 === hex(digest));
}

/**
 * The files that the delivery has. Where that cannot be known none: the server leaves them out itself.
 * @param {File[]} files @param {string} address @returns {Promise<Set<File>>}
 */
export async function alreadyThere(files, address) {
  const known = await listed(address);
  const like = alike(known ?? []);
  /** @type {Set<File>} */
  const there = new Set();
  for (const file of files) if (await isOne(file, like(file))) there.add(file);
  return there;
}
