"""What stands in the same words in several documents is proposed as no text of theirs.

A short paragraph counts as repeated where documents of three different stories have it. That two
documents are one story is known from their story, or from what is left of them without the
repeated lines: copies of one text share that too, pages of one site do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.db import connection, transaction
from django.db.models import BooleanField, F, Func

from annotations.corpus.models import Document, Passage, Zone
from annotations.corpus.sketching.anchors import Piece
from annotations.corpus.sketching.shingling import WORD, line_number, shingles
from annotations.corpus.sketching.sketch import LONGEST_LINE, salt_of, short_lines, told_in
from annotations.corpus.stories.sketches import complete, in_batches, pieces_of, renew
from annotations.project.models import Project
from annotations.text.phrases import wording

REPEATED = wording("repeated in %(count)s documents")
LEAST = 3
# So many of a line's documents are looked at to tell whether three differ.
LOOKED_AT = 12
# Documents whose rest is alike to this share tell the same.
ALIKE = 0.5
_FEW_SHINGLES = 5

# Each part once, and hashed: right after a delivery the planner knows nothing of its rows, takes the
# tables for small ones and would compare each line with each. 3,000 documents: 1.4 s so, 0.03 hashed.
SHARED_LINES = """
WITH wanted AS MATERIALIZED (
  SELECT DISTINCT unnest(lines) AS line FROM annotations_documentsketch
   WHERE document_id = ANY(%(documents)s)),
present AS MATERIALIZED (
  SELECT document_id, unnest(lines) AS line FROM annotations_documentsketch s
   WHERE project_id = %(project)s
     AND NOT EXISTS (SELECT 1 FROM annotations_document n WHERE n.previous_id = s.document_id))
SELECT line, array_agg(document_id ORDER BY document_id)
  FROM present JOIN wanted USING (line)
 GROUP BY line HAVING count(*) >= %(least)s
"""

Lines = Mapping[int, list[int]]


def propose_repeats(project: Project, documents: Iterable[int]) -> int:
    """Proposes as boilerplate what these documents share with others, in all that have it.

    Titles, what a person has settled and documents that somebody has been assigned to stay as they
    are. Gives how many passages changed; may be run again at any time.
    """
    asked = set(documents)
    complete(project.pk, asked)
    by_document: dict[int, dict[int, int]] = defaultdict(dict)
    for line, (count, having) in _repeated(project, asked).items():
        for document in having:
            by_document[document][line] = count
    return sum(_mark(project, some, by_document) for some in in_batches(by_document))


def _repeated(project: Project, documents: set[int]) -> dict[int, tuple[int, list[int]]]:
    """The lines of three stories: how many documents have them, and in which to mark them.

    Where enough of the others had a line before, it is marked there already.
    """
    shared = _shared(project, documents)
    others = {line: [pk for pk in having if pk not in documents] for line, having in shared.items()}
    samples = [*map(_sample, shared.values()), *map(_sample, others.values())]
    rest = _Rest(project, shared, {pk for sample in samples for pk in sample})
    found = {}
    for line, having in shared.items():
        if rest.differ(_sample(having)):
            is_known = rest.differ(_sample(others[line]))
            new = [pk for pk in having if pk in documents] if is_known else having
            found[line] = (len(having), new)
    return found


def _shared(project: Project, documents: set[int]) -> dict[int, list[int]]:
    """The documents of each line that one of these has and at least three of the project."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_nestloop', 'off', true)")
        cursor.execute(
            SHARED_LINES, {"project": project.pk, "documents": list(documents), "least": LEAST}
        )
        return dict(cursor.fetchall())


def _sample(documents: list[int]) -> list[int]:
    return documents[:: max(1, len(documents) // LOOKED_AT)]


class _Rest:
    """What is left of documents without the lines that several have."""

    def __init__(self, project: Project, shared: Lines, documents: Iterable[int]) -> None:
        self._stories: dict[int, int | None] = {}
        self._left: dict[int, set[int]] = {}
        salt = salt_of(project.pk)
        for some in in_batches(documents):
            pieces = pieces_of(some)
            rows = Document.objects.filter(pk__in=some).values_list("pk", "story", "text")
            for pk, story, text in rows:
                self._stories[pk] = story
                self._left[pk] = _left(text, pieces[pk], shared, salt)

    def differ(self, documents: Iterable[int]) -> bool:
        """Whether three of them tell three stories."""
        different: list[int] = []
        for document in documents:
            if not any(self._same(document, other) for other in different):
                different.append(document)
            if len(different) == LEAST:
                return True
        return False

    def _same(self, one: int, other: int) -> bool:
        if self._stories[one] is not None and self._stories[one] == self._stories[other]:
            return True
        here, there = self._left[one], self._left[other]
        fewest = min(len(here), len(there))
        # Nothing of their own is no sign of another story: copies of short lines look like that.
        return fewest < _FEW_SHINGLES or len(here & there) >= ALIKE * fewest


def _left(text: str, pieces: Sequence[Piece], shared: Lines, salt: int) -> set[int]:
    lines = short_lines(pieces)
    out = {
        line.paragraph
        for line in lines
        if line_number(text[line.start : line.end], salt=salt) in shared
    }
    told = [piece for piece in told_in(pieces) if piece.paragraph not in out]
    words = [word for piece in told for word in WORD.findall(text, piece.start, piece.end)]
    found: list[int] = shingles(words).tolist()
    return set(found)


@transaction.atomic
def _mark(project: Project, documents: list[int], counts: Mapping[int, Mapping[int, int]]) -> int:
    changed = []
    salt = salt_of(project.pk)
    rows = (
        Passage.objects.select_for_update(no_key=True, of=("self",))
        .filter(document__in=documents)
        .annotate(
            assigned=Func(
                F("document_id"), function="workbench_is_assigned", output_field=BooleanField()
            )
        )
        .filter(assigned=False)
        .order_by("document", "index")
    )
    texts = dict(Document.objects.filter(pk__in=documents).values_list("pk", "text"))
    for (document, _paragraph), group in groupby(
        rows, lambda row: (row.document_id, row.paragraph)
    ):
        passages = list(group)
        start, end = passages[0].start, passages[-1].end
        if end - start > LONGEST_LINE:
            continue
        line = line_number(texts[document][start:end], salt=salt)
        if line in counts[document]:
            changed += _proposed(passages, REPEATED % {"count": counts[document][line]})
    Passage.objects.bulk_update(changed, ["zone", "zone_reason"])
    renew(project.pk, {passage.document_id for passage in changed})
    return len(changed)


def _proposed(passages: Sequence[Passage], reason: str) -> list[Passage]:
    """Those of the paragraph that change: what is settled, a title, or out already is not."""
    found = []
    for passage in passages:
        stays = passage.zone in (Zone.TITLE, Zone.BOILERPLATE)
        if not stays and passage.zone_confirmed_at is None:
            passage.zone, passage.zone_reason = Zone.BOILERPLATE, reason
            found.append(passage)
    return found
