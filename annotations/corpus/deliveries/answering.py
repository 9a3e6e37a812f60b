"""A person says which column of a table is what."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.corpus.choices import Choices, Columns
from annotations.corpus.deliveries.delivering import ask_to_read
from annotations.corpus.models import Import, ImportFile, Outcome
from annotations.corpus.readers.columns import PARTS
from annotations.project.access import Action, require
from annotations.project.models import User
from annotations.project.refusals import Invalid, NotNow, NotVisible


def asked_file(delivery: Import, position: int) -> ImportFile:
    """The file that waits for an answer. Raises `NotVisible`, and `NotNow` once it was answered."""
    file = delivery.files.defer("content").filter(position=position).first()
    if file is None:
        raise NotVisible
    if file.outcome != Outcome.ASKED:
        raise NotNow(_("Nobody asks about this file’s columns any more."), reason="not-asked")
    return file


@transaction.atomic
def name_columns(
    delivery: Import, position: int, columns: Columns, *, by: User, now: datetime
) -> None:
    """The table waits again, to be unpacked by these columns."""
    require(by, Action.IMPORT, delivery.project)
    file = asked_file(delivery, position)
    _require_known(columns, file.reading["preview"]["names"])
    choices = Choices(columns=columns).as_json()
    reading = {key: value for key, value in file.reading.items() if key != "preview"}
    answered = delivery.files.filter(pk=file.pk, outcome=Outcome.ASKED).update(
        outcome=Outcome.WAITING, reading={**reading, **choices}, attempts=0, leased_until=None
    )
    if answered:
        ask_to_read(delivery.pk)


def _require_known(columns: Columns, names: list[str]) -> None:
    if not columns.text:
        raise Invalid.field("text", "column-missing", _("Say which column holds the text."))
    named = {part: getattr(columns, part) for part in PARTS}
    for part, name in [*named.items(), *(("attributes", each) for each in columns.attributes)]:
        if name and name not in names:
            detail = _("There is no column “%(name)s”.") % {"name": name}
            raise Invalid.field(part, "column-unknown", detail)
