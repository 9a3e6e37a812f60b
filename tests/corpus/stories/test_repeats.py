"""Lines that pages share are no text of theirs; lines that copies of one text share are."""

from __future__ import annotations

from annotations.corpus.models import Document, Passage, Story
from annotations.corpus.speaking import zone_reason_in_words
from annotations.corpus.stories.repeats import propose_repeats
from tests import cast as made
from tests.cast import NOW, Cast

LINE = "Follow us wherever you get your news."
LONG = (
    "Nobody could say when the lamps would come back, and least of all the man who had sold them. "
)
TALES = (
    "A goat was found on the roof of the town hall, and it did not wish to come down.",
    "The price of bread has risen for the third time since the mill in the valley was closed.",
    "Two sailors have rowed around the island in a bathtub, for a bet that nobody remembers.",
    "Swimming lessons are free for children until the end of the summer, says the council.",
)


def page(cast: Cast, tale: str, *more: str, zones: tuple[str, ...] = ()) -> Document:
    title = f"Tale of {tale.split()[1]} {len(more)} {Document.objects.count()}"
    return made.document(
        cast.project, "\n".join((title, tale, *more)), title=title, zones=zones or ("title",)
    )


def run(cast: Cast, *rows: Document) -> int:
    return propose_repeats(cast.project, [row.pk for row in rows])


def marked(*rows: Document) -> list[list[int]]:
    found = []
    for row in rows:
        out = row.passages.filter(zone="boilerplate").order_by("index")
        found.append(list(out.values_list("index", flat=True)))
    return found


def test_a_line_of_three_stories_is_proposed_as_boilerplate(cast: Cast) -> None:
    rows = [page(cast, tale, LINE) for tale in TALES[:3]]
    assert run(cast, *rows) == 3
    assert marked(*rows) == [[2], [2], [2]]
    (reason,) = set(
        Passage.objects.filter(zone="boilerplate").values_list("zone_reason", flat=True)
    )
    assert zone_reason_in_words(reason) == "repeated in 3 documents"
    assert run(cast, *rows) == 0


def test_a_line_of_two_is_not(cast: Cast) -> None:
    rows = [page(cast, tale, LINE) for tale in TALES[:2]]
    assert run(cast, *rows) == 0


def test_the_third_page_marks_the_line_on_the_first_two(cast: Cast) -> None:
    older = [page(cast, tale, LINE) for tale in TALES[:2]]
    run(cast, *older)
    newer = page(cast, TALES[2], LINE.upper())
    assert run(cast, newer) == 3
    assert marked(*older, newer) == [[2], [2], [2]]


def test_lines_of_three_copies_of_one_text_stay(cast: Cast) -> None:
    rows = [page(cast, TALES[0], TALES[1], LINE, LONG * 3 + str(n)) for n in range(4)]
    assert run(cast, *rows) == 0


def test_copies_in_short_lines_alone_stay_too(cast: Cast) -> None:
    rows = [page(cast, TALES[0], TALES[1], LINE) for _ in range(4)]
    assert run(cast, *rows) == 0


def test_documents_of_one_story_count_once(cast: Cast) -> None:
    rows = [page(cast, tale, LINE) for tale in TALES[:3]]
    story = Story.objects.create(project=cast.project)
    Document.objects.filter(pk__in=[rows[0].pk, rows[1].pk]).update(story=story)
    assert run(cast, *rows) == 0


def test_titles_and_what_a_person_settled_stay(cast: Cast) -> None:
    titled = page(cast, TALES[0], LINE, zones=("title", "body", "title"))
    settled = page(cast, TALES[1], LINE)
    settled.passages.filter(index=2).update(zone_confirmed_at=NOW)
    plain = page(cast, TALES[2], LINE)
    assert run(cast, titled, settled, plain) == 1
    assert marked(titled, settled, plain) == [[], [], [2]]


def test_documents_that_somebody_codes_stay(cast: Cast) -> None:
    rows = [page(cast, tale, LINE) for tale in TALES[:3]]
    batch = made.batch(cast.project, cast.edition, rows[:1])
    made.assignment(batch, rows[0], cast.coder(cast.ada))
    assert run(cast, *rows) == 2
    assert marked(*rows) == [[], [2], [2]]


def test_what_is_taken_out_leaves_the_sketch(cast: Cast) -> None:
    rows = [page(cast, tale, LINE) for tale in TALES[:3]]
    run(cast)
    before = [row.sketch.bands for row in Document.objects.filter(sketch__isnull=False)]
    assert before == []
    run(cast, rows[0])
    first = Document.objects.get(pk=rows[0].pk).sketch.bands
    run(cast, *rows)
    assert Document.objects.get(pk=rows[0].pk).sketch.bands != first


def test_a_story_of_another_project_counts_for_nothing(cast: Cast) -> None:
    other = type(cast.project).objects.create(slug="other", name="Other")
    rows = [page(cast, tale, LINE) for tale in TALES[:2]]
    made.document(other, f"Another\n{TALES[3]}\n{LINE}\n", title="Another")
    assert run(cast, *rows) == 0
