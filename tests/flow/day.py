"""A day of the analyst's on which everything dies once or twice, and comes back."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session

from annotations.assignment.models import Assignment
from annotations.coding.models import Snapshot
from tests.clients import Person
from tests.flow.analyst import READY, Analyst
from tests.flow.highlights import miscoloured, misplaced, painted
from tests.flow.ledger import Ledger, Said
from tests.flow.windows import Window, until
from tests.servers import Server

Deeds = dict[Callable[[], None], int]
IDLE = """() => {
  const {unsent, writing} = workbench.outbox.status;
  return !unsent && !writing && document.querySelector('#save .ok') !== null;
}"""


SHOWN = 25  # annotations whose highlights are looked at, one by one
GAZED_AT = 6  # of these, glyph by glyph, and in a picture


class Day:
    def __init__(self, window: Window, server: Server, work: Assignment, *, seed: int) -> None:
        self.window, self.server, self.work = window, server, work
        self.chance = random.Random(seed)
        self.analyst = Analyst(window, work, chance=self.chance)
        self.ledger = Ledger(work)
        self.offline, self.signed_in = False, False
        #: What happened, and how often something was on its way when it did.
        self.happened: Counter[str] = Counter()

    @property
    def deaths(self) -> Deeds:
        """And the quiet hours between them."""
        return {
            self.rest: 8,
            self.crash: 6, self.unplug: 4, self.expire: 1, self.reload: 2, self.close_tab: 1,
            self.die: 1, self.change_of_mind: 1,
        }  # fmt: skip

    @property
    def condition(self) -> str:
        """What is there at this moment, for whoever reads how a day went wrong."""
        server = "up" if self.server.process else "down"
        return f"server {server}, offline {self.offline}, signed in {self.signed_in}"

    def begin(self) -> None:
        self.window.start()
        self.open()

    def live(self, deeds: Deeds, *, only: int | None = None) -> None:
        """All of them, or so many, in any order; after each, the page is asked what it has kept."""
        deck = [deed for deed, times in deeds.items() for _ in range(times)]
        for deed in self.chance.sample(deck, only or len(deck)):
            self.happened[deed.__name__] += 1
            print(f"{datetime.now():%H:%M:%S.%f} {deed.__name__}, {self.condition}")
            deed()
            self.ledger.look(self.window)

    def rest(self) -> None:
        """Everything is there again, and what waited gets there."""
        self.recover()
        self.window.run("() => dispatchEvent(new Event('online'))")
        until(self.window, IDLE)

    def end(self) -> dict[str, Said]:
        """Gives what stands then."""
        self.rest()
        return self.ledger.close(self.window)

    def open(self) -> None:
        self.recover()
        self.window.visit(f"{self.server.url}/code/{self.work.uuid}")
        until(self.window, READY)

    def recover(self) -> None:
        if not self.server.process:
            self.server.start()
        if self.offline:
            self.unplug()
        if not self.signed_in:
            coder = self.work.coder.user
            self.window.sign_in(self.server.url, Person(self.server.url, coder).cookies)
            self.signed_in = True

    def crash(self) -> None:
        """The server dies in the middle of saves, or comes back."""
        if not self.server.process:
            return self.server.start()
        reading = self.rush()
        self.server.kill()
        self.happened["amid"] += reading["unsent"] > 0
        return None

    def unplug(self) -> None:
        self.offline = not self.offline
        self.window.unplug(self.offline)

    def expire(self) -> None:
        """The session ends, and nobody signs in for a while."""
        Session.objects.all().delete()
        self.signed_in = False

    def reload(self) -> None:
        self.recover()
        self.rush()
        self._come_back()

    def close_tab(self) -> None:
        self.rush()
        self.window.another_tab()
        self._come_back()

    def die(self) -> None:
        """The browser is killed, and its memory with it; what is on its disk stays."""
        self.rush()
        self.window.kill()
        self.window.start()
        # Cookies of a session may not have been on its disk.
        self.offline, self.signed_in = False, False
        self._come_back()

    def rush(self) -> dict[str, Any]:
        """So fast that something is on its way at the end; gives what the page says then."""
        self.analyst.burst()
        return self.ledger.look(self.window)

    def _come_back(self) -> None:
        self.open()
        self.ledger.hold_to_it(self.window)

    def change_of_mind(self) -> None:
        """Submitted, something dies, taken back."""
        self.analyst.hand_in()
        self.chance.choice([self.crash, self.unplug, self.reload])()
        self.analyst.take_back()


def hold(day: Day) -> None:
    """In the evening: saved is what was called saved, painted is what is saved, submitted too."""
    standing = day.end()
    text = day.work.document.text
    assert all(text[each["start"] : each["end"]] == each["quote"] for each in standing.values())
    _look_at(day, standing)
    day.analyst.hand_in()
    submitted = day.end()
    spans = Snapshot.objects.filter(assignment=day.work).latest("pk").spans
    keys = ("start", "end", "theme", "stance")
    assert {each["annotation"]: [each[key] for key in keys] for each in spans} == {
        name: [each[key] for key in keys] for name, each in submitted.items()
    }


def _look_at(day: Day, standing: dict[str, Said]) -> None:
    """Each highlight that is painted covers its quote; those in view are painted, glyph by glyph."""
    spans = Counter((each["start"], each["end"], each["quote"]) for each in standing.values())
    keys = day.chance.sample(sorted(standing), min(SHOWN, len(standing)))
    for key in keys:
        day.analyst.follow(f"#a-{key}")
        day.analyst.breathe()
        found, in_view = (Counter(each) for each in painted(day.window))
        assert found <= spans
        assert in_view <= found
        said = standing[key]
        assert found[said["start"], said["end"], said["quote"]]
    for key in keys[:GAZED_AT]:
        day.analyst.follow(f"#a-{key}")
        for look in (misplaced, miscoloured):
            looked, wrong = look(day.window)
            assert wrong == []
            assert looked > 50
            # What is chosen has a colour of its own.
            day.analyst.press("Escape", "Escape", "Escape")
            day.analyst.breathe()
