"""Documents that were there before are found as those that come: by runs of the same passages."""

from __future__ import annotations

import pytest

from annotations.corpus.folded import FoldedPassage
from tests.cast import Cast, document
from tests.migrations.test_reversible import migrate


@pytest.mark.slow
def test_runs_are_made_as_an_import_makes_them(live_cast: Cast) -> None:
    for text in ("\n".join(f"L’été {n}, à l’École." for n in range(600)), "A night.", "x" * 5000):
        document(live_cast.project, text)
    before = list(FoldedPassage.objects.values_list("pk", "run"))
    assert len([run for _, run in before if run]) > 4
    migrate("0020_takedowns")
    migrate()
    assert list(FoldedPassage.objects.values_list("pk", "run")) == before
