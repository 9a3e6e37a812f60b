// @ts-check
/**
 * Which underline each span gets, so that overlapping ones stand below one another: lane 0 first.
 * Greedy from the left; spans that only touch share a lane. Beyond `lanes`, the last is shared.
 * @param {{start: number, end: number}[]} spans  by start, longer first
 * @param {number} [lanes]
 */
export function lanesOf(spans, lanes = 4) {
  const reached = new Uint32Array(lanes);
  const found = new Uint8Array(spans.length);
  // Plain loops: this runs over all spans at every change, and calls would cost more than the work.
  for (let i = 0; i < spans.length; i++) {
    const { start, end } = spans[i];
    let lane = 0;
    while (lane < lanes - 1 && reached[lane] > start) lane++;
    found[i] = lane;
    if (end > reached[lane]) reached[lane] = end;
  }
  return found;
}

/**
 * How far the text is covered by each span and those before it: rises, so that it can be searched.
 * @param {{end: number}[]} spans
 */
export function reachOf(spans) {
  const reach = new Uint32Array(spans.length);
  for (let i = 0, most = 0; i < spans.length; i++) reach[i] = most = Math.max(most, spans[i].end);
  return reach;
}
