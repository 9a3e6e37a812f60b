// @ts-check
/** The coding page: fetches the article, puts the parts together, and keeps them in step. */
import { start } from './app/start.js';
import { takeKept } from './app/next.js';
import { h } from './dom.js';
import { openDatabase } from './outbox/database.js';
import { translator } from './strings.js';

/** @type {PageData} */
const page = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}');
const t = translator(page.strings, page.language);
const root = /** @type {HTMLElement} */ (document.getElementById('text'));

/** @returns {Promise<{article: Article, asOf: number}>} */
async function fetchArticle() {
  const asOf = Date.now();
  const response = await fetch(page.documentUrl);
  if (response.status === 401 || response.redirected) throw new Refused('signed_out');
  if (response.status === 404) throw new Refused('not_found');
  if (!response.ok) throw new Refused('load_failed');
  return { article: await response.json(), asOf };
}

/** Fetched ahead, or over the network, whichever comes first. */
async function anyArticle() {
  const fetched = fetchArticle();
  const kept = openDatabase(page.user.id).then(async (db) => {
    const found = await takeKept(db, page.assignment.id, Date.now());
    db.close();
    return found ?? fetched;
  });
  // What the slower one has to say, good or bad, comes too late to matter.
  fetched.catch(() => {});
  kept.catch(() => {});
  return Promise.any([fetched, kept]).catch(() => fetched);
}

/** The article cannot be shown; `key` names the words for it. */
class Refused extends Error {
  /** @param {string} key */
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/** @param {unknown} error */
function explain(error) {
  const key = error instanceof Refused ? error.key : error instanceof TypeError && !navigator.onLine ? 'load_offline' : 'load_failed';
  if (!(error instanceof Refused)) console.error(error);
  const link = (/** @type {string} */ href, /** @type {string} */ words) => h('a', { class: 'btn primary', href }, t(words));
  const way = key === 'signed_out' ? link(page.urls.signIn, 'sign_in')
    : key === 'not_found' ? link(page.urls.home, 'to_home')
    : h('button', { type: 'button', class: 'btn primary', onclick: () => void run() }, t('try_again'));
  root.replaceChildren(h('div', { class: 'empty', role: 'alert' }, h('h2', {}, t(`${key}_title`)), h('p', {}, t(`${key}_text`)), way));
  root.setAttribute('aria-busy', 'false');
}

async function run() {
  try {
    await start(page, anyArticle(), t);
    root.setAttribute('aria-busy', 'false');
  } catch (error) {
    explain(error);
  }
}

void run();
