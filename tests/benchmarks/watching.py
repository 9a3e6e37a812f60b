"""Scripts that look at a page from outside, and what they saw. None of them is part of the page."""

from __future__ import annotations

from playwright.sync_api import Page

# A task that follows a frame's callbacks runs when that frame has been painted.
_PAINTED = """const painted = (then) => requestAnimationFrame(() => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(0);
  });"""

FIRST_HIGHLIGHT = f"""(() => {{
  {_PAINTED}
  // Not its comments, which come when the text has long been painted.
  const article = /\\/api\\/v1\\/documents\\/[^/]+$/;
  globalThis.seen = {{
    arrived: () => Math.max(...performance.getEntriesByType('resource')
      .filter(({{name}}) => article.test(name)).map((one) => one.responseEnd), seen.asked),
  }};
  const {{fetch}} = globalThis;
  globalThis.fetch = function (url, ...rest) {{
    if (article.test(String(url))) seen.asked ??= performance.now();
    return fetch.call(this, url, ...rest);
  }};
  const {{add}} = Highlight.prototype;
  Highlight.prototype.add = function (range) {{
    if (!('first' in seen)) {{
      seen.first = performance.now();
      painted((at) => (seen.painted = at));
    }}
    return add.call(this, range);
  }};
}})()"""

# Seen in passing: when the frame after each key was painted, and what the browser itself reports.
KEYS = f"""() => {{
  {_PAINTED}
  globalThis.pressed = [];
  globalThis.interactions = new Map();
  document.addEventListener('keydown', ({{key, timeStamp}}) => {{
    painted((at) => pressed.push([key, at - timeStamp]));
  }}, true);
  new PerformanceObserver((list) => {{
    for (const {{interactionId, duration}} of list.getEntries()) {{
      if (!interactionId) continue;
      interactions.set(interactionId, Math.max(duration, interactions.get(interactionId) ?? 0));
    }}
  }}).observe({{type: 'event', durationThreshold: 16}});
}}"""

SLOWEST = "[...interactions.values()]"

# The least that a page could do: one text node a paragraph, and one native highlight that holds all
# spans. Gives milliseconds until it is painted; then each `1` adds a span, or each key does.
BARE = f"""({{text, spans, each}}) => new Promise((resolve) => {{
  {_PAINTED}
  const begin = performance.now();
  const style = new CSSStyleSheet();
  style.replaceSync('::highlight(all) {{ background: gold; text-decoration: underline 2px; }}');
  document.adoptedStyleSheets = [style];
  const body = document.createElement('body');
  body.style.cssText = 'font: 17px/1.86 serif; max-width: 40em; margin: auto';
  const nodes = [];
  let at = 0;
  for (const paragraph of text.split('\\n\\n')) {{
    const p = document.createElement('p');
    p.append(paragraph);
    body.append(p);
    nodes.push([p.firstChild, at]);
    at += paragraph.length + 2;
  }}
  const point = (index) => {{
    let [low, high] = [0, nodes.length - 1];
    while (low < high) {{
      const middle = (low + high + 1) >> 1;
      if (nodes[middle][1] <= index) low = middle;
      else high = middle - 1;
    }}
    const [node, start] = nodes[low];
    return [node, Math.min(index - start, node.length)];
  }};
  const range = ([start, end]) => {{
    const [startContainer, startOffset] = point(start);
    const [endContainer, endOffset] = point(end);
    return new StaticRange({{startContainer, startOffset, endContainer, endOffset}});
  }};
  const all = new Highlight();
  for (const span of spans) all.add(range(span));
  CSS.highlights.set('all', all);
  let next = 0;
  document.addEventListener('keydown', ({{key}}) => {{
    if (!each && key !== '1') return;
    all.add(range([next, next + 40]));
    next = (next + 60) % 1800;
  }});
  document.body.replaceWith(body);
  painted((now) => resolve(now - begin));
}})"""


def painted_after(page: Page, key: str) -> list[float]:
    """Milliseconds from each press of `key` to the frame that followed it."""
    pressed: list[tuple[str, float]] = page.evaluate("pressed")
    return [time for name, time in pressed if name == key]
