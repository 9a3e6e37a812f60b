"""What the page has said about the work, kept outside of it: it is held to its word whatever dies."""

from __future__ import annotations

from typing import Any

from annotations.assignment.models import Assignment, Transition
from annotations.coding.models import Annotation, Revision
from tests.flow.windows import Window

# What the page shows and says, in one look.
READING = """() => {
  const {outbox} = workbench;
  const {unsent, writing, parked, conflicts, trouble} = outbox.status;
  return {
    standing: [...outbox.entries.values()].filter((entry) => !entry.deleted)
      .map(({id, revision, body}) => ({id, revision, ...body})),
    operations: outbox.operations.map(({id}) => id),
    state: outbox.work.state,
    unsent, writing, trouble: [trouble, ...parked.map(({problem}) => problem), ...conflicts].filter(Boolean),
    saved: document.querySelector('#save .ok') !== null,
  };
}"""
Said = dict[str, Any]


class Ledger:
    def __init__(self, work: Assignment) -> None:
        self.work = work
        #: Operations of which the page said that it keeps them until the server has them.
        self.kept: set[str] = set()
        #: Annotations as the page showed them, once all of them were on its disk.
        self.shown: dict[str, Said] = {}
        #: Those that it was still writing when it was looked at last.
        self.in_doubt: set[str] = set()
        #: How often the page was asked, and how often it called all saved.
        self.looks, self.calls = 0, 0

    def look(self, window: Window) -> dict[str, Any]:
        """Takes down what the page says, and asks the database at once where it says “saved”."""
        reading: dict[str, Any] = window.run(READING)
        assert not reading["trouble"], reading["trouble"]
        assert not window.complaints, window.complaints
        standing = {each["id"]: each for each in reading["standing"]}
        self.kept |= set(reading["operations"])
        if reading["writing"]:
            self.in_doubt = differing(standing, self.shown)
        else:
            self.shown, self.in_doubt = standing, set()
        self.looks += 1
        if reading["saved"] and not reading["writing"]:
            self.calls += 1
            assert by_words(standing) == in_the_database(self.work)
        return reading

    def hold_to_it(self, window: Window) -> None:
        """After the page has died and come back: what it had called its own is there as it was."""
        found = {each["id"]: each for each in window.run(READING)["standing"]}
        lost = differing(found, self.shown) - self.in_doubt
        assert not lost, [(self.shown.get(key), found.get(key)) for key in lost]
        self.look(window)

    def close(self, window: Window) -> dict[str, Said]:
        """When all is saved: the same here and there, and every operation once. Gives what stands."""
        reading = self.look(window)
        assert reading["saved"]
        assert not reading["operations"]
        revisions = Revision.objects.filter(assignment=self.work)
        made = [str(each) for each in revisions.values_list("operation", flat=True)]
        moves = Transition.objects.filter(assignment=self.work, operation__isnull=False)
        made += [str(each) for each in moves.values_list("operation", flat=True)]
        assert len(made) == len(set(made))
        assert not self.kept - set(made), "kept by the page, and never done"
        assert not set(window.acknowledged) - set(made), "acknowledged, and not there"
        several = {key: tags for key, tags in window.acknowledged.items() if len(tags) > 1}
        assert not several, "acknowledged in more than one way"
        return in_the_database(self.work)


def differing(one: dict[str, Said], other: dict[str, Said]) -> set[str]:
    """Which annotations do not stand in both as they are, whatever their revision."""
    words, others = by_words(one, False), by_words(other, False)
    return {key for key in words.keys() | others.keys() if words.get(key) != others.get(key)}


def by_words(standing: dict[str, Said], with_revision: bool = True) -> dict[str, Said]:
    """As the database has them: a voice without a name has none."""
    left_out = {"id", "assignment"} | (set() if with_revision else {"revision"})
    said = {
        key: {k: v for k, v in each.items() if k not in left_out} for key, each in standing.items()
    }
    for each in said.values():
        if each["holder"]:
            each["holder"] = {**each["holder"], "name": each["holder"]["name"] or None}
    return said


def in_the_database(work: Assignment) -> dict[str, Said]:
    rows = Annotation.objects.standing().filter(assignment=work).select_related("theme", "stance")
    return {str(row.pk): _words_of(row) for row in rows}


def _words_of(row: Annotation) -> Said:
    holder = {"kind": row.holder_kind, "name": row.holder_name} if row.holder_kind else None
    return {
        **{"start": row.start, "end": row.end, "quote": row.quote, "revision": row.revision},
        **{"theme": row.theme.key, "stance": row.stance.key if row.stance else None},
        **{"certainty": row.certainty, "memo": row.memo, "holder": holder},
    }
