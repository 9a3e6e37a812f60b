// @ts-check
/** Releases while they are frozen: asks how far they are, and shows the page's own lines again when that has changed. */

const SOONEST = 700;
const LATEST = 8000;

/** The page as it is by now; null while the server cannot be reached. @returns {Promise<Document | null>} */
async function pageOfNow() {
  try {
    const answer = await fetch(location.pathname);
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
  } catch {
    return null;
  }
}

/** Takes over what the page says. The element stays, so that the change is announced. @param {Document} page @param {string} id */
function renew(page, id) {
  const part = document.getElementById(id);
  const fresh = page.getElementById(id);
  if (!part || !fresh) return;
  part.replaceChildren(...fresh.childNodes);
  Object.assign(part.dataset, fresh.dataset);
}

/** How long it took the last time is no measure for the next, so what moves is asked for often. @param {HTMLElement} part */
async function follow(part) {
  let pause = SOONEST;
  while (part.dataset.open === 'yes') {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (document.hidden) continue;
    const page = await pageOfNow();
    const offline = /** @type {HTMLElement | null} */ (document.getElementById('freezings-offline'));
    if (offline) offline.hidden = page !== null;
    const fresh = page?.getElementById(part.id);
    const moved = fresh !== null && fresh !== undefined && fresh.dataset.stand !== part.dataset.stand;
    pause = moved ? SOONEST : Math.min(pause * 1.5, LATEST);
    if (!page || !moved) continue;
    renew(page, 'releases-list');
    renew(page, part.id);
  }
}

const part = document.getElementById('freezings');
if (part) follow(part);
