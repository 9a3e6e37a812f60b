"""XML as the writers put it. Pure."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class NotXml(ValueError):
    """A text with a character that XML cannot hold; leaving it out would move all that follows."""

    def __init__(self, where: str, at: int, char: str) -> None:
        super().__init__(f"{where}: U+{ord(char):04X} at {at} cannot be in XML.")


def exact(text: str, *, where: str) -> str:
    """A text whose offsets matter. A parser reads it as it is, a carriage return included.

    Raises NotXml.
    """
    if found := _FORBIDDEN.search(text):
        raise NotXml(where, found.start(), found[0])
    return escape(text, {"\r": "&#13;"})


def content(text: str) -> str:
    """A text in which U+FFFD may stand for what XML cannot hold."""
    return escape(_FORBIDDEN.sub("\ufffd", text), {"\r": "&#13;"})


def element(name: str, text: str | None = None, /, **attributes: str | int | None) -> str:
    """An element; what is None is left out, `xml_id` is `xml:id`, a trailing `_` is dropped.

    >>> element("a", "x < y", n=1, to=None, type_='"'), element("br")
    ('<a n="1" type="&quot;">x &lt; y</a>', '<br/>')
    """
    begin = "".join((name, *(_attribute(key, value) for key, value in attributes.items())))
    return f"<{begin}/>" if text is None else f"<{begin}>{content(text)}</{name}>"


def opening(name: str, /, **attributes: str | int | None) -> str:
    """The start tag alone."""
    return f"{element(name, **attributes)[:-2]}>"


def _attribute(key: str, value: str | int | None) -> str:
    if value is None:
        return ""
    name = key.removesuffix("_").replace("xml_", "xml:")
    # A parser makes a space of every line end and tab in an attribute that is not written so.
    ends = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
    return f' {name}="{escape(_FORBIDDEN.sub(chr(0xFFFD), str(value)), ends)}"'
