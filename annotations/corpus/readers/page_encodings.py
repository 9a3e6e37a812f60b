"""What a page says of its own encoding, and whether bytes are a page at all. Pure."""

from __future__ import annotations

import re

# How far browsers look; press pages with long heads go somewhat beyond.
_HEAD = 4096
_META = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_COMMENT = rb"(?:<!--(?:(?!-->).){0,2000}-->\s*)"
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml\b[^>]{0,200}>\s*)?"
    + _COMMENT
    + rb"{0,5}<(?:!doctype\s+html\b|html\b)",
    re.I | re.S,
)
# By label: the codec that reads what is written under it (WHATWG Encoding, 4.2, the usual ones).
_CODECS = {
    **dict.fromkeys(("iso-8859-1", "latin1", "l1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("windows-1252", "cp1252", "iso8859-1", "iso_8859-1"), "cp1252"),
    **{f"windows-125{n}": f"cp125{n}" for n in range(10) if n != 2},
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    **dict.fromkeys(("koi8-r", "koi8"), "koi8_r"),
    "koi8-u": "koi8_u",
    "macintosh": "mac_roman",
    **dict.fromkeys(("windows-874", "tis-620", "iso-8859-11"), "cp874"),
}


def declared_encoding(data: bytes) -> str | None:
    """The codec for what the page says, None for what is not known here.

    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=GBK">')
    'gb18030'
    """
    found = _META.search(data[:_HEAD])
    return _CODECS.get(found[1].decode("ascii").lower()) if found else None


def is_page(data: bytes) -> bool:
    """Whether the file is plainly a web page, whatever its name.

    >>> is_page(b" <!DOCTYPE html><p>Bread"), is_page(b"<p>Bread")
    (True, False)
    """
    # UTF-16 has a NUL beside each letter of these.
    return bool(_PAGE.match(data[:_HEAD].replace(b"\x00", b"")))
