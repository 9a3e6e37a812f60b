// @ts-check
/** One sender at a time among all tabs of a user. Idempotency keys make it safe; this makes it polite. */
import { asked, durably } from './database.js';

const LEASE = 20_000;

/**
 * Run `work` alone; false if another tab is at it and this browser can only ask again later.
 * @param {IDBDatabase | Device} db
 * @param {(renew: () => Promise<void>) => Promise<void>} work
 * @param {{locks?: LockManager | null, holder: string}} options
 * @returns {Promise<boolean>}
 */
export async function alone(db, work, { locks = navigator.locks, holder }) {
  if (locks) {
    await locks.request(`outbox-${db.name}`, () => work(async () => {}));
    return true;
  }
  if (!(await take(db, holder))) return false;
  try {
    await work(async () => void (await take(db, holder)));
  } finally {
    await durably(db, async (store) => void store('leases').put({ name: 'sender', holder, until: 0 }), ['leases']);
  }
  return true;
}

/** @param {IDBDatabase | Device} db @param {string} holder */
function take(db, holder) {
  return durably(db, async (store) => {
    const lease = await asked(store('leases').get('sender'));
    if (lease && lease.holder !== holder && lease.until > Date.now()) return false;
    store('leases').put({ name: 'sender', holder, until: Date.now() + LEASE });
    return true;
  }, ['leases']);
}
