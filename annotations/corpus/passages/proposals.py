"""What zoning proposes for a paragraph. Pure."""

from __future__ import annotations

from typing import NamedTuple

from annotations.text.phrases import wording


class Proposal(NamedTuple):
    """A zone of DESIGN, and in a few words why."""

    zone: str
    reason: str


HEADLINE = Proposal("title", wording("first line"))
AGAIN = Proposal("title", wording("title again"))
SUBHEADING = Proposal("title", wording("subheading"))
CAPTION = Proposal("caption", wording("caption"))
BODY = Proposal("body", "")
