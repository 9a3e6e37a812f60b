"""Chance-corrected agreement and the plain figures beside it, all from one table. Pure.

The table is Krippendorff's matrix of observed coincidences: how often a pair of values stood in
one unit, every unit weighing as much as it has values. Percent and specific agreement and
prevalence are read from the same table as α, so that they speak of exactly the same judgements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .figures import MISSING, Coefficient, Undefined
from .metrics import nominal
from .patterns import Patterns, patterns

if TYPE_CHECKING:
    from .metrics import Counts, Metric, Values
    from .patterns import Integers


@dataclass(frozen=True, slots=True)
class Coincidences:
    """Observed coincidences of values: `observed[c, k]` pairs of `categories[c]`, `categories[k]`.

    `observed` is symmetric with float entries; its row sums are `totals`, n_c; its sum is n.
    """

    categories: Values
    observed: Counts
    n_units: int
    n_pairable: int
    n_coders: int

    @property
    def totals(self) -> Counts:
        """n_c: how many pairable judgements gave each category."""
        totals: Counts = self.observed.sum(axis=1)
        return totals

    def weight_of(self, category: int) -> float:
        """n_c of one category, 0 when nobody gave it."""
        return float(self.totals[self.categories == category].sum())

    def agreeing_on(self, category: int) -> float:
        """o_cc of one category, 0 when nobody gave it."""
        return float(self.observed.diagonal()[self.categories == category].sum())


def coincidences(values: Integers) -> Coincidences:
    """The coincidence table of a units × coders array of ints, MISSING where nobody judged.

    o_ck = Σ_u (number of c–k pairs in unit u) / (m_u − 1) over units with m_u ≥ 2 values
    (Krippendorff 2011, "Computing Krippendorff's alpha-reliability", step C).
    """
    return coinciding(patterns(values))


def coinciding(found: Patterns) -> Coincidences:
    """The same from units that were counted, all groups together."""
    counts = found.counts.sum(axis=0)
    given = found.rows != MISSING
    categories, shares = _shares(found)
    observed = (counts @ shares).reshape(len(categories), len(categories))
    return Coincidences(
        categories=categories,
        observed=observed,
        n_units=int(counts[given.any(axis=1)].sum()),
        n_pairable=int(counts[given.sum(axis=1) >= 2].sum()),
        n_coders=int(given[counts > 0].any(axis=0).sum()),
    )


def parts(found: Patterns) -> Counts:
    """What each group adds to the table of all: groups × categories², for `resampling`."""
    added: Counts = found.counts @ _shares(found)[1]
    return added


def _shares(found: Patterns) -> tuple[Values, Counts]:
    """The categories of pairable units, and what one unit of each pattern adds to the table."""
    import numpy as np

    given = found.rows != MISSING
    judgements = given.sum(axis=1)
    seen = (judgements >= 2) & (found.counts.sum(axis=0) > 0)
    categories = np.unique(found.rows[seen][given[seen]])
    table = (found.rows[:, :, None] == categories).sum(axis=1).astype(float)
    pairs = table[:, :, None] * table[:, None, :]
    pairs -= np.eye(len(categories)) * table[:, None, :]
    weights = np.where(seen, 1 / np.maximum(judgements - 1, 1), 0.0)
    return categories, (pairs * weights[:, None, None]).reshape(
        len(found.rows), len(categories) ** 2
    )


def alpha(table: Coincidences, *, metric: Metric = nominal) -> Coefficient:
    """Krippendorff's α = 1 − D_o / D_e (Krippendorff 2011, step D).

    D_o = Σ o_ck δ²_ck / n and D_e = Σ n_c n_k δ²_ck / n(n − 1), c ≠ k. `metric` gives the matrix
    of δ² from the categories and their totals (ordinal data need the totals). Undefined without
    variation: where every judgement is the same there is nothing to agree about.
    """
    import numpy as np

    if (reason := _unpairable(table)) is not None:
        return _figure(table, None, reason)
    totals = table.totals
    distances = metric(table.categories, totals)
    expected = float((np.outer(totals, totals) * distances).sum())
    if expected == 0:
        return _figure(table, None, Undefined.NO_VARIATION)
    disagreement = float((table.observed * distances).sum())
    return _figure(table, 1.0 - (float(totals.sum()) - 1.0) * disagreement / expected)


def percent_agreement(table: Coincidences) -> Coefficient:
    """The share of pairable judgements that meet the same value, Σ o_cc / n.

    Not corrected for chance. With two coders the plain share of units on which they agree.
    """
    if (reason := _unpairable(table)) is not None:
        return _figure(table, None, reason)
    return _figure(table, float(table.observed.trace() / table.observed.sum()))


def specific_agreement(table: Coincidences, category: int) -> Coefficient:
    """Where one coder gives `category`, how often does another? o_cc / n_c.

    With two coders 2a / (2a + b + c), the positive agreement of Cicchetti & Feinstein (1990);
    for more see Uebersax (1982). Undefined where nobody gave the category.
    """
    if (reason := _unpairable(table)) is not None:
        return _figure(table, None, reason)
    if not (weight := table.weight_of(category)):
        return _figure(table, None, Undefined.VALUE_NEVER_GIVEN)
    return _figure(table, table.agreeing_on(category) / weight)


def prevalence(table: Coincidences, category: int) -> Coefficient:
    """The share of pairable judgements that gave `category`, n_c / n."""
    if (reason := _unpairable(table)) is not None:
        return _figure(table, None, reason)
    return _figure(table, table.weight_of(category) / float(table.observed.sum()))


def _unpairable(table: Coincidences) -> Undefined | None:
    if table.n_units == 0:
        return Undefined.NO_UNITS
    if table.n_coders < 2:
        return Undefined.FEWER_THAN_TWO_CODERS
    if table.n_pairable == 0:
        return Undefined.NO_PAIRABLE_UNITS
    return None


def _figure(
    table: Coincidences, value: float | None, reason: Undefined | None = None
) -> Coefficient:
    return Coefficient(
        value=value,
        reason=reason,
        n_units=table.n_units,
        n_pairable=table.n_pairable,
        n_values=round(float(table.observed.sum())),
        n_coders=table.n_coders,
    )
