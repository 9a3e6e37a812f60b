"""Work handed on from the list of assignments: given back for others, or to somebody by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.admin import helpers
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.assignment.claiming import give_back
from annotations.assignment.models import Assignment, BatchDocument
from annotations.assignment.seating import hand_over
from annotations.project.access import Action, coder_of, require
from annotations.project.models import Coder, Role, User
from annotations.project.refusals import Invalid

if TYPE_CHECKING:
    from annotations.desk.admin.base import Page


class HandOn(forms.Form):
    to = forms.ModelChoiceField(Coder.objects.none(), label=gettext_lazy("To"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)


def staff(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the site lets staff in only
    return request.user


@transaction.atomic
def released(request: HttpRequest, chosen: QuerySet[Assignment]) -> int:
    """All of them or none; each is kept, outside agreement, and its slot is free."""
    by, now = staff(request), timezone.now()
    work = list(chosen.select_related("project", "batch", "document", "coder"))
    for each in work:
        require(by, Action.PLAN, each.project)
        give_back(each, by=coder_of(by, each.project), now=now)
    return len(work)


@transaction.atomic
def handed_on(request: HttpRequest, chosen: QuerySet[Assignment], *, to: Coder, reason: str) -> int:
    work = list(chosen.select_related("project", "batch"))
    for each in work:
        item = BatchDocument.objects.get(batch=each.batch_id, document=each.document_id)
        hand_over(item, each.slot, to=to, reason=reason, by=staff(request), now=timezone.now())
    return len(work)


def asked_for(
    page: Page[Assignment], request: HttpRequest, chosen: QuerySet[Assignment]
) -> HttpResponse | None:
    """The form that asks to whom and why; once it has been filled in, the deed."""
    projects = set(chosen.values_list("project", flat=True))
    if len(projects) != 1:
        raise Invalid(_("Choose work of one project."))
    form = HandOn(request.POST if "to" in request.POST else None)
    field = form.fields["to"]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as the class says
    field.queryset = Coder.objects.filter(
        project__in=projects,
        user__is_active=True,
        user__memberships__role=Role.ANNOTATOR,
        user__memberships__project__in=projects,
    ).order_by("pseudonym")
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        count = handed_on(request, chosen, to=given["to"], reason=given["reason"])
        said = ngettext(
            "%(count)s document was handed on.", "%(count)s documents were handed on.", count
        )
        page.message_user(request, said % {"count": count}, messages.SUCCESS)
        return None
    context = {
        **page.admin_site.each_context(request),
        "title": _("Hand on to another coder"),
        "opts": page.model._meta,
        "form": form,
        "chosen": chosen.select_related("document", "coder", "batch"),
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
    }
    return render(request, "admin/annotations/hand_on.html", context)
