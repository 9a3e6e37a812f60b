"""The next dispute of ten thousand, and a submission with its snapshot."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from uuid import uuid4

from django.test import Client

from annotations.adjudication.models import Decision, Point
from annotations.adjudication.patterns import Pattern
from annotations.adjudication.ruling import rule
from annotations.adjudication.standing import catch_up, waiting
from annotations.adjudication.sweeping import preview
from annotations.adjudication.verdicts import Verdict
from annotations.assignment.models import Assignment, Batch, State
from annotations.coding.models import Snapshot
from annotations.corpus.models import Document
from annotations.project.models import Coder
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.benchmarks.blocks import percentile, timed
from tests.benchmarks.conftest import Record
from tests.cast import NOW, Cast, assignment, batch, document, enrol, person

DOCUMENTS, DISPUTES, CODERS = 1_000, 10, 3
SENTENCE = "Sentence number {n:02d} of the day. "
THEMES = ("burnout", "compensation", "secrecy", "other")


def study(cast: Cast) -> list[Document]:
    """Each document with ten sentences of which one coder of three says something else."""
    chance = Random(8)
    coders = [enrol(person(f"coder{n}"), cast.project, roles=["annotator"]) for n in range(6)]
    lines = [SENTENCE.format(n=n) for n in range(DISPUTES)]
    texts = [document(cast.project, f"Day {n:05d}.\n" + "\n".join(lines)) for n in range(DOCUMENTS)]
    round_ = batch(cast.project, cast.edition, texts, slots=CODERS, checked_share=0.05)
    for text in texts:
        themes = [chance.choice(THEMES) for _ in lines]
        for slot, coder in enumerate(chance.sample(coders, CODERS), start=1):
            stance = "favor" if slot == CODERS else "against"
            submitted(round_, text, coder, slot, [(theme, stance) for theme in themes])
    return texts


def submitted(
    round_: Batch, text: Document, coder: Coder, slot: int, said: list[tuple[str, str]]
) -> None:
    work = assignment(round_, text, coder, slot=slot)
    first = text.text.index("\n") + 1
    length = len(SENTENCE.format(n=0))
    Snapshot.objects.create(
        **{"project": text.project, "assignment": work, "batch": round_, "number": 1},
        **{"document": text, "coder": coder, "edition": round_.edition, "taken_at": NOW},
        spans=[
            {
                **{"annotation": str(uuid4()), "revision": work.pk * 100 + n, "certainty": None},
                **{"start": first + n * (length + 1), "end": first + n * (length + 1) + length - 2},
                **{"theme": theme, "stance": stance, "holder_kind": "author", "holder_name": None},
            }
            for n, (theme, stance) in enumerate(said)
        ],
        judged=list(range(DISPUTES + 1)),
        mark_passage=list(range(1, len(said) + 1)),
        mark_span=list(range(len(said))),
    )
    Assignment.objects.filter(pk=work.pk).update(state=State.SUBMITTED, submitted_at=NOW)


def test_the_next_of_ten_thousand(live_cast: Cast, record: Record) -> None:
    study(live_cast)
    project, cleo = live_cast.project, live_cast.cleo
    (taken,) = timed(lambda: catch_up(project, most=DOCUMENTS), 1)
    assert waiting(project).filter(kind="dispute").count() == DOCUMENTS * DISPUTES
    limit = {"limit": "the aim in milliseconds", "aim": "<= 1"}
    record("derive a document anew", taken / DOCUMENTS, "ms", limit_value=20, **limit)
    client = Client()
    client.force_login(cleo)
    address = f"/projects/{project.slug}/adjudication/next"
    theme = waiting(project).exclude(family="").values_list("family", flat=True)[0]
    pair = Point.objects.exclude(pairs=[]).values_list("pairs", flat=True)[0][0]
    middle = Document.objects.order_by("pk")[DOCUMENTS // 2].uuid
    for name, query in (
        ("by document", ""),
        ("by document, after one in the middle", f"?after={middle}.20"),
        ("by theme", f"?by=theme&theme={theme}"),
        ("by pair", f"?by=pair&pair={pair}"),
    ):
        found = timed(lambda query=query: to(client, address + query), 30)  # type: ignore[misc]
        record(
            f"the next dispute of {DOCUMENTS * DISPUTES}, {name}",
            percentile(found, 50),
            "ms",
            limit_value=20,
            p95=percentile(found, 95),
            **limit,
        )
    after = [after_a_ruling(live_cast, client, address) for _ in range(20)]
    found = sorted(after)
    record(
        "the next dispute after a ruling",
        percentile(found, 50),
        "ms",
        limit_value=20,
        p95=percentile(found, 95),
        **limit,
    )
    (seen,) = timed(lambda: preview(project, Pattern("stance"), by=cleo), 1)
    record("preview of a rule for all of them", seen / 1000, "s", limit_value=10, **limit)


def to(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert "#d-" in answer["Location"]


def after_a_ruling(cast: Cast, client: Client, address: str) -> float:
    """Milliseconds, with the one document to be derived that the ruling has changed."""
    point = waiting(cast.project).filter(kind="dispute").order_by("place")[0]
    text = point.standing.document
    rule(
        text,
        Verdict(Decision.REJECT, dispute=point.key),
        by=cast.cleo,
        operation=uuid4(),
        base=the_case(text).version,
        now=NOW,
    )
    return timed(lambda: to(client, address), 1)[0]


def test_a_submission_with_its_snapshot(live_cast: Cast, record: Record) -> None:
    lines = [SENTENCE.format(n=n).strip() for n in range(40)]
    row = document(live_cast.project, "\n".join(lines))
    round_ = batch(live_cast.project, live_cast.edition, [row], slots=1)
    work = assignment(round_, row, live_cast.coder(live_cast.ada))
    for line in lines:
        makers.save(work, (line, "secrecy", "against"))
    found = sorted(cycle(lambda: makers.submit(work), lambda: makers.take_back(work)))
    record(
        "submit 40 annotations, with their snapshot",
        percentile(found, 50),
        "ms",
        limit="the aim in milliseconds",
        limit_value=50,
        aim="<= 1",
        p95=percentile(found, 95),
    )


def cycle(measured: Callable[[], object], back: Callable[[], object]) -> list[float]:
    found = []
    for _ in range(20):
        found += timed(measured, 1)
        back()
    return found
