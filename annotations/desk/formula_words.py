"""The formulas of the methods page, named and put into words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "coincidences": (
        _("Coincidences"),
        _(
            "How often a pair of values c, k stood in one unit u with mᵤ judgements. A unit "
            "is a passage in a round; one that a coder did not judge is missing, not "
            "negative."
        ),
    ),
    "alpha": (
        _("Krippendorff’s α"),
        _("1 for perfect agreement, 0 for what chance alone gives. Undefined without variation."),
    ),
    "disagreement": (
        _("Observed and expected disagreement"),
        _("With nominal values δ² is 0 for equal ones and 1 for others."),
    ),
    "ordinal": (
        _("Distance of ordered stances"),
        _("From how often each step of the scale between two was given."),
    ),
    "masi": (
        _("Distance of sets, MASI"),
        _(
            "M is 1 for equal sets, ⅔ where one holds the other, ⅓ where they overlap "
            "otherwise, 0 where they share nothing; two empty sets are equal."
        ),
    ),
    "percent": (
        _("Percent agreement"),
        _("The share of judgements that meet the same value; not corrected for chance."),
    ),
    "positive": (
        _("Positive agreement"),
        _("Where one coder gives the theme, how often does another?"),
    ),
    "prevalence": (
        _("Prevalence"),
        _("The share of judgements that gave the theme."),
    ),
    "share": (
        _("Share of the disagreement"),
        _("What theme t carries of the observed disagreement of all themes s."),
    ),
    "confusion": (
        _("Confusion"),
        _(
            "Of two coders who gave the sets A and B: each theme that only one gave meets "
            "each that only the other gave; where a side is empty, nothing of it."
        ),
    ),
    "unitizing": (
        _("Unitizing α"),
        _(
            "Of characters that coders i and j mark (or leave) alike, over whole documents; a "
            "coder’s overlapping spans of a theme count as one."
        ),
    ),
    "f1": (
        _("F1 of spans"),
        _(
            "Of the spans of two coders: those with the same ends, those matched one to one "
            "with an intersection over union of at least ½, or their characters. Counts are "
            "summed over pairs of coders."
        ),
    ),
    "interval": (
        _("Interval"),
        _(
            "The middle 95% of the figure when stories are drawn anew, with replacement; "
            "under twenty stories it says little."
        ),
    ),
}
"""Key of a formula → its name and what it says."""
