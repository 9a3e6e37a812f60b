"""κ and its relations, beside α. Pure.

All take an array of units × coders of category codes (MISSING where nobody judged) and look only
at units that every coder they compare has judged, unless they say otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .figures import MISSING, Coefficient, Undefined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .metrics import Counts, Values


def cohen(values: Values, distances: Counts | None = None) -> Coefficient:
    """κ = 1 − Σ v_ij o_ij / Σ v_ij e_ij of two coders (Cohen 1960; weighted: Cohen 1968, eq. 9).

    e_ij is the product of what each coder gave. `distances[i, j]` ≥ 0 weighs the disagreement of
    codes i and j; without it every disagreement weighs the same.
    """
    import numpy as np

    if values.shape[1] != 2:
        return _figure(values, None, Undefined.NOT_TWO_CODERS)
    pairs = values[(values != MISSING).all(axis=1)]
    if (reason := _unpairable(values, len(pairs))) is not None:
        return _figure(values, None, reason)
    size = int(values.max()) + 1
    observed = np.zeros((size, size))
    np.add.at(observed, (pairs[:, 0], pairs[:, 1]), 1 / len(pairs))
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    return _figure(values, *_corrected(observed, expected, distances))


def scott(values: Values) -> Coefficient:
    """π = (p_o − Σ p_k²) / (1 − Σ p_k²) of two coders, p_k pooled over both (Scott 1955)."""
    import numpy as np

    if values.shape[1] != 2:
        return _figure(values, None, Undefined.NOT_TWO_CODERS)
    pairs = values[(values != MISSING).all(axis=1)]
    if (reason := _unpairable(values, len(pairs))) is not None:
        return _figure(values, None, reason)
    shares = np.unique(pairs, return_counts=True)[1] / pairs.size
    agreeing = float((pairs[:, 0] == pairs[:, 1]).mean())
    return _figure(values, *_beyond(agreeing, float((shares**2).sum())))


def fleiss(values: Values) -> Coefficient:
    """κ = (P̄ − P̄_e) / (1 − P̄_e) of m judgements of each unit (Fleiss 1971, eq. 1 to 7).

    Undefined where units have different numbers of judgements.
    """
    given = (values != MISSING).sum(axis=1)
    if (reason := _unpairable(values, int((given >= 2).sum()))) is not None:
        return _figure(values, None, reason)
    if len(set(given[given > 0].tolist())) > 1:
        return _figure(values, None, Undefined.UNEQUAL_NUMBERS)
    table = _table(values[given > 0])
    raters = table[0].sum()
    agreeing = float(((table**2).sum(axis=1) - raters).mean() / (raters * (raters - 1)))
    shares = table.sum(axis=0) / table.sum()
    return _figure(values, *_beyond(agreeing, float((shares**2).sum())))


def gwet(values: Values) -> Coefficient:
    """AC1 = (p_a − p_e) / (1 − p_e), p_e = Σ π_k (1 − π_k) / (q − 1) (Gwet 2008, eq. 16 to 18).

    Any number of coders; units with one judgement count for π_k only.
    """
    import numpy as np

    given = (values != MISSING).sum(axis=1)
    pairable = given >= 2
    if (reason := _unpairable(values, int(pairable.sum()))) is not None:
        return _figure(values, None, reason)
    table = _table(values[given > 0])
    raters = table.sum(axis=1)
    several = raters >= 2
    pairs = (table * (table - 1)).sum(axis=1)[several]
    agreeing = float((pairs / (raters * (raters - 1))[several]).mean())
    shares = np.mean(table / raters[:, None], axis=0)
    if len(shares) < 2:
        return _figure(values, None, Undefined.NO_VARIATION)
    expected = float((shares * (1 - shares)).sum() / (len(shares) - 1))
    return _figure(values, *_beyond(agreeing, expected))


def _table(values: Values) -> Counts:
    """How often each unit got each category, units × categories."""
    import numpy as np

    rows, columns = np.nonzero(values != MISSING)
    codes = np.unique(values[rows, columns], return_inverse=True)[1]
    table = np.zeros((len(values), int(codes.max()) + 1))
    np.add.at(table, (rows, codes), 1.0)
    return table


def _corrected(
    observed: Counts, expected: Counts, distances: Counts | None
) -> tuple[float | None, Undefined | None]:
    import numpy as np

    weights = 1 - np.eye(len(observed)) if distances is None else distances
    chance = float((weights * expected).sum())
    if chance == 0:
        return None, Undefined.NO_VARIATION
    return 1 - float((weights * observed).sum()) / chance, None


def _beyond(agreeing: float, expected: float) -> tuple[float | None, Undefined | None]:
    if expected >= 1:
        return None, Undefined.NO_VARIATION
    return (agreeing - expected) / (1 - expected), None


def _unpairable(values: Values, n_pairable: int) -> Undefined | None:
    given = values != MISSING
    if not given.any():
        return Undefined.NO_UNITS
    if given.any(axis=0).sum() < 2:
        return Undefined.FEWER_THAN_TWO_CODERS
    return None if n_pairable else Undefined.NO_PAIRABLE_UNITS


def _figure(values: Values, value: float | None, reason: Undefined | None) -> Coefficient:
    given: NDArray[np.bool_] = values != MISSING
    judgements = given.sum(axis=1)
    return Coefficient(
        value=value,
        reason=reason,
        n_units=int(given.any(axis=1).sum()),
        n_pairable=int((judgements >= 2).sum()),
        n_values=int(judgements[judgements >= 2].sum()),
        n_coders=int(given.any(axis=0).sum()),
    )
