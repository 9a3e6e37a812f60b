"""What is painted at this moment, beside what ought to be: by its ranges, glyph by glyph, and by pixels."""

from __future__ import annotations

import base64
from typing import Any

from tests.flow.windows import Window

Span = tuple[int, int, str]

# Offsets and text of all that is registered, and of what stands in view.
RANGES = """() => {
  const {map} = workbench.sheet;
  const at = (node, offset) => map.points.toCodePoint(map.index16(node, offset));
  const frame = document.getElementById('frame').getBoundingClientRect();
  const painted = [...CSS.highlights].filter(([name]) => /^t\\d+-\\d+$/.test(name))
    .flatMap(([, layer]) => [...layer].map((range) => {
      const live = new Range();
      live.setStart(range.startContainer, range.startOffset);
      live.setEnd(range.endContainer, range.endOffset);
      return [at(range.startContainer, range.startOffset),
              at(range.endContainer, range.endOffset), live.toString()];
    }));
  const inside = ({top, bottom}) => bottom > frame.top && top < frame.bottom;
  // Sections are asked first: to ask a text that is far off has the browser lay it out.
  const near = workbench.sheet.sections.filter(({element}) => inside(element.getBoundingClientRect()));
  const seen = ({body}) => near.some(({start, end}) => body.start < end && body.end > start)
    && map.rectangles(body).some((box) => box.width && inside(box));
  return {painted, inView: workbench.annotations.filter(seen)
    .map(({body}) => [body.start, body.end, body.quote])};
}"""
# Every whole character in view that stands alone: what it is, where, and which annotations cover it.
GLYPHS = """const glyphs = () => {
  const {map} = workbench.sheet;
  const {points} = map;
  const frame = document.getElementById('frame').getBoundingClientRect();
  // To ask a paragraph that is far off has the browser lay it out: its section is asked.
  const near = workbench.sheet.sections.filter(({element}) => {
    const place = element.getBoundingClientRect();
    return place.bottom > frame.top && place.top < frame.bottom;
  });
  const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});
  const found = [];
  const all = near.flatMap(({blocks: [first, end]}) => Array.from({length: end - first}, (_, i) => first + i));
  all.forEach((number) => {
    const block = workbench.sheet.blocks[number];
    const text = points.text.slice(block.bodyStart16, block.bodyEnd16);
    for (const {segment, index} of segmenter.segment(text)) {
      const start = points.toCodePoint(block.bodyStart16 + index);
      const end = points.toCodePoint(block.bodyStart16 + index + segment.length);
      const [box, ...others] = map.rectangles({start, end}).filter(({width}) => width > 3);
      if (!box || others.length || !segment.trim()) continue;
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      // Where a grip or the edge of the frame lies over it, or where it is folded away, there is nothing to ask.
      if (!workbench.sheet.paragraphs[number].querySelector('p')?.contains(document.elementFromPoint(x, y))) continue;
      const over = workbench.annotations
        .filter(({body}) => body.start <= start && start < body.end)
        .map(({body}) => `${body.start}-${body.end}`).sort().join();
      found.push({segment, start, box, x, y, over});
    }
  });
  return found;
};"""
# Which spans the browser says lie under the middle of each, and which should.
UNDER = (
    "() => {"
    + GLYPHS
    + """
  const {map} = workbench.sheet;
  const at = (node, offset) => map.points.toCodePoint(map.index16(node, offset));
  const ours = new Set([...CSS.highlights].filter(([name]) => /^t\\d+-\\d+$/.test(name))
    .map(([, layer]) => layer));
  const under = (x, y) => CSS.highlights.highlightsFromPoint(x, y)
    .filter(({highlight}) => ours.has(highlight)).flatMap(({ranges}) => ranges)
    .map((range) => `${at(range.startContainer, range.startOffset)}-${at(range.endContainer, range.endOffset)}`);
  const all = glyphs().map(({segment, start, x, y, over}) => [segment, start, under(x, y).sort().join(), over]);
  return {looked: all.length, wrong: all.filter(([, , found, wanted]) => found !== wanted)};
}"""
)
# A letter on a tint has no pixel of bare paper about its middle; every other letter has one.
TINTED = (
    "async (png) => {"
    + GLYPHS
    + """
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
  canvas.drawImage(picture, 0, 0);
  const colours = ({left, right, top, bottom}, [above, share] = [0.35, 0.25]) => {
    const [x, width] = [Math.ceil(left) + 1, Math.max(1, Math.floor(right - left) - 2)];
    const height = bottom - top;
    const {data} = canvas.getImageData(
      x, Math.round(top + above * height), width, Math.ceil(height * share));
    return Array.from({length: data.length / 4}, (_, i) => data.slice(4 * i, 4 * i + 3).join());
  };
  const {left, top} = document.getElementById('frame').getBoundingClientRect();
  const [paper] = colours({left: left + 4, right: left + 12, top: top + 4, bottom: top + 12});
  // A dense letter may fill its middle by itself, but not its whole box, as a tint does.
  const bare = (box, over) => colours(box).includes(paper)
    || (!over && colours(box, [0, 1]).includes(paper));
  const all = glyphs().filter(({segment, box}) => box.width > 6 && /^\\p{L}\\p{M}*$/u.test(segment))
    .map(({segment, start, box, over}) => [segment, start, bare(box, over), over]);
  return {looked: all.length, wrong: all.filter(([, , bare, over]) => bare === Boolean(over))};
}"""
)


def painted(window: Window) -> tuple[list[Span], list[Span]]:
    """What is registered, and what stands in view: each start, end, text."""
    found: dict[str, list[Any]] = window.run(RANGES)
    return [tuple(each) for each in found["painted"]], [tuple(each) for each in found["inView"]]


def misplaced(window: Window) -> tuple[int, list[Any]]:
    """How many characters were looked at, and those under another highlight than their own."""
    found = window.run(UNDER)
    return found["looked"], found["wrong"]


def miscoloured(window: Window) -> tuple[int, list[Any]]:
    """How many letters were looked at in a picture, and those on a tint without reason, or without one."""
    found = window.run(TINTED, base64.b64encode(window.picture()).decode())
    return found["looked"], found["wrong"]
