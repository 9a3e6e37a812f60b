// @ts-check
/** Empties the queue, in order, for as long as the server takes it. */
import { operations } from './database.js';
import { alone } from './lock.js';
import { nextToSend, patience } from './order.js';
import { rebase } from './queue.js';
import { record } from './settling.js';

/**
 * @typedef {'idle' | 'sending' | 'waiting' | 'signed-out' | 'other-user'} Pace
 */

export class Sender {
  /**
   * @param {Device} db
   * @param {Transport} transport
   * @param {{settled: (operation: Operation, outcome: Outcome) => Promise<void> | void, paced: (pace: Pace) => void, failed: (error: unknown) => void, holder: string, locks?: LockManager | null}} options
   */
  constructor(db, transport, options) {
    this.db = db;
    this.transport = transport;
    this.options = options;
    /** @type {Pace} */
    this.pace = 'idle';
    this.failures = 0;
    this.running = false;
    this.again = false;
    this.stopped = false;
    this.timer = 0;
  }

  /** Try now. Safe to call at any time and any number of times. */
  kick() {
    clearTimeout(this.timer);
    if (this.stopped) return;
    if (this.running) this.again = true;
    else void this.run();
  }

  async run() {
    this.running = true;
    this.again = false;
    let wait = 0;
    try {
      const mine = await alone(this.db, (renew) => this.drain(renew), this.options);
      if (!mine) wait = 1000;
    } catch (error) {
      if (!isPassing(error)) {
        this.stopped = true;
        this.options.failed(error);
        return;
      }
      wait = Math.max(patience(this.failures++, Math.random()), error instanceof Later ? error.after : 0);
      this.become('waiting');
    } finally {
      this.running = false;
    }
    if (wait) this.timer = window.setTimeout(() => this.kick(), wait);
    else if (this.again) this.kick();
  }

  /** @param {() => Promise<void>} renew */
  async drain(renew) {
    for (;;) {
      const operation = nextToSend(await operations(this.db));
      if (!operation) return this.become('idle');
      // What goes next waits for nothing: the one it was made on has left, from a page that could keep no more.
      if (operation.base && 'operation' in operation.base) {
        await rebase(this.db, operation);
        continue;
      }
      await renew();
      if (this.pace !== 'signed-out' && this.pace !== 'other-user') this.become('sending');
      const outcome = await this.transport.send(operation);
      if (outcome.kind === 'signed-out' || outcome.kind === 'other-user') {
        this.transport.token = '';
        return this.become(outcome.kind);
      }
      if (outcome.kind === 'later') throw new Later(outcome.after);
      this.failures = 0;
      await record(this.db, operation, outcome);
      if (outcome.kind === 'taken') this.db.forget(operation, outcome.revision);
      await this.options.settled(operation, outcome);
    }
  }

  /** @param {Pace} pace */
  become(pace) {
    if (pace === this.pace) return;
    this.pace = pace;
    this.options.paced(pace);
  }
}

/** Whether waiting may help: the network, the server or its answer was not there in time. @param {unknown} error */
function isPassing(error) {
  if (error instanceof Later || error instanceof TypeError) return true; // fetch calls a network failure a TypeError
  return error instanceof DOMException && ['TimeoutError', 'AbortError', 'NetworkError'].includes(error.name);
}

/** The server is there and asks for patience. */
class Later extends Error {
  /** @param {number} after  milliseconds */
  constructor(after) {
    super('later');
    this.after = after;
  }
}
