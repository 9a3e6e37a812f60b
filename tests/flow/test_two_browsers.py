"""One coder at two machines, Chromium here and Firefox there, on the same annotations of one article.

Whatever is changed on both is put to the one that comes second; nothing of either is lost, and in the
end both show what the database holds. `ANALYST_SEEDS="1 2 3"` lives through other days.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotations.coding.models import Revision
from tests.cast import Cast
from tests.flow.accounts import account_of
from tests.flow.articles import article, bring, work_on
from tests.flow.highlights import painted
from tests.flow.ledger import by_words, in_the_database
from tests.flow.machines import Machine
from tests.flow.windows import Window, opener
from tests.servers import Server

SEEDS = [int(seed) for seed in os.environ.get("ANALYST_SEEDS", "3").split()]
VERSIONS = ("mine", "theirs", "both")


@pytest.fixture
def windows(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Window]]:
    made = [opener(name, request)(tmp_path / name) for name in ("chromium", "firefox")]
    before = request.session.testsfailed
    try:
        yield made
        if request.session.testsfailed > before:
            for i, window in enumerate(made):
                (tmp_path / f"window{i}.png").write_bytes(window.picture())
                print(account_of(window))
            print(f"How the windows looked: {tmp_path}/window0.png, window1.png")
    finally:
        for window in made:
            window.kill()


@pytest.fixture
def machines(
    live_cast: Cast, server: Server, windows: list[Window], seed: int
) -> tuple[Machine, Machine]:
    """Both on the same article, with ten annotations on it that both see."""
    work = work_on(bring(live_cast.project, article(seed=seed)))
    first, second = (
        Machine(window, server, work, seed=seed + i) for i, window in enumerate(windows)
    )
    first.switch_on()
    for _ in range(10):
        first.hands.tag()
    first.settle()
    second.switch_on()
    assert len(first.standing()) > 5
    assert first.standing() == second.standing()
    return first, second


def apart(online: Machine, away: Machine) -> dict[str, Any]:
    """Both change the same, one of them without the server; what that one then held, by annotation."""
    online.arrive()
    away.arrive()
    shared = sorted(away.standing())
    both = away.chance.sample(shared, 5)
    away.window.unplug(True)
    for key in both:
        away.change(key)
        online.change(key)
    for machine in (away, online):
        machine.hands.undo()
        machine.change(machine.chance.choice(shared))
        machine.hands.tag()
        machine.hands.tag_words()
    online.settle()
    return dict(away.see()["own"])


def overtaken(machine: Machine, own: dict[str, Any]) -> set[str]:
    """Of what waits there, that which the server has in another state than it was made on."""
    revisions = in_the_database(machine.work)
    return {key for key in own if own[key]["revision"] and _moved(own[key], revisions.get(key))}


def _moved(entry: dict[str, Any], now: dict[str, Any] | None) -> bool:
    return now is None or now["revision"] != entry["revision"]


def reconcile(machine: Machine, other: Machine, own: dict[str, Any]) -> int:
    """Chooses by chance; gives how many conflicts there were."""
    machine.settle()
    seen = machine.see()
    found = set(seen["conflicts"])
    assert found <= overtaken(machine, own)
    assert seen["cards"] == len(found)
    assert bool(found) == ("conflict" in seen["words"])
    assert not other.see()["conflicts"], "only who came second is asked"
    for key in sorted(found):
        machine.choose(key, machine.chance.choice(VERSIONS))
    machine.settle()
    return len(found)


def is_kept(entry: dict[str, Any], work: Any) -> bool:
    """Whether what somebody had here is a revision, of this annotation or of one beside it."""
    body = entry["body"]
    revisions = Revision.objects.filter(assignment=work, quote=body["quote"], start=body["start"])
    said = revisions.filter(theme__key=body["theme"], stance__key=body["stance"])
    return said.filter(memo=body["memo"]).exists()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS, indirect=True)
def test_one_coder_at_two_machines_loses_nothing(
    machines: tuple[Machine, Machine],
) -> None:
    conflicts = 0
    for online, away in (machines, machines[::-1]):
        own = apart(online, away)
        seen = online.standing()
        away.window.unplug(False)
        conflicts += reconcile(away, online, own)
        work = away.work
        assert all(is_kept(entry, work) for entry in own.values() if not entry["deleted"])
        for key, body in seen.items():
            assert Revision.objects.filter(annotation_id=key, number=body["revision"]).exists()
    assert conflicts > 2

    pictures = []
    for machine in machines:
        machine.arrive()
        assert machine.see()["words"].startswith("Saved")
        assert machine.standing() == in_the_database(machine.work)
        machine.hands.follow(f"#a-{min(machine.standing())}")
        pictures.append(by_words(machine.see()["standing"]))
        spans = {(each["start"], each["end"], each["quote"]) for each in pictures[-1].values()}
        assert set(painted(machine.window)[0]) <= spans
    assert pictures[0] == pictures[1]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS[:1], indirect=True)
def test_whoever_comes_second_is_asked_whichever_machine_it_is(
    machines: tuple[Machine, Machine],
) -> None:
    key = min(machines[0].standing())
    stances = iter(["c", "p", "b", "u"])
    for first, second in (machines, machines[::-1]):
        for machine in (first, second):
            machine.hands.follow(f"#a-{key}")
            machine.hands.press(next(stances))
            machine.settle()
        assert second.see()["conflicts"] == [key]
        before = in_the_database(first.work)[key]["stance"]
        second.choose(key, "theirs")
        second.settle()
        assert in_the_database(second.work)[key]["stance"] == before
        first.arrive()
        assert first.standing() == second.standing() == in_the_database(first.work)
    made = Revision.objects.filter(annotation_id=key).values_list("stance__key", flat=True)
    assert {"favor", "unclear"} <= set(made), "what gave way is kept"
