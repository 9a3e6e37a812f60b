"""What a manager fills in to plan a round of work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.assignment.batching import LONGEST_NAME, MOST_SLOTS
from annotations.assignment.models import Assignment, BatchKind
from annotations.codebook.models import Edition
from annotations.corpus.models import Document
from annotations.desk.unplanned import unplanned
from annotations.project.models import Project


class DocumentsForm(forms.Form):
    """Documents by their boxes, or all that are in no round yet."""

    everything = forms.BooleanField(
        required=False, label=_("All documents that are in no batch yet")
    )
    documents = forms.ModelMultipleChoiceField(
        queryset=Document.objects.none(),
        to_field_name="uuid",
        required=False,
        label=_("Documents"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        self.fields["documents"].queryset = (  # type: ignore[attr-defined]  # set per project
            Document.objects.current().listed().filter(project=project).order_by("pk")
        )

    def chosen(self) -> list[Document]:
        """In the order of the corpus."""
        if self.cleaned_data["everything"]:
            return list(unplanned(self.project))
        return list(self.cleaned_data["documents"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("everything") and not cleaned.get("documents"):
            self.add_error("documents", _("Choose at least one document."))
        return cleaned


class BatchForm(DocumentsForm):
    """A new round."""

    name = forms.CharField(max_length=LONGEST_NAME, label=_("Name"))
    kind = forms.ChoiceField(choices=BatchKind.choices, initial=BatchKind.MAIN, label=_("Kind"))
    edition = forms.ModelChoiceField(
        queryset=Edition.objects.none(),
        empty_label=None,
        label=_("Codebook edition"),
    )
    slots = forms.IntegerField(
        min_value=1, max_value=MOST_SLOTS, initial=2, label=_("People for each document")
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, project=project, **kwargs)
        editions = Edition.objects.filter(project=project).order_by("-number")
        field = self.fields["edition"]
        field.queryset = editions  # type: ignore[attr-defined]  # set per project
        field.label_from_instance = _number  # type: ignore[attr-defined]  # the project is clear
        self.initial.setdefault("edition", editions.first())


def _number(edition: Edition) -> str:
    if edition.frozen_at:
        return str(edition.number)
    return gettext("%(number)s (a draft so far)") % {"number": edition.number}


def submitted_by_somebody(project: Project) -> QuerySet[Document]:
    """Documents that a retest can be of, oldest first."""
    coded = Assignment.objects.submitted().filter(project=project).values("document")
    rows = Document.objects.current().listed().filter(project=project)
    return rows.filter(pk__in=coded).order_by("pk")
