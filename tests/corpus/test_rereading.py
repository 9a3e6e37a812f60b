from __future__ import annotations

import pytest

from annotations import queue
from annotations.assignment.claiming import claim_next
from annotations.assignment.renewing import renew
from annotations.assignment.searching import matching
from annotations.corpus.choices import AS_PROPOSED, Choices, Columns, Replacement
from annotations.corpus.confirming import confirm_zones
from annotations.corpus.deliveries.admitting import admit
from annotations.corpus.models import (
    Document,
    DocumentSketch,
    Import,
    ImportFile,
    Outcome,
    Source,
    Story,
    StoryCandidate,
)
from annotations.corpus.readers.reading import read
from annotations.corpus.rereading import preview, reread
from annotations.corpus.stories import sketches
from annotations.corpus.stories.deciding import propose, refuse, waiting
from annotations.corpus.stories.gathering import OF_DOCUMENT, gather_document
from annotations.corpus.texts.normalising import rebuild
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from tests import cast as made
from tests.cast import NOW, Cast
from tests.corpus.stories.tales import data_of
from tests.corpus.texts.misreading import dropped, misread
from tests.release.bytes_gone import lose_bytes

TEXT = "Noël à l’école.\n\nC’était déjà l’été.\nPartager cet article\n"
DAMAGED = dropped(misread(TEXT, "ISO-8859-16")).encode()
POLISH = "Zażółć gęślą jaźń. Naukowcy mówią, że presja jest zbyt duża.".encode("cp1250")


def stored(cast: Cast, data: bytes, choices: Choices = AS_PROPOSED) -> Document:
    return admit(read("a.txt", data, choices), data, into=cast.project, name="a.txt").document


@pytest.fixture
def article(cast: Cast) -> Document:
    return stored(cast, DAMAGED)


def test_a_preview_shows_the_effect_and_stores_nothing(article: Document) -> None:
    found = preview(article, Choices(repair="none"))
    assert found.text == DAMAGED.decode() == found.before
    assert [row.number for row in found.against_present()] == [1, 3]
    assert Document.objects.count() == 1
    assert Document.objects.get().text == TEXT


def test_reading_anew_makes_the_next_version_and_keeps_the_first(
    cast: Cast, article: Document
) -> None:
    following = reread(article, Choices(repair="none"), by=cast.mia)
    assert (following.version, following.previous) == (2, article)
    assert following.text == DAMAGED.decode()
    assert list(Document.objects.current()) == [following]
    again = reread(following, AS_PROPOSED, by=cast.mia)
    assert (again.version, again.text) == (3, TEXT)
    assert rebuild(DAMAGED, again.repairs)[0] == TEXT
    assert Source.objects.count() == 1


def test_where_nothing_would_change_there_is_no_new_version(cast: Cast, article: Document) -> None:
    assert reread(article, AS_PROPOSED, by=cast.mia) == article
    assert Document.objects.count() == 1


def test_another_encoding_is_taken_as_chosen(cast: Cast) -> None:
    wrong = stored(cast, POLISH, Choices(encoding="cp1252"))
    following = reread(wrong, Choices(encoding="cp1250"), by=cast.mia)
    assert following.text == POLISH.decode("cp1250")
    assert following.encoding == "cp1250"
    assert following.repairs[0]["how"] == "chosen"


def test_what_cannot_be_read_so_is_refused_in_words(cast: Cast, article: Document) -> None:
    with pytest.raises(Invalid) as refusal:
        preview(article, Choices(encoding="klingon"))
    assert refusal.value.extra["errors"][0]["field"] == "encoding"
    assert Document.objects.count() == 1


def test_single_substitutions_are_adjusted(cast: Cast, article: Document) -> None:
    following = reread(article, Choices(replacements=(Replacement("â", "'"),)), by=cast.mia)
    assert following.text == TEXT.replace("’", "'")


def test_confirmed_zones_come_along_where_the_passage_is_the_same(
    cast: Cast, article: Document
) -> None:
    last = article.passages.order_by("index").last()
    assert last is not None
    everything = dict.fromkeys(article.passages.values_list("index", flat=True), "digest")
    confirm_zones(article, everything, by=cast.mia, now=NOW)
    following = reread(article, Choices(repair="none"), by=cast.mia)
    zones = [(each.zone, each.zone_confirmed_at) for each in following.passages.order_by("index")]
    assert zones[-1] == ("digest", NOW)
    assert all(confirmed is None for _zone, confirmed in zones[:-1])


def test_once_anyone_is_assigned_the_text_stays(cast: Cast, article: Document) -> None:
    batch = made.batch(cast.project, cast.edition, [article], name="Now")
    assert claim_next(cast.project, by=cast.ada, now=NOW)
    with pytest.raises(NotNow) as refusal:
        renew(article, Choices(repair="none"), by=cast.mia)
    assert refusal.value.extra["reason"] == "assigned"
    assert batch.items.get().document == article


def test_a_round_that_nobody_has_begun_gets_the_next_version(cast: Cast, article: Document) -> None:
    batch = made.batch(cast.project, cast.edition, [article], name="Later")
    following = renew(article, Choices(repair="none"), by=cast.mia)
    assert batch.items.get().document == following


def test_an_older_version_is_not_read_anew(cast: Cast, article: Document) -> None:
    reread(article, Choices(repair="none"), by=cast.mia)
    with pytest.raises(NotNow) as refusal:
        reread(article, AS_PROPOSED, by=cast.mia)
    assert refusal.value.extra["reason"] == "not-current"


def test_only_who_may_import_may_read_anew(cast: Cast, article: Document) -> None:
    for person, refusal in (
        (cast.ada, NotAllowed),
        (cast.cleo, NotAllowed),
        (cast.dag, NotVisible),
    ):
        with pytest.raises(refusal):
            reread(article, AS_PROPOSED, by=person)


def test_without_its_bytes_a_document_stays_as_it_is(cast: Cast, article: Document) -> None:
    lose_bytes()
    with pytest.raises(NotNow) as refusal:
        preview(article, AS_PROPOSED)
    assert refusal.value.extra["reason"] == "taken-down"


def test_a_row_of_a_table_stays_a_row(cast: Cast) -> None:
    row = f'{{"text": "{misread("C’était déjà l’été.", "Windows-1252")}"}}'.encode()
    choices = Choices(columns=Columns("text"))
    document = stored(cast, row, choices)
    delivery = Import.objects.create(project=cast.project)
    ImportFile.objects.create(
        delivery=delivery, position=0, name="a", size=1, document=document, outcome=Outcome.ADDED,
        reading=choices.as_json(),
    )  # fmt: skip
    following = reread(document, Choices(repair="none"), by=cast.mia)
    assert following.text == misread("C’était déjà l’été.", "Windows-1252")
    file = ImportFile.objects.get()
    assert (file.document, Choices.from_json(file.reading).repair) == (following, "none")
    assert reread(following, AS_PROPOSED, by=cast.mia).text == "C’était déjà l’été."


def test_the_next_version_is_searched_and_the_former_one_no_more(
    cast: Cast, article: Document
) -> None:
    def hits() -> list[int]:
        return [row.document_id for row in matching(cast.project, "partager", by=cast.mia)]

    assert hits() == [article.pk]
    following = reread(article, Choices(repair="none"), by=cast.mia)
    assert hits() == [following.pk]


def test_the_next_version_is_sketched_and_in_its_story_at_once(
    cast: Cast, article: Document
) -> None:
    sketches.renew(cast.project.pk, [article.pk])
    story = Story.objects.create(project=cast.project, title="Summer")
    Document.objects.filter(pk=article.pk).update(story=story, story_relation="copy")
    following = reread(article, Choices(repair="none"), by=cast.mia)
    assert list(DocumentSketch.objects.values_list("document", flat=True)) == [following.pk]
    following.refresh_from_db()
    assert (following.story, following.story_relation) == (story, "copy")
    assert queue.live(OF_DOCUMENT) == [{"document_id": following.pk}]


def test_what_was_decided_of_a_pair_holds_for_the_next_version(
    cast: Cast, article: Document
) -> None:
    twin = stored(cast, TEXT.encode())
    propose(cast.project, [article.pk, twin.pk])
    refuse(StoryCandidate.objects.get(), by=cast.mia, now=NOW)
    following = reread(article, Choices(repair="none"), by=cast.mia)
    gather_document(following.pk)
    assert not waiting(cast.project).exists()


def test_a_pair_that_waits_waits_for_the_next_version(cast: Cast) -> None:
    first = stored(cast, data_of("bridge.en"))
    other = stored(cast, data_of("bridge.copy.en"))
    propose(cast.project, [first.pk, other.pk])
    assert waiting(cast.project).get().first == first
    following = reread(first, Choices(encoding="cp1252"), by=cast.mia)
    assert following != first
    gather_document(following.pk)
    pair = waiting(cast.project).get()
    assert {pair.first, pair.second} == {following, other}
