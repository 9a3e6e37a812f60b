"""What a project without a codebook begins with: the usual scale, and one theme to fill."""

from __future__ import annotations

from typing import Any


def starter() -> dict[str, Any]:
    """A first edition's JSON: against < mixed < favor, outside the order none and unclear, theme `other`."""
    return {
        "edition": 1,
        "note": {},
        "stances": [
            _stance("against", "−", "c", 0, "Against", "Contre"),
            _stance("mixed", "±", "b", 1, "Mixed", "Mitigé"),
            _stance("favor", "+", "p", 2, "In favour", "Pour"),
            _stance("none", "○", "n", None, "No stance", "Sans position"),
            _stance("unclear", "?", "u", None, "Unclear", "Ambigu"),
        ],
        "themes": [
            {
                "key": "other",
                "code": "OT",
                "colour": 1,
                "hotkey": "1",
                "name": {"en": "Other", "fr": "Autre"},
                "memo_required": True,
                "parent": None,
            }
        ],
    }


def _stance(
    key: str, glyph: str, hotkey: str, position: int | None, english: str, french: str
) -> dict[str, Any]:
    label = {"en": english, "fr": french}
    return {"key": key, "glyph": glyph, "hotkey": hotkey, "position": position, "label": label}
