// @ts-check
/** How a selection of files is sent: which of them, in which requests. Pure. */

export const MOST_FILES = 200;
export const MOST_BYTES = 8 * 1024 * 1024;

/** @typedef {{name: string, size: number, sha256?: string}} Known */

/**
 * Files in requests of at most 200 files or 8 MB; a larger file goes by itself.
 * @template {{size: number}} F
 * @param {F[]} files
 * @param {{files?: number, bytes?: number}} [most]
 * @returns {F[][]}
 */
export function inBatches(files, {files: mostFiles = MOST_FILES, bytes: mostBytes = MOST_BYTES} = {}) {
  /** @type {F[][]} */
  const batches = [];
  let size = 0;
  for (const file of files) {
    const last = batches.at(-1);
    if (!last || last.length >= mostFiles || size + file.size > mostBytes) {
      batches.push([file]);
      size = file.size;
    } else {
      last.push(file);
      size += file.size;
    }
  }
  return batches;
}

/** Whether a file of this name and size may be there already. @param {Known[]} known @returns {(file: {name: string, size: number}) => Known[]} */
export function alike(known) {
  /** @type {Map<string, Known[]>} */
  const by = new Map();
  for (const each of known) {
    const key = `${each.size} ${each.name}`;
    by.set(key, [...(by.get(key) ?? []), each]);
  }
  return ({name, size}) => by.get(`${size} ${name}`) ?? [];
}

/** Milliseconds to wait before the next try. @param {number} tries */
export function pause(tries) {
  return Math.min(30, 2 ** Math.min(tries, 5)) * 1000;
}

/** @param {ArrayBuffer} bytes @returns {string} */
export function hex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
