"""A tireless analyst: all that hands can do to an article, by key and by mouse, in a seeded order."""

from __future__ import annotations

import random
from collections.abc import Callable

from annotations.assignment.models import Assignment
from tests.flow.windows import Place, Window, until

READY = "() => globalThis.workbench?.outbox && document.activeElement?.id === 'text'"
FRAME = "() => new Promise((go) => requestAnimationFrame(() => setTimeout(go)))"
# Places along the lines of a passage that are in view: each [which line, how far along it].
ALONG = """({index, along}) => {
  const {map} = workbench.sheet;
  const frame = document.getElementById('frame').getBoundingClientRect();
  const lines = map.rectangles(workbench.article.passages[index])
    .filter((box) => box.width > 8 && box.top > frame.top + 50 && box.bottom < frame.bottom - 8);
  return lines.length ? along.map(([line, part]) => {
    const box = lines[Math.floor(line * lines.length)];
    return [box.left + part * box.width, (box.top + box.bottom) / 2];
  }) : [];
}"""
GRIP = """(side) => {
  const grip = document.querySelector(`.grip.${side}:not([hidden])`);
  const box = grip?.getBoundingClientRect();
  return box ? [box.left + box.width / 2, box.top + box.height / 2] : null;
}"""
IDS = "() => workbench.annotations.map(({id}) => id)"
BARE = "() => workbench.annotations.filter(({body}) => !body.stance).map(({id}) => id)"
EDITABLE = "() => workbench.editable"
THEMES, STANCES = "134", "cbpnu"


class Analyst:
    """Themes and stances are those of the tests' codebook. Steps do nothing where nothing fits."""

    def __init__(self, window: Window, work: Assignment, *, chance: random.Random) -> None:
        self.window, self.chance = window, chance
        self.passages = work.document.passages.count()
        # Where most of the work is done, so that spans lie on one another.
        self.haunts = sorted(chance.sample(range(self.passages), min(12, self.passages)))

    @property
    def steps(self) -> dict[Callable[[], None], int]:
        """All that can be done, and how often in a day."""
        return {
            self.tag: 8, self.tag_words: 5, self.tag_several: 2, self.drag: 8, self.drag_far: 3,
            self.drag_out: 2, self.double_click: 2, self.triple_click: 2, self.arm: 2,
            self.judge: 5, self.retheme: 3, self.move_end: 5, self.drag_end: 4, self.reach: 2,
            self.remark: 2, self.remove: 4, self.repeat: 2, self.undo: 6, self.redo: 3,
        }  # fmt: skip

    def press(self, *chords: str) -> None:
        self.window.press(*chords)

    def theme(self) -> None:
        self.press(self.chance.choice(THEMES))

    def stance(self) -> None:
        key = self.chance.choice(STANCES)
        self.press(key if self.chance.random() < 0.8 else f"Shift+{key.upper()}")

    def breathe(self) -> None:
        self.window.run(FRAME)

    def follow(self, place: str) -> None:
        """By the address, as a deep link does."""
        self.window.run("(place) => { location.hash = ''; location.hash = place }", place)
        self.window.run("() => document.getElementById('text').focus({preventScroll: true})")
        self.breathe()

    def go(self) -> int:
        anywhere = self.chance.random() < 0.3
        index = (
            self.chance.randrange(self.passages) if anywhere else self.chance.choice(self.haunts)
        )
        self.follow(f"#p{index}")
        return index

    def along(self, index: int, count: int) -> list[Place]:
        parts = [[self.chance.random(), self.chance.uniform(0.02, 0.98)] for _ in range(count)]
        places = self.window.run(ALONG, {"index": index, "along": parts})
        return [(x, y) for x, y in places]

    def choose(self, ids: str = IDS) -> bool:
        """Whether there was one to choose."""
        found = self.window.run(ids)
        if found:
            self.follow(f"#a-{self.chance.choice(found)}")
        return bool(found)

    def tag(self) -> None:
        self.go()
        self.theme()
        self.stance()

    def tag_words(self) -> None:
        self.go()
        way = self.chance.choice(["ArrowRight", "ArrowLeft"])
        self.press(way, *[f"Shift+{way}"] * self.chance.randint(0, 4))
        self.theme()

    def tag_several(self) -> None:
        self.go()
        self.press(self.chance.choice(["Shift+ArrowDown", "Shift+ArrowUp"]))
        self.theme()
        self.stance()

    def drag(self) -> None:
        """Within a passage, forwards or backwards, through whatever stands there."""
        self._drag_and_tag(self.along(self.go(), 2))

    def drag_far(self) -> None:
        """To a neighbouring passage, past the end of a paragraph where there is one."""
        index = self.go()
        far = min(index + self.chance.randint(1, 2), self.passages - 1)
        self._drag_and_tag([*self.along(index, 1), *self.along(far, 1)])

    def drag_out(self) -> None:
        """Lets go beside the text."""
        places = self.along(self.go(), 1)
        self._drag_and_tag([*places, *[(150.0, y + 40) for _, y in places]])

    def _drag_and_tag(self, places: list[Place]) -> None:
        if len(places) > 1:
            self.press("Escape")
            self.window.drag(*places)
            self.breathe()
            self.theme()

    def double_click(self) -> None:
        self._click_and_tag(2)

    def triple_click(self) -> None:
        self._click_and_tag(3)

    def _click_and_tag(self, times: int) -> None:
        for place in self.along(self.go(), 1):
            self.window.click(place, times)
            self.breathe()
            self.theme()

    def arm(self) -> None:
        """First the theme, then the passage."""
        places = self.along(self.go(), 2)
        if places:
            self.press("Escape", "Escape", "Escape")
            self.theme()
            self.window.drag(*places)
            self.breathe()
            self.press("Escape", "Escape")

    def everything(self) -> None:
        self.go()
        self.press("Control+a")
        self.breathe()
        self.theme()

    def judge(self) -> None:
        if self.choose():
            self.stance()

    def retheme(self) -> None:
        if self.choose():
            self.press(f"Shift+Digit{self.chance.choice(THEMES)}")

    def move_end(self) -> None:
        if self.choose():
            way = self.chance.choice(["ArrowLeft", "ArrowRight"])
            held = self.chance.choice(["Shift", "Alt", "Control+Shift", "Control+Alt"])
            self.press(*[f"{held}+{way}"] * self.chance.randint(1, 3))

    def drag_end(self) -> None:
        index = self.go()
        self.theme()
        self.breathe()
        grip = self.window.run(GRIP, self.chance.choice(["start", "end"]))
        places = self.along(index, 2)
        if grip and places:
            self.window.drag((grip[0], grip[1]), *places)
            self.breathe()

    def reach(self) -> None:
        """The chosen annotation is let reach to where one points."""
        index = self.go()
        self.theme()
        for place in self.along(index, 1):
            self.window.drag(place, place, hold="Shift")
            self.breathe()

    def remark(self) -> None:
        if self.choose():
            self.press("m", *"as said", "Escape")
            self.press("k" if self.chance.random() < 0.5 else "s")

    def remove(self) -> None:
        if self.choose():
            self.press("Delete")

    def repeat(self) -> None:
        self.go()
        self.press(".")

    def undo(self) -> None:
        self.press(*["Control+z"] * self.chance.randint(1, 2))

    def redo(self) -> None:
        self.press("Control+y")

    def burst(self) -> None:
        """As fast as hands can go: something is on its way when it ends."""
        for _ in range(3):
            self.press("ArrowDown", self.chance.choice(THEMES), self.chance.choice(STANCES))

    def hand_in(self) -> None:
        while self.choose(BARE):
            self.press("u")
            self.breathe()
        self.press("Control+Enter")
        until(self.window, "() => document.activeElement?.closest('dialog')?.matches('.submit')")
        self.press("Enter")
        until(self.window, f"() => !({EDITABLE})()")

    def take_back(self) -> None:
        self.window.run("() => document.getElementById('text').focus({preventScroll: true})")
        self.press("Control+z")
        until(self.window, EDITABLE)
