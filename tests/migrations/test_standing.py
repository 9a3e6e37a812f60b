"""What waits is found again after the way back and forth, and rules for many are kept or go whole."""

from __future__ import annotations

import pytest

from annotations.adjudication.models import Ruling, Standing, Sweep
from annotations.adjudication.patterns import Pattern
from annotations.adjudication.standing import behind, catch_up, waiting
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.test_ruling import decide
from tests.adjudication.test_standing import derived, kept
from tests.adjudication.test_sweeping import swept
from tests.cast import Cast
from tests.migrations.test_reversible import migrate


@pytest.mark.slow
def test_standings_begin_with_what_was_submitted_before(live_cast: Cast) -> None:
    rows = [makers.document(live_cast.project, f"{makers.TEXT}\n{n}") for n in range(2)]
    batch = made.batch(live_cast.project, live_cast.edition, rows)
    ada, ben = live_cast.coder(live_cast.ada), live_cast.coder(live_cast.ben)
    for row in rows:
        makers.coded(batch, row, {ada: [makers.NIGHTS, makers.PAY], ben: [makers.LATE]})
    swept(live_cast, Pattern("boundaries", overlap=0.4))
    decide(rows[0], "reject", live_cast.cleo)
    catch_up(live_cast.project)
    before = list(waiting(live_cast.project).values_list("key", flat=True))
    migrate("0012_seats")
    migrate()
    assert Sweep.objects.count() == 0
    assert list(Ruling.objects.values_list("decision", flat=True)) == ["accept"] * 2 + ["reject"]
    assert behind(live_cast.project).count() == Standing.objects.count() == 2
    catch_up(live_cast.project)
    assert list(waiting(live_cast.project).values_list("key", flat=True)) == before
    assert kept(live_cast.project) == derived(live_cast.project)
