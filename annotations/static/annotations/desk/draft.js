// @ts-check
/** A form that says whether what it shows is saved, and asks before it is left unsaved. */

/** @param {HTMLFormElement} form */
export function watch(form) {
  const state = form.querySelector('[data-state]');
  const refused = state?.classList.contains('warn') ?? false;
  let unsaved = refused;
  let sending = false;

  form.addEventListener('input', () => {
    if (unsaved || !state) return;
    unsaved = true;
    state.textContent = form.dataset.unsaved ?? '';
    state.classList.replace('ok', 'warn');
  });
  form.addEventListener('submit', () => { sending = true; });
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[value=save]'));
    }
  });
  addEventListener('pageshow', () => { sending = false; });
  addEventListener('beforeunload', (event) => {
    if (unsaved && !sending) event.preventDefault();
  });
}

const form = document.querySelector('form[data-draft]');
if (form instanceof HTMLFormElement) watch(form);
