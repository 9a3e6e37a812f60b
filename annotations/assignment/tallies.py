"""How many assignments of a coder in a round are in which state, kept by the database.

Each change adds a row with what it adds or takes away, so that nobody waits for anybody; a count is
the sum of its rows. Now and then the rows of a round are folded into one for each count.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from django.db import connection, models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from annotations.assignment.models import Batch, State
from annotations.project.models import Coder

MANY = 1000
"""Rows of a round beyond those that its counts need; then they are folded."""
FOLD = """
WITH many AS (
  SELECT batch_id FROM annotations_tally GROUP BY batch_id
  HAVING count(*) - count(DISTINCT (coder_id, state)) > %s
), old AS (
  DELETE FROM annotations_tally WHERE id IN (
    SELECT id FROM annotations_tally WHERE batch_id IN (SELECT batch_id FROM many) FOR UPDATE SKIP LOCKED)
  RETURNING batch_id, coder_id, state, number
)
INSERT INTO annotations_tally (batch_id, coder_id, state, number)
SELECT batch_id, coder_id, state, sum(number) FROM old GROUP BY 1, 2, 3 HAVING sum(number) <> 0
"""


class Tally(models.Model):
    """`number` more assignments of the coder in `state`; without a coder, more documents in the round."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+", db_index=False)
    coder = models.ForeignKey(Coder, models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, blank=True)
    number = models.BigIntegerField()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        indexes = [models.Index(fields=["batch", "coder", "state"], name="tallies_of_a_batch")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.coder_id} {self.state}: {self.number}"


def by_coder(batch: Batch) -> dict[int, Counter[str]]:
    """Assignments of each coder in the round, by state."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Tally.objects.filter(batch=batch, coder__isnull=False).order_by()
    for coder, state, number in rows.values_list("coder", "state").annotate(n=Sum("number")):
        if coder is not None and number:
            found[coder][state] = number
    return found


def fold(*, most: int = MANY) -> None:
    """What was added and taken away becomes one row for each count. Rows that somebody holds stay."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD, [most])
