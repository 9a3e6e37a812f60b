// @ts-check
/** From here to other places: what needs attention, the list, and the pages that search over all articles. */

/** What waits for a decision. @param {Session} session */
export function toConflicts(session) {
  const { announce, t } = session;
  focusFirst('#attention :is(summary, button)', () => announce(t('conflicts_none')));
}

/** The list of annotations, at the one that is chosen. @param {Session} session */
export function toList(session) {
  const { announce, t } = session;
  // It may be due only with the next frame.
  session.dispatchEvent(new Event('lists'));
  const current = '#annotations [aria-current]';
  focusFirst(document.querySelector(current) ? current : '#annotations button', () => announce(t('list_empty')));
}

/** @param {string} selector @param {() => void} otherwise */
function focusFirst(selector, otherwise) {
  /** @type {NodeListOf<HTMLElement>} */
  const all = document.querySelectorAll(selector);
  const found = [...all].find((element) => element.checkVisibility());
  if (found) found.focus();
  else otherwise();
}

/** Search in all texts, for the words that are selected, else for those last looked for here. @param {Session} session @param {string} words */
export function searchAll(session, words) {
  const { target, page } = session;
  const whole = target && session.passagesOf(target).some(({ start, end }) => start >= target.start && end <= target.end);
  const query = target && !whole ? session.slice(target) : words;
  show(page.urls.search, { q: [...query.replace(/\s+/gu, ' ')].slice(0, 200).join('') });
}

/** All passages of the theme, and of the stance, that one has before oneself. @param {Session} session */
export function retrieve({ chosen, view, page }) {
  const theme = chosen?.body.theme ?? view.armed ?? view.lastTheme ?? '';
  show(page.urls.coded, { theme, stance: chosen?.body.stance ?? '' });
}

/** Beside the article, which keeps its place. @param {string} url @param {Record<string, string>} asked */
function show(url, asked) {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
  window.open(query.size ? `${url}?${query}` : url, '_blank', 'noopener');
}
