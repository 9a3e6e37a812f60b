// @ts-check
/** How far a sending came, kept on the device, so that one that broke off can be told of. */

/** @param {string} delivery */
const place = (delivery) => `workbench/sending/${delivery}`;

/** @param {string} delivery @param {number} sent @param {number} total */
export function remember(delivery, sent, total) {
  store()?.setItem(place(delivery), JSON.stringify({sent, total}));
}

/** @param {string} delivery */
export function forget(delivery) {
  store()?.removeItem(place(delivery));
}

/** @param {string} delivery @returns {{sent: number, total: number} | null} */
export function brokenOff(delivery) {
  return JSON.parse(store()?.getItem(place(delivery)) ?? 'null');
}

/** Some browsers refuse it altogether; then nothing is told. */
function store() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
