// @ts-check
/**
 * Where this device keeps a person's work: the browser's store, and the page's memory from the moment
 * on that the browser refuses (storage full, closed, or not there at all, as in some private windows).
 */
import { asked, inTurn, NotKept, openDatabase, SHAPES } from './database.js';
import { FIRST_SEQ, MemoryDatabase } from './memory.js';

/** @typedef {'full' | 'closed' | 'outdated'} Trouble  `outdated`: a newer version of this page has changed the store */
/** @typedef {Partial<Record<'operations' | 'entries' | 'works', any[]>>} Rows */

export class Device {
  /** @param {string} user */
  static async open(user) {
    try {
      return new Device(await openDatabase(user));
    } catch (error) {
      if (!isStorage(error)) throw error;
      const device = new Device(new MemoryDatabase(`workbench-${user}`, SHAPES));
      device.trouble = troubleOf(error);
      return device;
    }
  }

  /** @param {IDBDatabase | MemoryDatabase} backing */
  constructor(backing) {
    this.backing = backing;
    this.name = backing.name;
    /** Why it keeps nothing beyond this page; null where it does. @type {Trouble | null} */
    this.trouble = null;
    /** @type {Promise<void> | null} */
    this.moving = null;
    /** What the page knows, should the disk not even be read. @type {() => Rows} */
    this.known = () => ({});
    /** Told when it begins to keep nothing. @type {() => void} */
    this.onlost = () => {};
    /** @type {IDBDatabase | null} */
    this.disk = null;
    if ('onversionchange' in backing) backing.onversionchange = ({ newVersion }) => this.handOver(backing, newVersion);
  }

  /**
   * Another page needs the store, to change it or, where no version follows, to delete it. What is in
   * it is read before it is closed.
   * @param {IDBDatabase} disk @param {number | null} newVersion
   */
  handOver(disk, newVersion) {
    if (!this.trouble) void this.failed(newVersion === null ? new NotKept('It was deleted.') : new DOMException('Another version has it.', 'VersionError'));
    disk.close();
  }

  /** @param {string | string[]} stores @param {IDBTransactionMode} [mode] @param {IDBTransactionOptions} [options] @returns {IDBTransaction} */
  transaction(stores, mode = 'readonly', options = {}) {
    return /** @type {any} */ (this.backing).transaction(mode === 'readwrite' ? inTurn(stores) : stores, mode, options);
  }

  /** A write or a read failed: make room, or go on in memory. Resolves when it may be tried again. @param {unknown} error */
  async failed(error) {
    if (!isStorage(error) || this.trouble) throw error;
    this.moving ??= this.move(error).finally(() => (this.moving = null));
    await this.moving;
  }

  /** @param {unknown} error */
  async move(error) {
    if (isFull(error) && (await this.madeRoom())) return;
    this.disk = /** @type {IDBDatabase} */ (this.backing);
    const rows = await everything(this.disk).catch((reading) => {
      if (isStorage(reading)) return this.known();
      throw reading;
    });
    this.backing = new MemoryDatabase(this.name, SHAPES, rows);
    this.trouble = troubleOf(error);
    this.onlost();
  }

  /** Articles fetched ahead can be fetched again. */
  async madeRoom() {
    const articles = this.transaction('articles', 'readwrite').objectStore('articles');
    if (!(await asked(articles.count()))) return false;
    await asked(articles.clear());
    return true;
  }

  /**
   * Acknowledged: whoever opens the disk again need not send it once more, and finds what those made on it are made on.
   * A page that is being left comes here too: Firefox aborts what it writes.
   * @param {Operation} operation @param {number} revision
   */
  forget({ id, base, seq = FIRST_SEQ }, revision) {
    if (!this.disk || seq >= FIRST_SEQ) return;
    try {
      const transaction = this.disk.transaction(inTurn(['operations', 'receipts']), 'readwrite');
      if (base) transaction.objectStore('receipts').put({ operation: id, revision, at: Date.now() });
      transaction.objectStore('operations').delete(seq);
    } catch (error) {
      if (!isStorage(error)) throw error; // sent again, it gets the first answer again
    }
  }
}

/** @param {IDBDatabase} db @returns {Promise<Rows>} */
async function everything(db) {
  const names = Object.keys(SHAPES).filter((name) => name !== 'articles');
  const transaction = db.transaction(names);
  const rows = await Promise.all(names.map((name) => asked(transaction.objectStore(name).getAll())));
  return Object.fromEntries(names.map((name, i) => [name, rows[i]]));
}

/** @param {unknown} error */
function isFull(error) {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

/** @param {unknown} error @returns {Trouble} */
function troubleOf(error) {
  if (isFull(error)) return 'full';
  return error instanceof DOMException && error.name === 'VersionError' ? 'outdated' : 'closed';
}

/** Whether it is the browser's store that failed. @param {unknown} error */
export function isStorage(error) {
  if (error instanceof NotKept) return true;
  return error instanceof DOMException && ['QuotaExceededError', 'InvalidStateError', 'UnknownError', 'SecurityError', 'VersionError', 'NotFoundError', 'AbortError', 'InvalidAccessError'].includes(error.name);
}
