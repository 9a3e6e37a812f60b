"""A figure, or the reason why there is none. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MISSING = -1
"""The code of a judgement that was not made. Values proper are ≥ 0."""


class Undefined(StrEnum):
    """Why a coefficient has no value."""

    NO_UNITS = "no-units"
    FEWER_THAN_TWO_CODERS = "fewer-than-two-coders"
    NO_PAIRABLE_UNITS = "no-pairable-units"
    NO_VARIATION = "no-variation"
    VALUE_NEVER_GIVEN = "value-never-given"
    NOT_TWO_CODERS = "not-exactly-two-coders"
    UNEQUAL_NUMBERS = "not-every-unit-has-as-many-judgements"
    NEGATIVE_VALUES = "negative-values"
    NO_SPANS = "no-spans"
    NO_DOCUMENT_SHARED = "no-document-of-two-coders"
    OVERLAPPING_SPANS = "spans-of-one-coder-overlap"


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is None exactly when `reason` says why."""

    value: float | None
    reason: Undefined | None = None


@dataclass(frozen=True, slots=True)
class Coefficient(Figure):
    """A figure over units, with what it rests on.

    `n_units` counts units with at least one judgement, `n_pairable` those with two or more (only
    these enter), `n_values` the judgements in them, `n_coders` the coders who judged anything.
    """

    n_units: int = 0
    n_pairable: int = 0
    n_values: int = 0
    n_coders: int = 0
