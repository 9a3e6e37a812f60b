// @ts-check
/** A page that could not be made is asked for again until it can be, and then shown. */

const EVERY = 3000;

/** Whether the page is there again. @returns {Promise<boolean>} */
async function isBack() {
  try {
    const answer = await fetch(location.href, {method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(15_000)});
    return answer.status < 500;
  } catch {
    return false; // nobody answers at all: the web server is started again, or the network is away
  }
}

const ask = async () => {
  if (!document.hidden && (await isBack())) location.reload();
  else setTimeout(ask, EVERY);
};

setTimeout(ask, EVERY);
