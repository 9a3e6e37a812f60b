"""Two releases to pull: articles in three languages, with emoji, nested, crossing and same-extent labels."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from annotations.adjudication.ruling import reopen
from annotations.corpus.models import Document, Story
from annotations.project.accounts import create_token
from annotations.release.freezing import freeze_release
from annotations.release.models import Release
from annotations.release.serving import lines
from annotations.release.splitting import Shares
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.adjudication.makers import Coding
from tests.cast import NOW, Cast
from tests.release.conftest import settle

ARTICLES = 24
# In braces what is tagged; what stands before it is one, two and more code points and UTF-16 units.
SENTENCES = {
    "compensation": (
        "😀 {The salary of a researcher doubled} in week %s.",
        "🇫🇷 {Le salaire des chercheuses a doublé} à la semaine %s.",
        "👩🏽‍🔬👩🏽‍🔬 {研究员的工资翻了一倍}，第%s周。",
    ),
    "burnout": (
        "🌙 {They stay until midnight} and nobody minds, week %s.",
        "Cafe\u0301 fermé : {ils restent jusqu’à minuit}, semaine %s.",
        "🌙 {他们工作到午夜}，没人在意，第%s周。",
    ),
    "secrecy": (
        "𝒮 {Only the board may read the paper}, as in week %s.",
        "« {Seule la direction peut lire l’article} », semaine %s.",
        "只有{董事会可以阅读论文}。第%s周。",
    ),
}
SOUP = (
    "The canteen serves soup in week %s.",
    "La cantine sert de la soupe, semaine %s.\u2028Rien d’autre.",
    "食堂供应汤，第%s周。",
)
STANCES = ("favor", "against", "mixed")


@dataclass
class Gold:
    """`v1` is split by story; `v2` has one article more and one less."""

    v1: Release
    v2: Release
    token: str

    @property
    def path(self) -> str:
        return f"/api/v1/projects/{self.v1.project.slug}"

    @property
    def documents(self) -> list[dict[str, Any]]:
        """The lines of `v1`."""
        return [json.loads(each) for each in lines(self.v1)]

    @property
    def spans(self) -> list[dict[str, Any]]:
        return [span for document in self.documents for span in document["spans"]]


def assemble(cast: Cast) -> Gold:
    """ada and ben agree, but for one article on which cleo rules, and which is opened again."""
    disputed = makers.document(cast.project, title="Disputed")
    articles = [_article(cast, number) for number in range(ARTICLES)]
    for one, other in zip(articles[:8:2], articles[1:8:2], strict=True):
        _same_story(cast, one[0], other[0])
    _numbered([disputed, *(each for each, _ in articles)])
    batch = made.batch(cast.project, cast.edition, [*(each for each, _ in articles), disputed])
    for document, codings in articles:
        makers.coded(batch, document, dict.fromkeys(_coders(cast), codings))
    ada, ben = _coders(cast)
    makers.coded(batch, disputed, {ada: [makers.NIGHTS], ben: [makers.LATE]})
    settle(disputed, cast)
    shares = Shares(0.5, 0.25, 0.25, seed=7)
    v1 = freeze_release(cast.project, by=cast.mia, now=NOW, shares=shares)
    _open_again(disputed, cast)
    late, codings = _article(cast, 99)
    batch = made.batch(cast.project, cast.edition, [late], name="Round 2")
    makers.coded(batch, late, dict.fromkeys(_coders(cast), codings))
    v2 = freeze_release(cast.project, by=cast.mia, now=NOW, shares=shares)
    token = create_token(cast.rita, name="recipes", scopes=["releases"], now=timezone.now())
    return Gold(v1, v2, token.secret)


def _numbered(documents: Iterable[Document]) -> None:
    """Ids by number, so that the draw of stories is the same whenever it is made."""
    for number, each in enumerate(documents):
        each.uuid = UUID(int=number + 1, version=4)
        each.save(update_fields=["uuid"])
    for number, story in enumerate(Story.objects.order_by("pk"), start=1000):
        story.uuid = UUID(int=number, version=4)
        story.save(update_fields=["uuid"])


def _coders(cast: Cast) -> tuple[Any, Any]:
    return cast.coder(cast.ada), cast.coder(cast.ben)


def _same_story(cast: Cast, *documents: Document) -> None:
    story = Story.objects.create(project=cast.project, title=documents[0].title)
    for document in documents:
        document.story = story
        document.save(update_fields=["story"])


def _open_again(document: Document, cast: Cast) -> None:
    case = the_case(document)
    reopen(document, case.rulings[0].dispute, by=cast.cleo, base=case.version, now=NOW)


def _article(cast: Cast, number: int) -> tuple[Document, list[Coding]]:
    """In one of the languages; each theme in every second article, and a passage without any."""
    language, stance = number % 3, STANCES[number % len(STANCES)]
    text: list[str] = [f"{number} 🧪 新闻"]
    codings: list[Coding] = []
    for order, (theme, sentences) in enumerate(SENTENCES.items()):
        if (number + order) % 2:
            sentence = sentences[language] % number
            quote = sentence[sentence.index("{") + 1 : sentence.index("}")]
            text.append(sentence.replace("{", "").replace("}", ""))
            codings.append((quote, theme, stance))
    text.append(SOUP[language] % number)
    # Nested in the last, of the same extent as it, and crossing it.
    quote = codings[-1][0]
    codings += [(quote[2:-2], "other", "none"), (quote, "other", "unclear")]
    document = makers.document(cast.project, "\n".join(text), title=f"No. {number}")
    return document, codings
