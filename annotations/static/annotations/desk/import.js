// @ts-check
/** A delivery while it is read: asks how far it is, and shows the page's own lines again when that has changed. */

const SOONEST = 700;
const LATEST = 8000;
const PARTS = ['[role=status]', '.verbs', '.left', '.counts', '.files tbody', '.pages'];

/** What is at the address; null while the server cannot be reached. @param {string} address @returns {Promise<string | null>} */
async function textOf(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** How far it is, as one text; null while that cannot be known. @param {string} api @returns {Promise<string | null>} */
async function stand(api) {
  const text = await textOf(api);
  if (text === null) return null;
  const {done, total, state, counts} = JSON.parse(text);
  return [done, total, state, counts.asked ?? 0].join(' ');
}

/** Takes over what the page says by now. The elements stay, so that the change is announced and the focus is kept. @param {HTMLElement} part */
async function renew(part) {
  const page = new DOMParser().parseFromString((await textOf(location.href)) ?? '', 'text/html');
  const fresh = page.getElementById(part.id);
  if (!fresh) return;
  const asked = part.dataset.asked !== fresh.dataset.asked && !part.querySelector('.questions')?.contains(document.activeElement);
  for (const selector of asked ? [...PARTS, '.questions'] : PARTS) {
    part.querySelector(selector)?.replaceChildren(...(fresh.querySelector(selector)?.childNodes ?? []));
  }
  recut(part);
  Object.assign(part.dataset, fresh.dataset);
}

/** @param {HTMLElement} part */
async function follow(part) {
  const {done, total, state, asked} = part.dataset;
  let seen = [done, total, state, asked].join(' ');
  let pause = SOONEST;
  const offline = /** @type {HTMLElement | null} */ (part.querySelector('.offline'));
  while (!['done', 'cancelled'].includes(part.dataset.state ?? '')) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (document.hidden) continue;
    const now = await stand(part.dataset.api ?? '');
    if (offline) offline.hidden = now !== null;
    const moved = now !== null && now !== seen;
    pause = moved ? SOONEST : Math.min(pause * 1.5, LATEST);
    if (moved) {
      seen = now;
      await renew(part);
    }
  }
}

/** A change of how a table is cut is shown at once; without this script a button does it. @param {HTMLElement} questions */
function recut(questions) {
  for (const form of questions.querySelectorAll('form.cut')) form.classList.add('live');
}

/** @param {HTMLFormElement} form @param {HTMLElement} part */
async function shownAnew(form, part) {
  const button = form.querySelector('button');
  const focused = document.activeElement?.id ?? '';
  const body = new FormData(form);
  body.append(button?.name ?? '', button?.value ?? '');
  form.setAttribute('aria-busy', 'true');
  const answer = await fetch(location.pathname, {method: 'POST', body}).catch(() => null);
  const page = new DOMParser().parseFromString((answer?.ok && (await answer.text())) || '', 'text/html');
  const card = form.closest('.question');
  const fresh = page.getElementById(form.querySelector('select')?.id ?? '')?.closest('.question');
  form.removeAttribute('aria-busy');
  if (!card || !fresh) return form.classList.remove('live');
  card.replaceWith(fresh);
  recut(part);
  document.getElementById(focused)?.focus();
}

const delivery = document.getElementById('delivery');
if (delivery) {
  const questions = /** @type {HTMLElement} */ (delivery.querySelector('.questions'));
  recut(questions);
  questions.addEventListener('change', (event) => {
    const form = event.target instanceof Element ? event.target.closest('form') : null;
    if (form?.matches('.cut')) void shownAnew(form, questions);
  });
  follow(delivery);
}
