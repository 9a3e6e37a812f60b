// @ts-check
/** Files over the wire: one request, repeated until it is answered. */

import {pause} from './batches.js';

/** The server will not have it, and why, in words. */
export class Refused extends Error {}

/** @typedef {{status: number, text: string}} Answer */
/** @typedef {{signedOut: string, refused: (why: string) => string}} Words */
/** @typedef {{csrf: string, words: Words, trouble: (offline: boolean) => void, wait?: (ms: number) => Promise<unknown>}} Line */

/** One request; null where nobody answered. @param {string} address @param {File[]} files @param {string} csrf @param {(sent: number) => void} moved @returns {Promise<Answer | null>} */
function post(address, files, csrf, moved) {
  const body = new FormData();
  for (const file of files) body.append('files', file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('X-CSRFToken', csrf);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = ({loaded}) => moved(loaded);
    request.onload = () => resolve({status: request.status, text: request.responseText});
    request.onerror = request.onabort = request.ontimeout = () => resolve(null);
    request.send(body);
  });
}

/**
 * Until it is answered; throws `Refused` where asking again would not help.
 * @param {string} address @param {File[]} files @param {(sent: number) => void} moved @param {Line} line
 */
export async function arrived(address, files, moved, {csrf, words, trouble, wait = pausing}) {
  for (let tries = 0; ; tries += 1) {
    const answer = await post(address, files, csrf, moved);
    const what = verdict(answer);
    if (answer && what === 'taken') {
      trouble(false);
      return JSON.parse(answer.text);
    }
    if (what === 'signed out') throw new Refused(words.signedOut);
    if (answer && what === 'refused') throw new Refused(words.refused(detail(answer.text)));
    trouble(true);
    await wait(pause(tries));
  }
}

/** @param {Answer | null} answer @returns {'taken' | 'signed out' | 'refused' | 'again'} */
export function verdict(answer) {
  if (!answer || answer.status === 0 || answer.status >= 500 || [408, 429].includes(answer.status)) return 'again';
  if (answer.status < 300) return 'taken';
  return answer.status === 401 || answer.status === 403 ? 'signed out' : 'refused';
}

/** Why, as a problem of the API says it. @param {string} text @returns {string} */
export function detail(text) {
  try {
    return JSON.parse(text)?.detail ?? '';
  } catch {
    return '';
  }
}

/** @param {number} ms */
const pausing = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
