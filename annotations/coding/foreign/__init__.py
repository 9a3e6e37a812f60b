"""Files of other tools → lines for an import of annotations: a module a format. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from . import brat, doccano, label_studio, prodigy, release
from .lines import ImportLine, Unreadable, Words

Converter = Callable[[Iterable[Path], Words], Iterator[ImportLine | Unreadable]]

CONVERTERS: dict[str, Converter] = {
    "label-studio": label_studio.convert,
    "doccano": doccano.convert,
    "prodigy": prodigy.convert,
    "brat": brat.convert,
    "release": release.convert,
}
"""By the name of the format."""

__all__ = ["CONVERTERS", "Converter", "ImportLine", "Unreadable", "Words"]
