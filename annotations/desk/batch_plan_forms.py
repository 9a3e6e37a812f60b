"""What a manager fills in to plan a round: documents, people, and what they are drawn by."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.assignment.batching import Settings
from annotations.assignment.models import Allocation
from annotations.assignment.planning import MOST_DOCUMENTS, Part, Plan, coders_of
from annotations.corpus.models import Document
from annotations.desk.batch_forms import BatchForm, submitted_by_somebody
from annotations.desk.document_filters import Wanted
from annotations.desk.unplanned import unplanned
from annotations.project.models import Coder, Project

FRESH, FITTING, CODED, TICKED = "fresh", "fitting", "coded", "ticked"
SHOWN_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class PersonRow:
    """The fields of one person, to be laid out in a row."""

    coder: Coder
    taking: forms.BoundField
    most: forms.BoundField
    languages: forms.BoundField
    excluded: forms.BoundField


class PlanForm(BatchForm):
    """A round in all its measures; `plan()` once it is valid."""

    source = forms.ChoiceField(
        choices=[
            (FRESH, _("all that are in no batch yet")),
            (FITTING, _("all that fit these conditions")),
            (CODED, _("those that were coded before, for a retest")),
            (TICKED, _("those ticked below")),
        ],
        initial=FRESH,
        widget=forms.RadioSelect,
        label=_("Documents"),
    )
    only_fresh = forms.BooleanField(
        required=False, initial=True, label=_("Only those in no batch yet")
    )
    sample = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_DOCUMENTS,
        label=_("At most so many of them, drawn by the seed"),
    )
    allocation = forms.ChoiceField(
        choices=[
            (Allocation.PLANNED, _("Planned: each slot is someone’s seat")),
            (Allocation.QUEUE, _("Open queue: whoever comes gets the next document")),
        ],
        initial=Allocation.PLANNED,
        widget=forms.RadioSelect,
        label=_("Who codes what"),
    )
    share = forms.DecimalField(
        min_value=0, max_value=100, initial=5, label=_("Percent checked of what coders agree on")
    )
    same_story = forms.BooleanField(
        required=False, label=_("One person may code several documents of a story")
    )
    seed = forms.IntegerField(min_value=0, max_value=2**31 - 1, label=_("Seed of the draw"))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, project=project, **kwargs)
        self.coders = coders_of(project)
        self.initial.setdefault("seed", secrets.randbits(31))
        self.wanted = Wanted.from_query(self.data if self.is_bound else {})
        for coder in self.coders:
            who = {"who": coder.user or coder.pseudonym}
            self.fields[f"taking-{coder.pk}"] = forms.BooleanField(
                required=False, initial=True, label=gettext("%(who)s takes part") % who
            )
            self.fields[f"most-{coder.pk}"] = forms.IntegerField(
                required=False,
                min_value=1,
                max_value=MOST_DOCUMENTS,
                label=gettext("Most documents for %(who)s") % who,
            )
            self.fields[f"languages-{coder.pk}"] = forms.CharField(
                required=False, max_length=200, label=gettext("Languages of %(who)s") % who
            )
            self.fields[f"excluded-{coder.pk}"] = forms.CharField(
                required=False,
                max_length=20_000,
                label=gettext("Not for %(who)s: titles, one a line") % who,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def people(self) -> list[PersonRow]:
        names = ("taking", "most", "languages", "excluded")
        return [
            PersonRow(coder, *(self[f"{name}-{coder.pk}"] for name in names))
            for coder in self.coders
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        cleaned["chosen"] = chosen = tuple(self.chosen())
        if not chosen and "source" in cleaned:
            self.add_error("documents", gettext("No document fits. Choose at least one."))
        if not any(cleaned.get(f"taking-{coder.pk}") for coder in self.coders):
            self.add_error(None, gettext("Nobody takes part. Tick at least one person."))
        for coder in self.coders:
            lines = (cleaned.get(f"excluded-{coder.pk}") or "").splitlines()
            cleaned[f"left-out-{coder.pk}"] = self._named(coder, lines, chosen)
        return cleaned

    def chosen(self) -> list[Document]:
        source = self.cleaned_data.get("source")
        if source == FRESH:
            return list(unplanned(self.project).defer("text"))
        if source == TICKED:
            return list(self.cleaned_data.get("documents") or ())
        if source == CODED:
            return self._coded()
        found = self.wanted.among(self.project).defer("text")
        if self.cleaned_data.get("only_fresh"):
            found = found.filter(pk__in=unplanned(self.project).values("pk"))
        return list(found)

    def _coded(self) -> list[Document]:
        """Submitted by somebody, whatever the round; a sample of them where one is asked for."""
        found = list(submitted_by_somebody(self.project).defer("text"))
        most, seed = self.cleaned_data.get("sample"), self.cleaned_data.get("seed")
        if not most or seed is None or most >= len(found):
            return found
        drawn = Random(seed).sample(range(len(found)), most)  # noqa: S311 - to be drawn again
        return [found[place] for place in sorted(drawn)]

    def _named(
        self, coder: Coder, lines: Iterable[str], among: Iterable[Document]
    ) -> tuple[Document, ...]:
        """The one document of the round that each line names: by its title, or a part of it."""
        found = []
        for line in filter(None, (line.strip() for line in lines)):
            fitting = [each for each in among if line.casefold() in each.title.casefold()]
            exact = [each for each in fitting if each.title.casefold() == line.casefold()]
            if len(exact or fitting) == 1:
                found += exact or fitting
                continue
            words = gettext(
                "“%(title)s” fits %(count)s documents of this round; it has to fit one."
            )
            told = words % {"title": line, "count": len(fitting)}
            self.add_error(f"excluded-{coder.pk}", told)
        return tuple(found)

    def plan(self) -> Plan:
        data = self.cleaned_data
        queue = data["allocation"] == Allocation.QUEUE
        parts = tuple(self._part(coder) for coder in self.coders if data[f"taking-{coder.pk}"])
        everyone = queue and parts == tuple(Part(coder) for coder in self.coders)
        return Plan(
            name=data["name"],
            kind=data["kind"],
            edition=data["edition"],
            documents=data["chosen"],
            slots=data["slots"],
            seed=data["seed"],
            settings=Settings(
                checked_share=float(data["share"]) / 100,
                same_story=data["same_story"],
                allocation=data["allocation"],
            ),
            parts=() if everyone else parts,
        )

    def _part(self, coder: Coder) -> Part:
        data = self.cleaned_data
        spoken = data[f"languages-{coder.pk}"].replace(",", " ").split()
        return Part(
            coder,
            most=data[f"most-{coder.pk}"],
            languages=tuple(dict.fromkeys(each.lower() for each in spoken)),
            excluded=data[f"left-out-{coder.pk}"],
        )
