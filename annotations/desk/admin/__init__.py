"""The administration: every model, and nothing that breaks an invariant."""

from annotations.desk.admin import (
    backups,
    codebook,
    corpus,
    deliveries,
    gold,
    jobs,
    people,
    remarks,
    rounds,
    site,
    work,
)

__all__ = [
    "backups",
    "codebook",
    "corpus",
    "deliveries",
    "gold",
    "jobs",
    "people",
    "remarks",
    "rounds",
    "site",
    "work",
]
