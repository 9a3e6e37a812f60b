"""A report as plain data: what the API answers and the command prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .coefficients.figures import Coefficient
from .confusing import Confusions, Lost
from .measuring import OfTheme, Presence
from .reports import Report
from .resampling import LEVEL, Interval
from .spanning import Drawn, Spanning
from .stability import Stability
from .stancing import Stances
from .stating import stated

Stated = dict[str, Any]


def of_report(report: Report, *, project: str, editions: Sequence[Report] = ()) -> Stated:
    """Every figure with its value or its reason, and what it rests on; `editions` as `across` has them."""
    return {
        "project": project,
        "edition": report.edition.number if report.edition else None,
        "batch": str(report.batch.uuid) if report.batch else None,
        "unit": "passage",
        "documents": report.documents,
        "documents_compared": report.compared,
        "coders": report.coders,
        "passages": report.passages,
        "titles": report.titles,
        "passages_left_out": report.left_out,
        "judgements_missing": report.unjudged,
        "intervals": {
            "level": LEVEL,
            "method": "percentile bootstrap by story",
            "stories": report.stories,
            "samples": report.samples,
            "seed": report.seed,
        },
        "overall": _overall(report),
        "themes": [_theme(each, report) for each in report.themes],
        "confusion": _confusions(report.measured.confused) if report.measured else None,
        "editions": [_edition(each) for each in editions],
        "lost_agreement": [_lost(each) for each in report.measured.lost] if report.measured else [],
    }


def of_stability(found: Stability | None) -> Stated | None:
    """Of a retest: each coder beside themselves. Themes as in a report, by key."""
    if found is None:
        return None
    low, middle, high = found.days
    return {
        "documents": found.documents,
        "without_an_earlier_coding": found.alone,
        "days_between": {"fewest": low, "median": middle, "most": high},
        "alpha_masi": figure(found.measured.overall, found.measured.interval),
        "themes": [
            {"theme": each.theme, **_presence(each.whole)} for each in found.measured.themes
        ],
        "coders": [
            {
                "coder": each.pseudonym,
                "documents": each.documents,
                "alpha_masi": figure(each.overall) if each.overall else None,
                "themes": _named(each.themes),
            }
            for each in found.coders
        ],
    }


def figure(found: Coefficient, drawn: Interval | None = None) -> Stated:
    """A coefficient; `interval` is left out where none was asked for."""
    said: Stated = {
        **stated(found),
        "units": found.n_units,
        "pairable_units": found.n_pairable,
        "judgements": found.n_values,
        "coders": found.n_coders,
    }
    return {**said, **_interval(drawn)}


def _overall(report: Report) -> Stated | None:
    if report.measured is None:
        return None
    return {
        "alpha_masi": figure(report.measured.overall, report.measured.interval),
        "pairs": [
            {"coders": list(pair), "alpha_masi": figure(found)}
            for pair, found in report.measured.pairs.items()
        ],
    }


def _theme(each: OfTheme, report: Report) -> Stated:
    under = report.measured.sub_themes[each.theme] if report.measured else {}
    return {
        "theme": each.theme,
        **_presence(each.whole),
        "titles": _presence(each.titles),
        "sub_themes": [{"theme": key, **_presence(found)} for key, found in under.items()],
        "stance": _stances(each.stances),
        "spans": _spans(each.spans),
        "languages": _named(each.languages),
        "batches": _named(each.batches),
        "pairs": [{"coders": list(pair), **_presence(found)} for pair, found in each.pairs.items()],
    }


def _edition(report: Report) -> Stated:
    """α alone; the rest of another edition is asked for by its number."""
    return {
        "edition": report.edition.number if report.edition else None,
        "alpha_masi": figure(report.measured.overall) if report.measured else None,
        "themes": {each.theme: figure(each.whole.alpha) for each in report.themes},
    }


def _named(found: Mapping[str, Presence]) -> Stated:
    return {name: _presence(each) for name, each in found.items()}


def _presence(found: Presence) -> Stated:
    return {
        "alpha": figure(found.alpha, found.interval),
        "percent_agreement": figure(found.percent),
        "positive_agreement": figure(found.positive),
        "prevalence": figure(found.prevalence),
    }


def _stances(found: Stances) -> Stated:
    return {
        "passages": found.passages,
        "alpha_nominal": figure(found.nominal, found.interval),
        "alpha_ordinal": figure(found.ordinal),
        "alpha_masi": figure(found.sets),
        "alpha_holder": figure(found.holder),
        "alpha_nominal_same_holder": figure(found.same_holder),
        "confusion": _confusions(found.confused),
    }


def _spans(found: Spanning) -> Stated:
    return {
        "spans": found.spans,
        "documents": found.texts,
        "unitizing_alpha": _drawn(found.alpha),
        "f1_exact": _drawn(found.exact),
        "f1_iou": _drawn(found.overlapping),
        "f1_characters": _drawn(found.characters),
    }


def _drawn(found: Drawn) -> Stated:
    return {**stated(found.figure), **_interval(found.interval)}


def _interval(drawn: Interval | None) -> Stated:
    if drawn is None:
        return {}
    return {"interval": {"low": drawn.low, "high": drawn.high, "few_stories": drawn.few}}


def _confusions(found: Confusions) -> Stated:
    """`values` name rows and columns; the last, null, is nothing. Pairs of coders."""
    return {"values": [name or None for name in found.names], "pairs": list(map(list, found.times))}


def _lost(each: Lost) -> Stated:
    return {
        "theme": each.theme,
        "share_of_disagreement": each.share,
        "alpha_masi_without": figure(each.without),
        "confused_with": [
            {"value": name or None, "pairs": times} for name, times in each.partners.items()
        ],
        "coders": [
            {"coders": list(pair), "differing": differing, "judged": judged}
            for pair, differing, judged in each.coders
        ],
    }
