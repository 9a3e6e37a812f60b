"""Small letters, as expressions without regard to case compare them. Pure."""

from __future__ import annotations


def in_small(text: str) -> str:
    """Small letters; those that expressions take for i and s as well are i and s.

    >>> in_small("SAKLIDIR") == in_small("saklıdır"), in_small("İletişim")
    (True, 'iletişim')
    """
    small = text.lower()
    if small.isascii():
        return small
    return small.replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")
