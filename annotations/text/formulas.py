"""Cells that a spreadsheet would run. Pure."""

from __future__ import annotations

BEGINNINGS = tuple("=+-@\t\r＝＋－＠")
"""The first character of such a cell; also what spreadsheets pass over to find a formula."""
