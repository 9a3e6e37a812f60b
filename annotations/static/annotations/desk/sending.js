// @ts-check
/** Files on their way to a delivery: in requests of some, with progress, repeated until they have arrived. */

import {translator} from '../strings.js';
import {alreadyThere} from './already_there.js';
import {inBatches} from './batches.js';
import {brokenOff, forget, remember} from './broken_off.js';
import {dropped} from './dropping.js';
import {arrived, Refused} from './posting.js';
import {done, draw, inUnits} from './sent_list.js';

/** @typedef {import('./sent_list.js').Row} Row */

const NOBODY = '00000000-0000-0000-0000-000000000000';

class Sending {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.t = translator(JSON.parse(form.dataset.words ?? '{}'), document.documentElement.lang);
    this.input = /** @type {HTMLInputElement} */ (form.querySelector('input[type=file]'));
    this.address = form.dataset.api ?? '';
    this.delivery = form.dataset.delivery ?? '';
    this.busy = false;
    /** @type {Row[]} */
    this.rows = [];
  }

  /** @param {string} selector */
  part(selector) {
    return /** @type {HTMLElement} */ (this.form.querySelector(selector));
  }

  /** @param {string} text */
  trouble(text) {
    this.part('.trouble').hidden = !text;
    this.part('.trouble').textContent = text;
  }

  /** @param {boolean} busy */
  hold(busy) {
    this.busy = this.input.disabled = busy;
    this.form.querySelector('button')?.toggleAttribute('disabled', busy);
  }

  draw() {
    draw(this.form, this.rows, this.t);
  }

  /** @param {File[]} files */
  chosen(files) {
    const size = inUnits(files.reduce((sum, file) => sum + file.size, 0), document.documentElement.lang);
    this.part('.chosen').textContent = files.length ? this.t('chosen', {n: files.length, size}) : '';
  }

  /** @param {File[]} files */
  async start(files) {
    if (!files.length || this.busy) return;
    this.rows = files.map((file) => ({file, state: 'waiting'}));
    this.hold(true);
    this.trouble('');
    try {
      this.draw();
      await this.mark(files);
      await this.send();
      this.arrive();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.trouble(error.message);
      this.hold(false);
    }
  }

  /** @param {File[]} files */
  async mark(files) {
    if (!this.delivery) return;
    const there = await alreadyThere(files, `${this.address}?limit=500`);
    for (const row of this.rows) if (there.has(row.file)) row.state = 'known';
  }

  async send() {
    const left = this.rows.filter(({state}) => state === 'waiting').map((row) => ({row, size: row.file.size}));
    const total = left.reduce((sum, {size}) => sum + size, 0) || 1;
    let sent = 0;
    for (const batch of inBatches(left)) {
      const size = batch.reduce((sum, each) => sum + each.size, 0);
      await this.sendSome(batch.map(({row}) => row), (loaded) => this.progress((sent + Math.min(loaded, size)) / total));
      sent += size;
    }
  }

  /** @param {Row[]} some @param {(loaded: number) => void} moved */
  async sendSome(some, moved) {
    for (const row of some) row.state = 'sending';
    this.draw();
    const words = {signedOut: this.t('signed_out'), refused: (/** @type {string} */ why) => this.t('refused', {why})};
    const line = {csrf: this.form.dataset.csrf ?? '', words, trouble: (/** @type {boolean} */ offline) => this.trouble(offline ? this.t('offline') : '')};
    const said = await arrived(this.address, some.map(({file}) => file), moved, line);
    for (const row of some) row.state = 'sent';
    this.delivery ||= said.id;
    this.address = `/api/v1/imports/${this.delivery}/files`;
    remember(this.delivery, done(this.rows), this.rows.length);
  }

  /** @param {number} share */
  progress(share) {
    /** @type {HTMLProgressElement} */ (this.part('.under-way progress')).value = Math.min(1, share);
  }

  arrive() {
    this.progress(1);
    this.draw();
    this.part('.said').textContent = this.t('sent');
    forget(this.delivery);
    this.busy = false;
    location.assign((this.form.dataset.page ?? '').replace(NOBODY, this.delivery));
  }

  /** Tells of a sending of this delivery that broke off on this device. */
  recall() {
    const before = this.delivery ? brokenOff(this.delivery) : null;
    if (!before) return;
    this.form.closest('details')?.setAttribute('open', '');
    this.part('.under-way').hidden = false;
    this.trouble(this.t('broken_off', before));
  }
}

/** @param {HTMLFormElement} form */
export function attend(form) {
  const sending = new Sending(form);
  const files = () => [...(sending.input.files ?? [])];
  sending.input.addEventListener('change', () => sending.chosen(files()));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void sending.start(files());
  });
  attendDrops(form, sending);
  addEventListener('beforeunload', (event) => sending.busy && event.preventDefault());
  sending.recall();
}

/** @param {HTMLFormElement} form @param {Sending} sending */
function attendDrops(form, sending) {
  for (const name of ['dragover', 'dragenter']) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add('over');
    });
  }
  form.addEventListener('dragleave', () => form.classList.remove('over'));
  form.addEventListener('drop', async (event) => {
    event.preventDefault();
    form.classList.remove('over');
    if (event.dataTransfer) void sending.start(await dropped(event.dataTransfer));
  });
}

for (const form of document.querySelectorAll('form.sending')) attend(/** @type {HTMLFormElement} */ (form));
