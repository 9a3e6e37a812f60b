"""What most coders said, told once an adjudicator has decided."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.adjudication.cases import Case
from annotations.adjudication.models import Decision, Ruling
from annotations.desk.adjudication_book import Book
from annotations.desk.adjudication_history import most


def what_most_said(case: Case, ruling: Ruling) -> SafeString | None:
    """In a sentence, with the way back to the dispute; None where there is no majority."""
    dispute = case.dispute(ruling.dispute)
    if dispute is None or ruling.decision == Decision.REOPEN:
        return None
    found = most(case, Book(case.item.batch.edition), dispute)
    if found is None:
        return None
    said = _("nothing of it is there")
    if found.said is not None:
        said = f"{found.said.theme['name']}, {found.said.stance['label']}, {found.said.holder}"
    told = _("%(votes)s of %(total)s coders said: %(said)s.") % {
        "votes": found.votes,
        "total": found.total,
        "said": said,
    }
    how = _("So did you.") if found.followed else _("You decided otherwise.")
    where = f"{reverse('adjudicate', args=[case.document.uuid])}#d-{dispute.key}"
    link = '{} {} <a href="{}" data-press="z">{}</a> <kbd>Z</kbd>'
    return format_html(link, told, how, where, _("Look at it again"))
