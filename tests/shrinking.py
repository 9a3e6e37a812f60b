"""Pictures of pages in 256 colours: a third of the bytes, and nobody sees the difference."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

COLOURS = 256
# A browser reads its own picture; there is no reader of pictures among the libraries.
PIXELS = """async (picture) => {
  const bytes = Uint8Array.from(atob(picture), (each) => each.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const {data} = context.getImageData(0, 0, bitmap.width, bitmap.height);
  let binary = '';
  for (let i = 0; i < data.length; i += 32768) binary += String.fromCharCode(...data.subarray(i, i + 32768));
  return [bitmap.width, bitmap.height, btoa(binary)];
}"""


def shrunk(picture: bytes, *, reader: Page) -> bytes:
    """A PNG as a PNG with a palette; `reader` is any page without a policy, such as about:blank."""
    width, height, data = reader.evaluate(PIXELS, base64.b64encode(picture).decode())
    pixels = np.frombuffer(base64.b64decode(data), dtype=np.uint8).reshape(height, width, 4)
    palette, numbers = reduced(pixels[:, :, :3].reshape(-1, 3))
    rows = np.zeros(
        (height, width + 1), dtype=np.uint8
    )  # each begins with its filter, which is none
    rows[:, 1:] = numbers.reshape(height, width)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", palette.tobytes()),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def reduced(
    pixels: NDArray[np.uint8],
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The palette, and each pixel's place in it: the most frequent colours, and their nearest for the rest.

    `pixels` is (n, 3); the palette has 256 rows at most.
    """
    coded = pixels.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    colours, where, counts = np.unique(coded, return_inverse=True, return_counts=True)
    known = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.int32)
    kept = _spread(known, counts)
    apart = ((known[:, None, :] - known[kept][None, :, :]) ** 2).sum(axis=2)
    nearest = apart.argmin(axis=1).astype(np.uint8)
    return known[kept].astype(np.uint8), nearest[where.reshape(-1)]


def _spread(known: NDArray[np.int32], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Frequent colours first; of those that lie within a step of one another only the first."""
    kept: list[int] = []
    order = np.argsort(-counts, kind="stable")
    for step in (3, 0):
        for each in order:
            if len(kept) == COLOURS:
                return np.array(kept)
            near = np.abs(known[kept] - known[each]).max(axis=1).min() if kept else 256
            if near > step:
                kept.append(int(each))
    return np.array(kept)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
