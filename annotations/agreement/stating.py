"""Every coefficient that applies to a table, as plain data. Pure.

A figure is `{"value": float | None, "reason": str | None}`, the reason given exactly where there
is no value. Pages and the API make theirs with the same functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from annotations.text.spans import Span

from .coefficients import kappas, metrics, overlap, unitizing
from .coefficients.coincidences import (
    Coincidences,
    alpha,
    coincidences,
    percent_agreement,
    prevalence,
    specific_agreement,
)
from .coefficients.figures import Figure, Undefined
from .coefficients.unitizing import Continuum
from .tables import Judged, JudgedSets

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .coefficients.metrics import Metric

Stated = dict[str, Any]
METRICS = ("nominal", "ordinal", "interval", "ratio")
MEASURES = {"exact": overlap.exact, "iou": overlap.overlapping, "characters": overlap.characters}


def stated(figure: Figure) -> Stated:
    """A figure as it stands in JSON."""
    return {"value": figure.value, "reason": figure.reason and str(figure.reason)}


def of_values(data: Judged, *, metric: str) -> Stated:
    """Of a table with one value a cell; `metric` is one of METRICS."""
    table = coincidences(data.codes)
    found = {"metric": metric, **_extent(data.coders, table), **_headline(data, table, metric)}
    found["values"] = {
        value: {
            "prevalence": stated(prevalence(table, code)),
            "specific_agreement": stated(specific_agreement(table, code)),
        }
        for code, value in enumerate(data.values)
    }
    if len(data.coders) > 2:
        found["pairs"] = [
            {
                "coders": [data.coders[a], data.coders[b]],
                **_headline(pair, coincidences(pair.codes), metric),
            }
            for a, b in combinations(range(len(data.coders)), 2)
            for pair in [
                Judged((data.coders[a], data.coders[b]), data.codes[:, [a, b]], data.values)
            ]
        ]
    return found


def of_sets(data: JudgedSets) -> Stated:
    """Of a table with sets in its cells: α with the distances MASI and Jaccard."""
    table = coincidences(data.codes)
    found = {"metric": "masi", **_extent(data.coders, table), **_of_sets(data, table)}
    if len(data.coders) > 2:
        found["pairs"] = [
            {
                "coders": [data.coders[a], data.coders[b]],
                **_of_sets(data, coincidences(data.codes[:, [a, b]])),
            }
            for a, b in combinations(range(len(data.coders)), 2)
        ]
    return found


def of_spans(documents: Mapping[str, Continuum]) -> Stated:
    """Of spans in documents: the uα family over all labels, and every measure for each label."""
    all_of_them = list(documents.values())
    labels = sorted({span[2] for one in all_of_them for own in one.coders.values() for span in own})
    coders = sorted({coder for one in all_of_them for coder in one.coders})
    shared = sum(len(one.coders) >= 2 for one in all_of_them)
    return {
        "documents": len(all_of_them),
        "documents_shared": shared,
        "coders": coders,
        **_unitized(all_of_them, labels),
        **_agreeing(all_of_them, labels),
        "labels": {label: _of_label(all_of_them, label) for label in labels},
    }


def _extent(coders: Sequence[str], table: Coincidences) -> Stated:
    return {
        "coders": list(coders),
        "units": table.n_units,
        "pairable_units": table.n_pairable,
        "judgements": round(float(table.observed.sum())),
    }


def _headline(data: Judged, table: Coincidences, metric: str) -> Stated:
    found = {
        "alpha": stated(_alpha(data, table, metric)),
        "percent_agreement": stated(percent_agreement(table)),
        "cohen_kappa": stated(kappas.cohen(data.codes)),
        "scott_pi": stated(kappas.scott(data.codes)),
        "fleiss_kappa": stated(kappas.fleiss(data.codes)),
        "gwet_ac1": stated(kappas.gwet(data.codes)),
    }
    if metric in {"ordinal", "interval"}:
        places = _places(data, metric)
        apart = abs(places[:, None] - places[None, :])
        found["weighted_kappa_linear"] = stated(kappas.cohen(data.codes, apart))
        found["weighted_kappa_quadratic"] = stated(kappas.cohen(data.codes, apart**2))
    return found


def _alpha(data: Judged, table: Coincidences, metric: str) -> Figure:
    if metric == "ratio" and len(data.values) and (data.numbers() < 0).any():
        return Figure(None, Undefined.NEGATIVE_VALUES)
    chosen: dict[str, Metric] = {"nominal": metrics.nominal, "ordinal": metrics.ordinal}
    if metric == "interval":
        chosen["interval"] = metrics.interval(data.numbers())
    if metric == "ratio":
        chosen["ratio"] = metrics.ratio(data.numbers())
    return alpha(table, metric=chosen[metric])


def _places(data: Judged, metric: str) -> NDArray[np.float64]:
    """Where each code stands on its scale: its rank, or its number."""
    import numpy as np

    return data.numbers() if metric == "interval" else np.arange(len(data.values), dtype=float)


def _of_sets(data: JudgedSets, table: Coincidences) -> Stated:
    by = {"masi": metrics.masi, "jaccard": metrics.jaccard}
    found = {
        f"alpha_{name}": stated(alpha(table, metric=metrics.between_sets(data.sets, distance)))
        for name, distance in by.items()
    }
    plain = {
        "alpha_nominal": stated(alpha(table)),
        "percent_agreement": stated(percent_agreement(table)),
    }
    return {"alpha": found["alpha_masi"], **found, **plain}


def _unitized(documents: Sequence[Continuum], labels: Sequence[str]) -> Stated:
    """The uα family; |uα also where spans of different labels lie on one another."""
    found = unitizing.lengths(documents)
    apart = unitizing.lengths([unitizing.as_one(one, labels) for one in documents])
    if isinstance(found, Undefined):
        whole = dict.fromkeys(("u_alpha", "cu_alpha"), stated(Figure(None, found)))
    else:
        whole = {
            "u_alpha": stated(unitizing.unitized(found)),
            "cu_alpha": stated(unitizing.coded(found)),
        }
    marked = (
        Figure(None, apart) if isinstance(apart, Undefined) else unitizing.unitized_apart(apart)
    )
    return {"alpha": stated(marked), "unitizing_alpha": stated(marked), **whole}


def _of_label(documents: Sequence[Continuum], label: str) -> Stated:
    alone = unitizing.lengths([unitizing.as_one(one, [label]) for one in documents])
    figure = (
        Figure(None, alone) if isinstance(alone, Undefined) else unitizing.unitized_apart(alone)
    )
    whole = unitizing.lengths(documents)
    coded = (
        Figure(None, whole) if isinstance(whole, Undefined) else unitizing.coded_as(whole, label)
    )
    return {
        "alpha": stated(figure),
        "unitizing_alpha": stated(figure),
        "ku_alpha": stated(coded),
        **_agreeing(documents, [label]),
    }


def _agreeing(documents: Sequence[Continuum], labels: Sequence[str]) -> Stated:
    """F1 over all pairs of coders, spans compared within their label; counts summed."""
    if all(len(one.coders) < 2 for one in documents):
        alone = stated(Figure(None, Undefined.NO_DOCUMENT_SHARED))
        return {f"f1_{name}": alone for name in MEASURES}
    sums = dict.fromkeys(MEASURES, overlap.Matches())
    for one in documents:
        for a, b in combinations(one.coders.values(), 2):
            for label in labels:
                sides = [[Span(s, e) for s, e, said in own if said == label] for own in (a, b)]
                for name, measure in MEASURES.items():
                    sums[name] += measure(*sides)
    return {f"f1_{name}": stated(matches.f1) for name, matches in sums.items()}
