"""Which part of a press page a passage is, proposed with the reason, for a person to confirm.

Nothing is deleted by it: zones are marks. A paragraph goes by its wording first (`zone_rules`),
then by where it stands (`outline`): before the first paragraph of prose, among the prose, or after
the last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from annotations.corpus.passages.headlines import is_foreign_to, leads_elsewhere
from annotations.corpus.passages.outline import Outline
from annotations.corpus.passages.paragraphs import Paragraph, gathered
from annotations.corpus.passages.proposals import (
    AGAIN,
    BODY,
    CAPTION,
    HEADLINE,
    SUBHEADING,
    Proposal,
)
from annotations.corpus.passages.zone_rules import HAS_ITS_HEADLINE, LEADS_TO_LINKS
from annotations.text.phrases import wording

__all__ = ["AFTER_LINE", "BODY", "CAPTION", "HEADLINE", "SUBHEADING", "Proposal", "zones"]

AFTER_LINE = wording("after a line “%(rule)s”")
_STRAY_WORD = re.compile(r"[a-zà-ÿœ]+\W*$")


def zones(
    passages: Sequence[str],
    paragraphs: Sequence[int],
    languages: Sequence[str | None],
    language: str | None,
    known: Mapping[int, Proposal] | None = None,
) -> list[Proposal]:
    """One proposal a passage. `paragraphs` numbers the paragraph each passage stands in, `known`
    says by these numbers what the file itself makes of some.

    >>> zones(["Prices rise", "The price of bread rose again this week, shops say.", "Share this"],
    ...       [1, 2, 3], ["en", "en", "en"], "en")[0]
    Proposal(zone='title', reason='first line')
    """
    page = _Page(Outline(gathered(passages, paragraphs, languages), language, known or {}))
    by_paragraph = {
        paragraph.number: page.zone(place)
        for place, paragraph in enumerate(page.outline.paragraphs)
    }
    return [
        _of_passage(
            passage, by_paragraph[number], is_first=place == 0 or paragraphs[place - 1] != number
        )
        for place, (passage, number) in enumerate(zip(passages, paragraphs, strict=True))
    ]


def _of_passage(passage: str, proposal: Proposal, *, is_first: bool) -> Proposal:
    """A word that a removed link has left behind is not a sentence."""
    if proposal.zone == "body" and not is_first and _STRAY_WORD.match(passage):
        return Proposal("fragment", wording("stray word"))
    return proposal


class _Page:
    """The zone of each paragraph of an outline."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.paragraphs = outline.paragraphs
        self.worded = outline.worded
        self.repeats = Counter(paragraph.text for paragraph in self.paragraphs)
        long = [place for place in outline.bare_lines if _is_headline(self.paragraphs[place])]
        self.has_headline_links = len(long) >= 2
        self.links_elsewhere = bool(long) or any(
            said and said.reason in LEADS_TO_LINKS for said in self.worded
        )

    def zone(self, place: int) -> Proposal:
        if worded := self.worded[place]:
            return self._as_worded(place, worded)
        paragraph, title = self.paragraphs[place], self.outline.title
        if title is not None and paragraph.text == self.paragraphs[title].text:
            return HEADLINE if place == title else AGAIN
        if known := self.outline.known[place]:
            return known
        if self.outline.last_prose < 0:
            return BODY
        if place < self.outline.first_prose:
            return self._before_prose(place, paragraph)
        if place > self.outline.last_prose:
            return self._after_prose(place, paragraph)
        return self._among_prose(place, paragraph)

    def _as_worded(self, place: int, worded: Proposal) -> Proposal:
        """After the article, © is no photographer's."""
        is_notice = place > self.outline.last_prose and "©" in self.paragraphs[place].text
        if worded.zone == "caption" and is_notice:
            return Proposal("boilerplate", wording("legal line"))
        return worded

    def _before_prose(self, place: int, paragraph: Paragraph) -> Proposal:
        title = self.outline.title
        if paragraph.begins_with_emoji:
            return Proposal("digest", wording("emoji bullet before the body"))
        if not self.outline.is_own(paragraph):
            return Proposal("digest", wording("another language before the body"))
        if paragraph.is_name:
            return (
                Proposal("fragment", wording("a name alone"))
                if title is None or place < title
                else Proposal("boilerplate", wording("byline"))
            )
        if title is None or paragraph.ends_like_a_sentence or paragraph.goes_on:
            return BODY
        if place < title:
            return Proposal("boilerplate", wording("short line before the title"))
        between = self.worded[title + 1 : place]
        return Proposal("title", wording("under the title")) if all(between) else BODY

    def _among_prose(self, place: int, paragraph: Paragraph) -> Proposal:
        if self.outline.is_unpunctuated or paragraph.goes_on or paragraph.is_bullet:
            return BODY
        if paragraph.ends_like_a_sentence:
            return (
                Proposal("link", wording("short headline like the others"))
                if self._is_teaser(paragraph)
                else BODY
            )
        if _is_headline(paragraph):
            return Proposal("link", wording("headline between paragraphs"))
        if found := self._leads_elsewhere(place, paragraph):
            return found
        return SUBHEADING if paragraph.size < 60 else BODY

    def _leads_elsewhere(self, place: int, paragraph: Paragraph) -> Proposal | None:
        """A line as short as a subheading, but the headline of another text."""
        if leads_elsewhere(paragraph.text):
            return Proposal("link", wording("marked as a headline"))
        if rule := self._led_by(place):
            return Proposal("link", AFTER_LINE % {"rule": rule})
        if self.links_elsewhere and is_foreign_to(paragraph.text, self.outline.vocabulary):
            return Proposal("link", wording("headline of something else"))
        return None

    def _led_by(self, place: int) -> str | None:
        """The reason of a line “Read also”, right above or above another link under it."""
        if self.paragraphs[place].words < 3:
            return None
        above = place - 1
        while above > 0 and place - above < 6 and self._is_linklike(above):
            above -= 1
        said = self.worded[above] if above >= 0 else None
        if said is None or said.reason not in LEADS_TO_LINKS:
            return None
        is_alone = not HAS_ITS_HEADLINE.search(self.paragraphs[above].text)
        return said.reason if is_alone else None

    def _is_linklike(self, place: int) -> bool:
        paragraph = self.paragraphs[place]
        return (
            self.worded[place] is None
            and not paragraph.ends_like_a_sentence
            and paragraph.words > 4
        )

    def _is_teaser(self, paragraph: Paragraph) -> bool:
        """Two very short sentences alone, on a page that has several headline links anyway."""
        is_short = len(paragraph.sentences) == 2 and paragraph.size <= 100
        return is_short and self.has_headline_links

    def _after_prose(self, place: int, paragraph: Paragraph) -> Proposal:
        if self.repeats[paragraph.text] > 1:
            return Proposal("boilerplate", wording("repeated after the body"))
        if not self.outline.is_own(paragraph):
            return Proposal("boilerplate", wording("another language after the body"))
        if rule := self._led_by(place):
            return Proposal("link", AFTER_LINE % {"rule": rule})
        if paragraph.ends_like_a_sentence and place < self.outline.footer:
            return BODY
        if paragraph.words >= 5:
            return Proposal("link", wording("headline after the body"))
        return Proposal("boilerplate", wording("short line after the body"))


def _is_headline(paragraph: Paragraph) -> bool:
    return 50 <= paragraph.size <= 160 and not paragraph.goes_on and not paragraph.is_bullet
