"""Where on a page its title stands, and where its prose begins and ends. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from annotations.corpus.passages.datelines import is_date_line
from annotations.corpus.passages.headlines import vocabulary
from annotations.corpus.passages.paragraphs import Paragraph
from annotations.corpus.passages.proposals import CAPTION, HEADLINE, Proposal
from annotations.corpus.passages.zone_patterns import Wordings
from annotations.corpus.passages.zone_rules import (
    CLOSES,
    HAS_ITS_HEADLINE,
    LEADS_TO_LINKS,
    LONGEST,
    RULES,
    SUMMARY,
    Rule,
)
from annotations.text.phrases import wording

DATE_LINE = Proposal("boilerplate", wording("date line"))
_LEAST_PROSE = 60
# What closes a page stands after this share of its prose; the same words may stand on top of it.
_MOST_OF_IT = 0.6


class Outline:
    """The paragraphs of a page, what their wording says of them, and its two ends.

    `known` says by the paragraph's number what the file itself makes of it.
    """

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        language: str | None,
        known: Mapping[int, Proposal],
    ) -> None:
        self.paragraphs = paragraphs
        self.language = language
        self.known = [known.get(paragraph.number) for paragraph in paragraphs]
        self.worded = [
            _as_known(told) or _by_wording(paragraph)
            for told, paragraph in zip(self.known, paragraphs, strict=True)
        ]
        self._gather_summary()
        prose = self._prose()
        self.first_prose = prose[0] if prose else len(paragraphs)
        self.last_prose = self._with_short_ends(prose[-1]) if prose else -1
        self.title = self._title()

    def is_own(self, paragraph: Paragraph) -> bool:
        return paragraph.language in (None, self.language)

    @cached_property
    def bare_lines(self) -> list[int]:
        """Lines among the prose that are neither sentences nor items of a list."""
        among = range(self.first_prose, self.last_prose + 1)
        return [place for place in among if not self.worded[place] and self._is_bare(place)]

    @cached_property
    def is_unpunctuated(self) -> bool:
        """Verse, lists, transcripts: there, a line without a full stop means nothing."""
        among = range(self.first_prose, self.last_prose + 1)
        return len(self.bare_lines) * 2 > sum(not self.worded[place] for place in among)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the prose, to tell what is foreign to it."""
        among = range(self.first_prose, self.last_prose + 1)
        bare = set(self.bare_lines)
        return vocabulary(
            self.paragraphs[place].text
            for place in among
            if place not in bare and not self.worded[place]
        )

    @cached_property
    def footer(self) -> int:
        """The first paragraph after the prose that is none of it by its wording."""
        after = range(self.last_prose + 1, len(self.paragraphs))
        return next((place for place in after if self.worded[place]), len(self.paragraphs))

    def _is_bare(self, place: int) -> bool:
        paragraph = self.paragraphs[place]
        return not (paragraph.ends_like_a_sentence or paragraph.goes_on or paragraph.is_bullet)

    def _gather_summary(self) -> None:
        """What stands in a list under “Key points” is part of them."""
        for place, paragraph in enumerate(self.paragraphs[1:], start=1):
            above = self.worded[place - 1]
            if above and above.reason == SUMMARY and paragraph.is_bullet:
                self.worded[place] = self.worded[place] or above

    def _prose(self) -> list[int]:
        """Where the sentences of the article are: long ones, or any if there is no long one."""
        sentences = [
            place
            for place, paragraph in enumerate(self.paragraphs)
            if not self.worded[place]
            and paragraph.ends_like_a_sentence
            and not paragraph.begins_with_emoji
            and self.is_own(paragraph)
        ]
        long = [place for place in sentences if self.paragraphs[place].size >= _LEAST_PROSE]
        return self._before_the_close(long) or sentences

    def _before_the_close(self, prose: list[int]) -> list[int]:
        """Without what readers and lawyers say after the article."""
        total = sum(self.paragraphs[place].size for place in prose)
        read = 0
        for number, place in enumerate(prose):
            before = prose[number - 1] if number else 0
            closed = any(said and said.reason in CLOSES for said in self.worded[before:place])
            if closed and read > _MOST_OF_IT * total:
                return prose[:number]
            read += self.paragraphs[place].size
        return prose

    def _with_short_ends(self, last: int) -> int:
        """An article may close on short sentences: they are prose too, until the furniture begins."""
        led = False
        for place in range(last + 1, len(self.paragraphs)):
            worded, paragraph = self.worded[place], self.paragraphs[place]
            if worded and worded.reason in LEADS_TO_LINKS:
                led = led or not HAS_ITS_HEADLINE.search(paragraph.text)
            elif worded and worded.zone != "caption":
                break
            # Under “Read also” on a line of its own, only what cannot be a headline.
            elif self._is_own_sentence(place) and (not led or self._closes_links(place)):
                last = place
        return last

    def _is_own_sentence(self, place: int) -> bool:
        paragraph = self.paragraphs[place]
        is_plain = self.worded[place] is None
        return is_plain and paragraph.ends_like_a_sentence and self.is_own(paragraph)

    def _closes_links(self, place: int) -> bool:
        """A line with a full stop, after one without that the words above it lead to."""
        above = self.paragraphs[place - 1]
        is_link = self.worded[place - 1] is None and not above.ends_like_a_sentence
        return is_link and self.paragraphs[place].text.endswith((".", "。", "»", "”", "」"))

    def _title(self) -> int | None:
        if HEADLINE in self.known:
            return self.known.index(HEADLINE)
        above = range(min(self.first_prose, len(self.paragraphs) - 1))
        found = [place for place in above if self._may_be_title(place)]
        if not found:
            return None
        # “SCIENCE” above a longer line is the name of a section.
        first, *others = found
        is_label = others and self.paragraphs[first].is_label
        return others[0] if is_label else first

    def _may_be_title(self, place: int) -> bool:
        paragraph = self.paragraphs[place]
        if self.worded[place] or paragraph.is_name or paragraph.begins_with_emoji:
            return False
        return self.is_own(paragraph) and paragraph.size <= LONGEST and not paragraph.goes_on


def _as_known(known: Proposal | None) -> Proposal | None:
    """What no wording overrules; a heading may still be one over links, “Read also”."""
    return known if known in (HEADLINE, CAPTION) else None


def rule_of(text: str) -> Rule | None:
    """The first rule whose wording fits."""
    place = _WORDINGS.place_of(text)
    return None if place is None else RULES[place]


_WORDINGS = Wordings(rule.wording for rule in RULES)


def _by_wording(paragraph: Paragraph) -> Proposal | None:
    if paragraph.size > LONGEST:
        return None
    if is_date_line(paragraph.text):
        return DATE_LINE
    rule = rule_of(paragraph.text)
    return Proposal(rule.zone, rule.reason) if rule else None
