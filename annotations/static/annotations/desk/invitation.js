// @ts-check
/** An invitation's link, copied with one key; without this module it is selected by hand. */

const button = document.querySelector('[data-copy]');
const link = document.querySelector('[data-link]');

if (button instanceof HTMLButtonElement && link instanceof HTMLInputElement) {
  button.hidden = !navigator.clipboard;
  link.addEventListener('focus', () => link.select());
  link.focus({ preventScroll: true });
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(link.value);
    button.textContent = button.dataset.done ?? '';
  });
}
