"""Annotations from elsewhere: lines of JSON in, an outcome a line out, as they are taken."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.views import APIView

from annotations.api.coding import person
from annotations.api.import_bodies import Lines
from annotations.api.paging import filters_of
from annotations.codebook.reading import edition_to_read
from annotations.coding.import_lines import LONGEST_LINE
from annotations.coding.import_seats import Round
from annotations.coding.importing import Import, Outcome, import_annotations
from annotations.corpus.deliveries.lines import lines_of
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from annotations.project.refusals import Invalid
from annotations.project.speaking import spoken

NAME = "Imported"
QUERY = frozenset({"batch", "kind", "edition", "coder", "prefix", "judged", "submit"})


class AnnotationImport(APIView):
    """POST `application/x-ndjson`: an annotation a line, from other tools.

    Answers 200 with `application/x-ndjson`, an outcome a line in their order, while they are taken;
    the last line is `{"outcome": "done", …}`, and an answer without it has been cut off. Query:
    `batch` (name or UUID; made if there is none), `kind`, `edition`, `coder` (of lines that name
    none), `prefix` (before every name of a coder), `judged=all`, `submit=true`.
    """

    scopes = {"POST": {"manage"}}
    parser_classes = [Lines]

    def post(self, request: Request, slug: str) -> StreamingHttpResponse:
        user = person(request)
        project = project_for(user, slug, Action.IMPORT_CODINGS)
        how = how_of(project, filters_of(request, allowed=QUERY))
        body = body_of(request)
        lines = lines_of(body, LONGEST_LINE)
        outcomes = import_annotations(project, lines, how, by=user, now=timezone.now())
        answer = StreamingHttpResponse(
            told(outcomes, body, language=get_language()), content_type="application/x-ndjson"
        )
        answer["Cache-Control"] = "no-store"
        return answer


def body_of(request: Request) -> IO[bytes]:
    """The lines in a temporary file. Raises Invalid where nothing was sent."""
    data = request.data
    if not isinstance(data, Mapping) or "lines" not in data:
        raise Invalid.field("", "lines-missing", _("Send annotations, one a line."))
    body: IO[bytes] = data["lines"]
    return body


def how_of(project: Project, asked: Mapping[str, str]) -> Import:
    """Raises Invalid for a value that is none."""
    number = asked.get("edition")
    edition = None if number is None else edition_to_read(project, number)
    return Import(
        into=Round(asked.get("batch", NAME), kind=asked.get("kind"), edition=edition),
        coder=asked.get("coder", ""),
        prefix=asked.get("prefix", ""),
        judged_all=_one_of(asked, "judged", no="tagged", yes="all"),
        submit=_one_of(asked, "submit", no="false", yes="true"),
    )


def _one_of(asked: Mapping[str, str], field: str, *, no: str, yes: str) -> bool:
    said = asked.get(field, no)
    if said not in (no, yes):
        detail = _("%(field)s is “%(one)s” or “%(other)s”.")
        raise Invalid.field(field, "choice", detail % {"field": field, "one": yes, "other": no})
    return said == yes


def told(outcomes: Iterable[Outcome], body: IO[bytes], *, language: str | None) -> Iterator[bytes]:
    """Lines of JSON. Each step of the work is done, and said, in the request's language."""
    waiting = iter(outcomes)
    with body:
        while True:
            # Not around the `yield`: other requests are answered by this thread's language later.
            with override(language):
                outcome = next(waiting, None)
                if outcome is None:
                    return
                line = json.dumps(outcome_json(outcome), ensure_ascii=False, separators=(",", ":"))
            yield f"{line}\n".encode()


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """Every key on every line; `errors` names each fault by field, the first of them beside it."""
    refusal = spoken(outcome.refusal) if outcome.refusal else None
    errors = refusal.extra.get("errors", []) if refusal else []
    first = errors[0] if errors else {}
    code = refusal and (first.get("code") or refusal.extra.get("reason") or refusal.code)
    return {
        "line": outcome.line,
        "outcome": outcome.outcome,
        "id": outcome.annotation and str(outcome.annotation),
        "document": outcome.document and str(outcome.document),
        "coder": outcome.coder,
        "assignment": outcome.assignment and str(outcome.assignment),
        "code": code,
        "field": first.get("field"),
        "detail": refusal and refusal.message,
        "errors": errors,
        "counts": outcome.counts,
    }
