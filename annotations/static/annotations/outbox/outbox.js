// @ts-check
/**
 * What a coder does, on this device, and the way of every change to the server.
 * A change is seen at once, on disk a moment later, and acknowledged when the server says so.
 */
import { Device } from './device.js';
import { blank, catchUp } from './entries.js';
import { uuid7 } from './identifiers.js';
import { PREFERENCES } from './kinds.js';
import { kept, operationOf } from './making.js';
import * as queue from './queue.js';
import { keepSaid } from './remarks.js';
import { Seen } from './seen.js';
import { Sender } from './sender.js';
import { Transport } from './transport.js';

/** Events: `change` (detail: ids of subjects, or null for all), `refused` (detail: the operation), `status`, `fatal` (detail: the error). */
export class Outbox extends Seen {
  /**
   * @param {{user: string, urls: Record<string, string>, assignment: Assignment, preferences?: Preferences, locks?: LockManager | null}} options
   */
  static async open(options) {
    const db = await Device.open(options.user);
    const outbox = new Outbox(db, options);
    await outbox.reload(null);
    outbox.sender.kick();
    return outbox;
  }

  /** @param {Device} db @param {Parameters<typeof Outbox.open>[0]} options */
  constructor(db, { user, urls, assignment, preferences, locks }) {
    super(db, assignment, preferences);
    this.urls = urls;
    this.tab = uuid7();
    /** Resolves when all that was done so far is on disk. @type {Promise<unknown>} */
    this.onDisk = Promise.resolve();
    /** Changes not yet counted among the operations. */
    this.writing = 0;
    /** Whether a change could not be kept on this device. */
    this.broken = false;
    /** @type {Date | null} */
    this.savedAt = null;
    const transport = new Transport({ csrfUrl: urls.csrf, user });
    this.sender = new Sender(db, transport, {
      settled: (operation, outcome) => this.settled(operation, outcome), paced: () => this.tell('status'), failed: (error) => this.tell('fatal', error), holder: this.tab, locks,
    });
    db.known = () => ({ operations: this.operations, entries: [...this.entries.values()], works: [this.work] });
    db.onlost = () => this.tell('status');
    this.channel = new BroadcastChannel(`workbench-${user}`);
    this.channel.onmessage = ({ data }) => void this.heard(data);
    for (const event of ['online', 'focus', 'pageshow']) addEventListener(event, () => this.sender.kick());
    document.addEventListener('visibilitychange', () => this.sender.kick());
    // Someone may sign in again in another window, or the clock of the back-off may be frozen.
    setInterval(() => this.operations.length && this.sender.kick(), 20_000);
    void navigator.storage?.persist?.();
  }

  /** @returns {Status} */
  get status() {
    return {
      unsent: this.operations.filter((one) => one.state === 'queued').length + this.writing,
      writing: this.writing,
      parked: this.operations.filter((one) => one.state === 'parked'),
      conflicts: [...this.entries.values()].filter((entry) => entry.conflict),
      elsewhere: this.operations.filter((one) => one.state === 'conflict' && one.assignment !== this.assignment),
      pace: this.sender.pace,
      savedAt: this.savedAt,
      trouble: this.db.trouble,
    };
  }

  /** Whether leaving the page now would lose something. */
  get endangered() {
    return this.writing > 0 || this.broken || (this.db.trouble !== null && this.operations.length > 0);
  }

  /** @param {Coding} body @returns {string} the new annotation's id */
  create(body) {
    const id = uuid7();
    void this.put(id, body);
    return id;
  }

  /** Resolves when the change is on disk. @param {string} id @param {Coding} body */
  put(id, body) {
    return this.change('put', id, body, { body, deleted: false });
  }

  /** @param {string} id */
  remove(id) {
    const entry = this.entries.get(id);
    if (!entry || entry.deleted) return Promise.resolve();
    return this.change('delete', id, null, { body: entry.body, deleted: true });
  }

  /**
   * @param {'submit' | 'skip' | 'reopen'} kind
   * @param {Record<string, any>} body
   */
  move(kind, body) {
    return this.change(kind, this.assignment, body);
  }

  /**
   * @param {Operation['kind']} kind
   * @param {string} subject
   * @param {any} body
   * @param {{body: Coding, deleted: boolean}} [seen]
   */
  async change(kind, subject, body, seen) {
    const entry = this.entries.get(subject);
    const base = !seen ? null : entry?.head ? { operation: entry.head } : { revision: entry?.revision ?? 0 };
    const operation = operationOf(this, kind, subject, body, base);
    if (seen) this.entries.set(subject, { ...(entry ?? blank(operation)), ...seen, head: operation.id });
    else this.work = { ...this.work, state: queue.stateAfter(operation), head: operation.id };
    await this.write(queue.enqueue(this.db, operation, seen, entry), [subject]);
  }

  /**
   * A comment, a flag, or what is done to one.
   * @param {Operation['kind']} kind @param {string} subject @param {any} body @param {string | null} [after]  the comment that is answered, which may still be on its way
   */
  remark(kind, subject, body, after = null) {
    return this.write(queue.enqueue(this.db, operationOf(this, kind, subject, body, null, after)), [subject]);
  }

  /** Keep what the server said of comments and flags; false if it has to be asked again. @param {any} answer @param {number} asOf  milliseconds */
  async takeSaid(answer, asOf) {
    const fresh = await keepSaid(this.db, this.assignment, answer, asOf);
    await this.reload([]);
    return fresh;
  }

  /** All keys and settings; the operation's id. @param {Preferences} body @param {{keys: boolean}} changed  whether keys are, so that refused ones are done with */
  async prefer(body, { keys }) {
    const operation = operationOf(this, PREFERENCES, PREFERENCES, body, null);
    const cleared = keys ? queue.discard(this.db, PREFERENCES) : null;
    await this.write(Promise.all([cleared, queue.enqueue(this.db, operation)]), [PREFERENCES]);
    return operation.id;
  }

  /** @param {string} subject */
  retry(subject) {
    return this.write(queue.retry(this.db, subject), [subject], true);
  }

  /** @param {string} subject */
  discard(subject) {
    return this.write(queue.discard(this.db, subject), [subject], true);
  }

  /** What was discarded of another article, as new operations in their order. @param {Operation[]} gone */
  restore(gone) {
    const made = gone.map((one) => ({ ...one, id: uuid7(), state: /** @type {const} */ ('queued'), problem: null, at: Date.now() }));
    const anew = new Map(gone.map(({ id }, i) => [id, made[i].id]));
    const based = made.map((one) => (one.base && 'operation' in one.base ? { ...one, base: { operation: anew.get(one.base.operation) ?? one.base.operation } } : one));
    return this.write(Promise.all(based.map((one) => queue.enqueue(this.db, one, queue.seenAfter(one)))), based.map(({ subject }) => subject), true);
  }

  /**
   * @param {string} id
   * @param {'mine' | 'theirs' | 'both'} choice
   */
  async resolve(id, choice) {
    const entry = this.entries.get(id);
    if (!entry?.conflict) return;
    await this.write(queue.resolve(this.db, entry, kept(this, entry, choice)), [id], true);
    if (choice === 'both') await this.reload(null);
  }

  /**
   * @param {Promise<unknown>} written
   * @param {string[]} subjects
   * @param {boolean} [again]  whether what is seen has to be read back
   */
  async write(written, subjects, again = false) {
    this.onDisk = Promise.allSettled([this.onDisk, written]);
    const count = (/** @type {number} */ by) => subjects.forEach((id) => this.writes.set(id, (this.writes.get(id) ?? 0) + by));
    count(1);
    this.writing++;
    this.tell('change', subjects);
    this.tell('status');
    try {
      await written.finally(() => count(-1));
      await (again ? this.reload(subjects) : this.recount());
    } catch (error) {
      this.broken = true;
      this.tell('fatal', error);
      return;
    } finally {
      this.writing--;
      this.tell('status');
    }
    this.broadcast(subjects);
    this.sender.kick();
  }

  /** @param {Operation} operation @param {Outcome} outcome */
  async settled(operation, outcome) {
    const { kind, subject, body } = operation;
    if (outcome.kind === 'taken') this.savedAt = new Date();
    if (outcome.kind === 'taken' && kind === PREFERENCES) this.preferred = body;
    const known = this.ground.get(subject);
    if (outcome.kind === 'taken' && known && known.revision > outcome.revision) await catchUp(this.db, known);
    await this.reload([subject]);
    this.broadcast([subject]);
    if (outcome.kind === 'refused') this.tell('refused', operation);
  }

  /** @param {string[]} subjects */
  broadcast(subjects) {
    this.channel.postMessage({ tab: this.tab, subjects, preferred: this.preferred });
  }

  /** @param {{tab: string, subjects: string[], preferred: Partial<Preferences>}} message */
  async heard({ tab, subjects, preferred }) {
    if (tab === this.tab) return;
    if (subjects.includes(PREFERENCES)) this.preferred = preferred;
    await this.reload(subjects.filter((id) => id !== this.assignment));
    this.sender.kick();
  }
}
