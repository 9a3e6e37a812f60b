"""Building documents.jsonl of a release, beside an ordered join streamed by COPY."""

from __future__ import annotations

import time
from uuid import uuid4

from annotations.coding import recording, submitting
from annotations.coding.bodies import parse
from annotations.coding.showing import work_of
from annotations.coding.submitting import Submission
from annotations.release.freezing import freeze_release
from annotations.release.models import Release, ReleaseSpan
from annotations.release.serving import lines
from tests import databases
from tests.benchmarks.conftest import Record
from tests.cast import NOW, Cast, assignment, batch, body_of, document

DOCUMENTS = 100
SPANS = 100  # a document
COPY = """
COPY (SELECT row_to_json(s) FROM annotations_releasespan s
        JOIN annotations_releasedocument d ON d.id = s.released_id
       WHERE s.release_id = {release} ORDER BY d.position, s.id) TO STDOUT
"""


def code_everything(cast: Cast) -> None:
    sentences = [
        f"In room {n} of the lab, nobody asks why the lights stay on." for n in range(SPANS)
    ]
    texts = [
        document(cast.project, "\n".join([f"Day {day}", *sentences]), title=f"Day {day}")
        for day in range(DOCUMENTS)
    ]
    round_ = batch(cast.project, cast.edition, texts, slots=1)
    for text in texts:
        work = assignment(round_, text, cast.coder(cast.ada))
        for sentence in sentences:
            body = parse(body_of(work, sentence, stance="against"))
            recording.annotate(work_of(work), uuid4(), body, operation=uuid4(), now=NOW)
        submission = Submission(judged=range(SPANS + 1))
        submitting.submit(work, submission, by=work.coder, now=NOW)


def best_of(times: int, run: object) -> float:
    """Seconds of the quickest run: the others had to share the machine."""
    assert callable(run)
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        found.append(time.perf_counter() - begin)
    return min(found)


def copied(release: Release) -> int:
    with (
        databases.connect() as raw,
        raw.cursor() as cursor,
        cursor.copy(COPY.format(release=release.pk)) as out,
    ):
        return sum(len(piece) for piece in out)


def test_building_documents_jsonl(live_cast: Cast, record: Record) -> None:
    code_everything(live_cast)
    release = freeze_release(live_cast.project, by=live_cast.mia, now=NOW)
    total = ReleaseSpan.objects.filter(release=release).count()
    assert total == DOCUMENTS * SPANS
    ours = total / best_of(3, lambda: sum(map(len, lines(release))))
    theirs = total / best_of(3, lambda: copied(release))
    record(
        f"build documents.jsonl, {total} spans",
        ours,
        "spans/s",
        limit="the same rows joined, ordered and streamed by COPY … row_to_json",
        limit_value=theirs,
        aim=">= 0.5",
    )
