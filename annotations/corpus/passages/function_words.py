"""Small words that tell the languages in Latin script apart. Pure.

Where a passage holds several of its document's language and far fewer of any other, no model needs
to be asked: that is so for most sentences, and costs a twentieth. A word that is common in several
of these languages stands in the list of each or of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_ENOUGH = 2
# What says of a whole text which language it is in; less, and the model is asked.
_PLENTY = 5
# So much of a passage stands elsewhere in its document, where that is plainly in its language.
_FAMILIAR = 2 / 3

_LISTS = {
    "en": "the and of that with was were for from this which have has had are been they their he she"
    " his her would could should will not but what when who about there into than more said its it why"
    " where while because through against between these those most many before after such only how"
    " you your our could just any each both does did says people years d",
    "fr": "le les des est et dans pour qui que sur avec pas une du ce cette ces sont été nous vous"
    " leur leurs mais où aux au plus par ont elle elles ils selon être fait comme son ses même qu"
    " l d n tout tous toute toutes aussi très leurs sous vers chez depuis pendant alors ainsi encore"
    " peut peuvent font ceux celui celle dont quand quelle lorsque afin avant après contre beaucoup"
    " trop toujours jamais rien notre votre était étaient avait avaient sera avons cependant moins",
    "de": "der die das und ist nicht mit den dem ein eine einen einem einer auf für von zu sich auch"
    " werden wird wurde sind haben hat nach bei aus nur noch wie über oder aber dass als im zum zur",
    "es": "el los las una que del con para por como pero más este esta estos fue han sus ser muy"
    " también hay sobre entre cuando desde donde y es su se lo ya según años",
    "it": "il lo gli della delle dei degli che di non per con una sono è nel nella dal dalla alla"
    " anche più come questo questa ma ha hanno era si loro suo sua dopo anni tra l d dell nell",
    "pt": "os das dos uma não com para por mais foi são ao pela pelo também mas como ele ela eles"
    " você seu sua muito já entre depois anos nos nas em um que é",
    "nl": "het een van en niet met voor zijn haar dat die deze door ook maar naar bij nog wel hebben"
    " heeft wordt werden uit aan als om te hun geen over worden",
    "ro": "și că nu pentru din pe este sunt care au fost mai cu într dintr ale lui la ce dacă după"
    " despre între fără cei cele această acest sau însă spus unui unei l n"
    " iar fi unde când asupra prin toate toți doar foarte atunci acum astfel",
    "pl": "nie się jest że na do to jak ale po przez dla od są był była było tym tego który która"
    " które oraz także już tylko może przy jego jej ich",
    "sv": "och att det som är för med på av den till inte har om ett men var jag från vi så kan när"
    " efter eller hade skulle sig",
    "da": "og at det som er for med på af den til ikke har om et men var jeg fra vi så kan når efter"
    " eller havde skulle sig blev",
    "tr": "ve bir bu için ile da de daha çok olarak gibi kadar sonra olan değil ise en ne var",
    "vi": "và của là có cho không được với các những một người trong này đã khi từ",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada oleh",
}


_LANGUAGES: dict[str, tuple[str, ...]] = {
    word: tuple(language for language, others in _LISTS.items() if word in others.split())
    for said in _LISTS.values()
    for word in said.split()
}
_KNOWN = frozenset(_LANGUAGES)
_NONE: frozenset[str] = frozenset()
_WORDS_OF = {language: frozenset(said.split()) for language, said in _LISTS.items()}
# What may speak against each language.
_SPEAKS_AGAINST = {
    language: frozenset(word for word, others in _LANGUAGES.items() if others != (language,))
    for language in _LISTS
}


class Words(NamedTuple):
    """The different words of a passage: how many of them are small words of its document's language,
    how many at most of any other."""

    every: set[str]
    own: int
    others: int

    @property
    def are_plainly_own(self) -> bool:
        """Whether there are small words of this language, and far fewer of any other."""
        return self.own >= _ENOUGH and self.own > 2 * self.others

    def are_familiar(self, known: Set[str]) -> bool:
        """Whether most of them are known to be of this language, and no other claims more."""
        if not self.own or self.own < self.others:
            return False
        return len(self.every & known) >= _FAMILIAR * len(self.every)


def words_of(passage: str, language: str) -> Words:
    """
    >>> words_of("They were not asked about the pay.", "en").are_plainly_own
    True
    >>> words_of("Ils ne sont pas payés pour les nuits.", "en").are_plainly_own
    False
    >>> words_of("Low pay!", "en").are_plainly_own
    False
    """
    words = set(_WORD.findall(passage.lower()))
    own = len(words & _WORDS_OF.get(language, _NONE))
    if not own:
        return Words(words, 0, 0)
    against = words & _SPEAKS_AGAINST.get(language, _KNOWN)
    if not against:
        return Words(words, own, 0)
    counts = _tallied(against)
    counts.pop(language, None)
    return Words(words, own, max(counts.values(), default=0))


def has_small_words(text: str) -> bool:
    """Whether any language that it knows would be at home in the text: not in names alone.

    >>> has_small_words("iPhone Pro Max"), has_small_words("the iPhone")
    (False, True)
    """
    return bool(_counted(text))


def plain_language(text: str) -> str | None:
    """The language that a text of some length is in beyond doubt; None to ask the model.

    >>> plain_language("Low pay!") is None
    True
    """
    counts = _counted(text)
    best = max(counts, key=lambda language: counts[language], default="")
    own = counts.pop(best, 0)
    return best if own >= _PLENTY and own >= 2 * max(counts.values(), default=0) else None


def _counted(text: str) -> dict[str, int]:
    """How many different small words of each language there are."""
    return _tallied(_KNOWN.intersection(_WORD.findall(text.lower())))


def _tallied(words: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in words:
        for language in _LANGUAGES[word]:
            counts[language] = counts.get(language, 0) + 1
    return counts
