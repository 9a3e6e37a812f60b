"""A person says how a table is cut, and sees its first rows anew."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from annotations.corpus.deliveries.answering import asked_file
from annotations.corpus.deliveries.pieces import Preview
from annotations.corpus.deliveries.reading_apart import TOO_LONG
from annotations.corpus.deliveries.reading_child import Asked, Gone, Process
from annotations.corpus.deliveries.unpacking import kind_of
from annotations.corpus.models import Import, ImportFile, Outcome
from annotations.corpus.readers.columns import DELIMITERS
from annotations.corpus.texts.refusals import Unreadable
from annotations.project.access import Action, require
from annotations.project.models import User
from annotations.project.refusals import Invalid, NotNow


def cut_anew(
    delivery: Import, position: int, *, delimiter: str, header: bool, by: User
) -> dict[str, Any]:
    """The preview of the table cut so, which is what is asked about from then on.

    `header`: the first row holds names. Raises `Invalid`, `NotNow` once it was answered.
    """
    require(by, Action.IMPORT, delivery.project)
    file = asked_file(delivery, position)
    if kind_of(file.name, b"") != "table":
        raise NotNow(_("Only a table has columns that are cut."), reason="no-table")
    if delimiter not in DELIMITERS:
        detail = _("Columns are parted by a comma, a semicolon, a tab or a vertical bar.")
        raise Invalid.field("delimiter", "delimiter", detail)
    said = {key: value for key, value in file.reading.items() if key not in ("preview", "columns")}
    reading = {**said, "delimiter": delimiter, "header": header}
    preview = _preview(file, reading)
    with transaction.atomic():
        asked = delivery.files.filter(pk=file.pk, outcome=Outcome.ASKED)
        asked.update(reading={**reading, "preview": preview})
    return preview


def _preview(file: ImportFile, reading: dict[str, Any]) -> dict[str, Any]:
    content = ImportFile.objects.values_list("content", flat=True).get(pk=file.pk)
    asked = Asked(0, file.name, bytes(content or b""), reading)
    child = Process()
    try:
        # What is stored about a file is stored in English.
        with override("en"):
            longest = settings.IMPORT_MAX_FILE_BYTES
            first = next(child.unpack(asked, longest=longest, inside=False), None)
    except Unreadable as refusal:
        raise Invalid.field("delimiter", "unreadable", str(refusal)) from refusal
    except Gone as gone:
        raise Invalid.field("delimiter", gone.how, TOO_LONG) from gone
    finally:
        child.kill()
    assert isinstance(first, Preview)  # noqa: S101 - with a delimiter said, it is asked about
    return first.said
