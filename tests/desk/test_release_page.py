"""The page of a release, drawn from what was frozen."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from annotations.desk.release_plots import ABOVE, Asked, Counted, bars
from annotations.release.freezing import freeze_release
from annotations.release.models import ReleaseSpan
from annotations.release.splitting import Shares
from annotations.release.taking_down import take_down
from tests.cast import NOW, document
from tests.desk.test_adjudication import by
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze


def page_of(corpus: Corpus, version: str = "v1", who: str = "rita") -> str:
    where = reverse("release", args=[corpus.cast.project.slug, version])
    return unescape(by(getattr(corpus.cast, who)).get(where).content.decode())


def test_every_number_of_the_table_leads_to_just_so_many_labels(corpus: Corpus) -> None:
    freeze(corpus)
    found = re.findall(
        r'<td class="num"[^>]*><a href="([^"]+/labels\?[^"]+)">(\d+)', page_of(corpus)
    )
    assert sum(int(times) for _, times in found) == ReleaseSpan.objects.count() == 3
    client = by(corpus.cast.rita)
    for address, times in found:
        listed = client.get(address).content.decode()
        assert len(re.findall(r'href="[^"]+/labels/[0-9a-f-]{36}"', listed)) == int(times)


def test_bars_are_as_long_as_they_are_often() -> None:
    rows = [
        Asked("a", [Counted("+", "x", 3), Counted("-", "y", 1)]),
        Asked("b", [Counted("", "", 2)]),
    ]
    first, second = bars(rows, ABOVE).rows
    assert [part.width for part in first.parts] == [ABOVE.length * 0.75, ABOVE.length * 0.25]
    assert second.parts[0].width == ABOVE.length / 2
    assert first.parts[1].x == first.parts[0].x + first.parts[0].width


def test_nothing_is_drawn_of_what_is_not_there() -> None:
    (row,) = bars([Asked("a", [Counted("+", "x", 0), Counted("-", "y", 2)])]).rows
    assert [part.name for part in row.parts] == ["a · y: 2"]
    assert bars([]).rows == []


def test_hash_command_and_sizes_are_there_to_be_copied(corpus: Corpus) -> None:
    release = freeze(corpus)
    page = page_of(corpus)
    assert f'<code class="whole">{release.sha256}</code>' in page
    assert (
        f"testserver/api/v1/projects/{corpus.cast.project.slug}/releases/v1/documents.jsonl" in page
    )
    for file in release.manifest["files"].values():
        assert file["sha256"] in page


def test_agreement_is_told_as_it_was_frozen(corpus: Corpus) -> None:
    release = freeze(corpus)
    page = page_of(corpus)
    (said,) = release.manifest["agreement"]
    for theme in said["themes"]:
        value = theme["alpha"]["value"]
        if value is not None:
            assert f"{value:.3f}".replace("-", "−") in page
    assert "Krippendorff" in page


def test_splits_are_drawn_where_there_are_any(corpus: Corpus) -> None:
    freeze(corpus)
    freeze_release(corpus.cast.project, by=corpus.cast.mia, now=NOW, shares=Shares(seed=1))
    assert "Documents by split" not in page_of(corpus, "v1")
    assert "Documents by split" in page_of(corpus, "v2")


def test_the_page_leads_to_what_changed_since_the_one_before(corpus: Corpus) -> None:
    freeze(corpus)
    freeze(corpus)
    where = reverse("release-diff", args=[corpus.cast.project.slug, "v1", "v2"])
    assert where not in page_of(corpus, "v1")
    assert where in page_of(corpus, "v2")


def test_what_was_taken_down_is_named_with_its_reason(corpus: Corpus) -> None:
    release = freeze(corpus)
    take_down(corpus.agreed, reason="Asked to.", by=corpus.cast.mia, now=release.at)
    page = page_of(corpus)
    assert "1 document was taken down since" in page
    assert str(corpus.agreed.uuid) in page
    assert "Asked to." in page


@pytest.mark.parametrize(("who", "there"), [("mia", True), ("rita", False)])
def test_only_who_freezes_is_sent_to_what_is_not_in(corpus: Corpus, who: str, there: bool) -> None:
    freeze(corpus)
    assert ("?preview=yes#freeze" in page_of(corpus, who=who)) is there


def test_what_was_left_out_goes_by_its_title_for_who_may_see_it(corpus: Corpus) -> None:
    waiting = document(corpus.cast.project, "Nobody has it yet.", title="In no round")
    freeze(corpus)
    assert "In no round" in page_of(corpus, who="mia")
    shown = page_of(corpus, who="rita")
    assert "In no round" not in shown
    assert str(waiting.uuid) in shown
