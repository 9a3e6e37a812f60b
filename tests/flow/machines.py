"""A coder's machine among several: a window, its own hands, and what its page says."""

from __future__ import annotations

import random
from typing import Any

from annotations.assignment.models import Assignment
from tests.clients import Person
from tests.flow.analyst import READY, Analyst
from tests.flow.ledger import by_words
from tests.flow.windows import Window, until
from tests.servers import Server

Said = dict[str, Any]
SEEN = """() => {
  const {outbox} = workbench;
  const {unsent, parked, conflicts, trouble} = outbox.status;
  const said = ({id, revision, body}) => ({id, revision, ...body});
  return {
    standing: Object.fromEntries(workbench.annotations.map((entry) => [entry.id, said(entry)])),
    own: Object.fromEntries(outbox.operations.map(({subject}) => [subject, outbox.entries.get(subject)])),
    conflicts: conflicts.map(({id}) => id), parked, trouble,
    cards: document.querySelectorAll('#attention .card').length,
    words: document.getElementById('save').textContent,
  };
}"""
# All that can leave has left: what is still there waits for a choice, or behind what does.
SETTLED = """() => {
  const {outbox} = workbench;
  outbox.sender.kick();
  const held = new Set(outbox.status.conflicts.map(({id}) => id));
  return !outbox.writing && outbox.operations.every(({subject}) => held.has(subject));
}"""
FOCUS = """(key) => {
  document.querySelector(`#attention [data-key="${key}"]`)?.focus();
  return document.activeElement.dataset.key === key;
}"""
CHOSEN = "(id) => !workbench.outbox.entries.get(id)?.conflict"


class Machine:
    def __init__(self, window: Window, server: Server, work: Assignment, *, seed: int) -> None:
        self.window, self.server, self.work = window, server, work
        self.chance = random.Random(seed)
        self.hands = Analyst(window, work, chance=self.chance)

    def switch_on(self) -> None:
        self.window.start()
        coder = self.work.coder.user
        assert coder
        self.window.sign_in(self.server.url, Person(self.server.url, coder).cookies)
        self.arrive()

    def arrive(self) -> None:
        """Opens the article, as the server has it now."""
        self.window.visit(f"{self.server.url}/code/{self.work.uuid}")
        until(self.window, READY)
        self.settle()

    def settle(self) -> None:
        until(self.window, SETTLED)
        self.hands.breathe()

    def see(self) -> dict[str, Any]:
        seen: dict[str, Any] = self.window.run(SEEN)
        assert not self.window.complaints, self.window.complaints
        assert not seen["parked"], seen["parked"]
        assert not seen["trouble"]
        return seen

    def standing(self) -> dict[str, Said]:
        return by_words(self.see()["standing"])

    def change(self, annotation: str) -> None:
        """One annotation, in any way that hands can."""
        self.hands.follow(f"#a-{annotation}")
        way = self.chance.randrange(6)
        if way == 0:
            self.hands.press(f"Shift+Digit{self.chance.choice('134')}")
        elif way == 1:
            self.hands.press("Shift+ArrowRight", "Alt+ArrowRight")
        elif way == 2:
            self.hands.press("m", *f"note {self.chance.randrange(99)}", "Escape")
        elif way == 3:
            self.hands.press("Delete")
        else:
            self.hands.stance()

    def choose(self, annotation: str, version: str) -> None:
        """Ends a conflict by the keyboard; by another way where this one is not offered."""
        if not self.window.run(FOCUS, version + annotation):
            assert self.window.run(FOCUS, "mine" + annotation)
        self.hands.press("Enter")
        until(self.window, CHOSEN, annotation)
