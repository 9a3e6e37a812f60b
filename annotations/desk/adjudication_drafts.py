"""What was typed into a form that was refused: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.adjudication.cases import Case
from annotations.adjudication.checking import open_checks
from annotations.adjudication.models import Ruling

KEPT = (
    *("reason", "clause", "override_reason", "from", "theme", "stance", "holder_kind"),
    *("holder_name", "start", "end", "quote"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """`fields` as they were typed; `ruling` where somebody else has settled it meanwhile."""

    dispute: str
    decision: str
    fields: dict[str, str]
    ruling: Ruling | None
    waits: bool


def draft_of(case: Case, form: Mapping[str, str]) -> Draft:
    """The form as it came, beside what the case is now."""
    key = form.get("dispute", "")
    waiting = {dispute.key for dispute in case.open_disputes}
    waiting |= {check.key for check in open_checks(case)}
    return Draft(
        dispute=key,
        decision=form.get("verdict", "").partition(" ")[0],
        fields={name: form.get(name, "").replace("\r\n", "\n") for name in KEPT},
        ruling=case.standing.get(key),
        waits=not key or key in waiting,
    )
