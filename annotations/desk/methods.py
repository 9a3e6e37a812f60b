"""The methods page: every formula with its source, and the paragraph for a paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from annotations.agreement.choosing import chosen
from annotations.agreement.facts import facts_of
from annotations.agreement.formulas import FORMULAS, Formula
from annotations.agreement.methods import ENGLISH, FRENCH, paragraph
from annotations.agreement.reports import report
from annotations.desk.formula_words import WORDS
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from workbench.replicas import reads_elsewhere


@dataclass(frozen=True, slots=True)
class Told:
    """A formula with its name and what it says."""

    name: str
    words: str
    mathml: SafeString
    source: str


@login_required
@require_safe
@reads_elsewhere
def methods(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_for(person(request), slug, Action.SEE_AGREEMENT)
    what = chosen(project, batch=request.GET.get("batch"), edition=request.GET.get("edition"))
    figures = report(project, **what)
    facts = facts_of(project, figures)
    words = (
        [("en", "English", paragraph(facts, ENGLISH)), ("fr", "Français", paragraph(facts, FRENCH))]
        if facts
        else []
    )
    context = {"report": figures, "paragraphs": words, "formulas": _formulas()}
    return render(request, "annotations/desk/methods.html", context | frame(request, project))


def _formulas() -> list[Told]:
    return [_told(each) for each in FORMULAS]


def _told(formula: Formula) -> Told:
    name, words = map(str, WORDS[formula.key])
    return Told(name, words, mark_safe(formula.mathml), formula.source)  # noqa: S308 - constants of this code
