"""The corpus as its manager sees it: the list, and one document with its zones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.assignment.archiving import archive, put_back
from annotations.assignment.models import Assignment
from annotations.corpus.accepting import accept
from annotations.corpus.attributes.valuing import give_values
from annotations.corpus.gone import refuse_if_taken_down
from annotations.corpus.models import AcceptedWarning, Attribute, Document, Passage, Zone
from annotations.corpus.models.languages import languages_of
from annotations.corpus.speaking import warning_in_words, zone_reason_in_words
from annotations.desk.attribute_forms import Field, attributes_of, fields_of, told, values_in
from annotations.desk.document_filters import Wanted
from annotations.desk.provenance import repairs_in_words, warnings_of
from annotations.desk.signed_in import frame, person
from annotations.desk.zone_forms import is_number, settled
from annotations.project.access import Action, may_at_sight, project_for, require_of_found
from annotations.project.refusals import Invalid, NotNow, NotVisible

ROWS = 25
PASSAGES = 200
# One letter a zone, whatever the language of the page; x for what is left out.
KEYS = {zone.value[0]: zone for zone in Zone if zone != Zone.BOILERPLATE} | {"x": Zone.BOILERPLATE}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: how many passages each zone has, and who codes it in which state."""

    document: Document
    zones: list[tuple[str, int]]
    work: list[Assignment]
    attributes: list[tuple[Attribute, str, str]]


@login_required
@require_safe
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_for(person(request), slug, Action.PLAN)
    wanted = Wanted.from_query(request.GET.dict())
    found = wanted.among(project)
    page = list(after(found, request.GET.get("after"))[: ROWS + 1])
    attributes = attributes_of(project)
    context = {
        **frame(request, project),
        "rows": rows_of(page[:ROWS], attributes),
        "count": wanted.count(project),
        "next": page[ROWS - 1].uuid if len(page) > ROWS else None,
        "wanted": wanted,
        "attributes": list(attributes.values()),
        "languages": languages_of(project),
    }
    return render(request, "annotations/desk/documents.html", context)


def after(found: QuerySet[Document], uuid: str | None) -> QuerySet[Document]:
    """What follows the document that the last page ended with; all if it is unknown."""
    try:
        last = found.model.objects.only("pk").filter(uuid=UUID(uuid or "")).first()
    except ValueError:
        last = None
    return found.filter(pk__gt=last.pk) if last else found


def rows_of(page: Sequence[Document], known: Mapping[str, Attribute]) -> list[Row]:
    """Two queries for the whole page, however long it is."""
    zones: dict[int, list[tuple[str, int]]] = defaultdict(list)
    counted = Passage.objects.filter(document__in=page).values("document", "zone")
    for each in counted.annotate(count=Count("pk")).order_by("-count", "zone"):
        zones[each["document"]].append((str(Zone(each["zone"]).label), each["count"]))
    work: dict[int, list[Assignment]] = defaultdict(list)
    live = Assignment.objects.live().filter(document__in=page).select_related("coder__user")
    live = live.only(
        *("batch", "document", "slot", "state", "coder__pseudonym"),
        *("coder__user__name", "coder__user__username"),
    )
    for assignment in live.order_by("batch", "slot"):
        work[assignment.document_id].append(assignment)
    return [Row(each, zones[each.pk], work[each.pk], told(each, known)) for each in page]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET: the text with its zones. POST: the zones of one page of passages, settled; or with
    `do` the values of its attributes, a warning accepted, or the document archived or put back.
    """
    found = document_for(request, uuid)
    if request.method != "POST":
        return shown(request, found)
    if request.POST.get("do") in {"archive", "put back"}:
        return put_away(request, found)
    if request.POST.get("do") == "accept":
        return accepted(request, found)
    if request.POST.get("do") == "attributes":
        return valued(request, found)
    return settled(request, found)


def valued(request: HttpRequest, found: Document) -> HttpResponse:
    typed = values_in(request.POST)
    try:
        give_values(found, typed, by=person(request))
    except Invalid as refusal:
        fields = fields_of(found, typed, refusal.extra.get("errors", ()))
        return shown(request, found, fields=fields)
    messages.success(request, _("The attributes are saved."))
    return redirect("document", uuid=found.uuid)


def put_away(request: HttpRequest, found: Document) -> HttpResponse:
    by, now = person(request), timezone.now()
    try:
        if request.POST["do"] == "archive":
            archive(found, reason=request.POST.get("reason", ""), by=by, now=now)
            messages.success(request, _("The document is archived: nobody gets it any more."))
        else:
            put_back(found, by=by)
            messages.success(request, _("The document is back, at the place that it had."))
    except (Invalid, NotNow) as refusal:
        messages.error(request, refusal.message)
    return redirect("document", uuid=found.uuid)


def accepted(request: HttpRequest, found: Document) -> HttpResponse:
    """One warning where it is named, else all."""
    # Forms send line breaks of their own.
    named = [each.replace("\r\n", "\n") for each in request.POST.getlist("warning")]
    try:
        accept(found, by=person(request), now=timezone.now(), warnings=named or None)
        messages.success(request, _("Accepted as it is read."))
    except NotNow as refusal:
        messages.info(request, refusal.message)
    return redirect("document", uuid=found.uuid)


def shown(
    request: HttpRequest, found: Document, *, fields: list[Field] | None = None
) -> HttpResponse:
    """The page; `fields` are those of a form that was refused."""
    pages = Paginator(found.passages.order_by("index"), PASSAGES)
    page = pages.get_page(page_wanted(request))
    context = {
        **frame(request, found.project),
        "document": found,
        "plans": may_at_sight(person(request), Action.PLAN, found.project),
        "page": page,
        "passages": [spoken(each, found.text) for each in page],
        "warnings": warnings_of(found),
        "zones": [(key, zone.value, zone.label) for key, zone in KEYS.items()],
        "repairs": repairs_in_words(found),
        "work": rows_of([found], {})[0],
        "fields": fields_of(found) if fields is None else fields,
        "refused": fields is not None,
        "accepted": acceptances(found),
        "unconfirmed": found.passages.filter(zone_confirmed_at=None).count(),
    }
    status = 200 if fields is None else 422
    return render(request, "annotations/desk/document.html", context, status=status)


def acceptances(found: Document) -> list[tuple[str, AcceptedWarning]]:
    """Each with its warning in the reader's words."""
    rows = found.accepted_warnings.select_related("by__user")
    return [(warning_in_words(each.warning), each) for each in rows]


def spoken(passage: Passage, text: str) -> tuple[Passage, str, str]:
    """A passage, its quote and why it has its zone."""
    quote = text[passage.start : passage.end]
    return passage, quote, zone_reason_in_words(passage.zone_reason)


def document_for(request: HttpRequest, uuid: UUID) -> Document:
    """The document, for those who may see all; its zones are settled by those who plan."""
    rows = Document.objects.select_related("project", "source", "archived__by")
    rows = rows.defer("source__content")
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    writes = request.method == "POST"
    action = Action.PLAN if writes else Action.SEE_DOCUMENTS
    require_of_found(person(request), action, found.project)
    refuse_if_taken_down(found)
    return found


def page_wanted(request: HttpRequest) -> str | int | None:
    """The page of `?passage=`, which links to a passage name, else that of `?page=`."""
    passage = request.GET.get("passage", "")
    return int(passage) // PASSAGES + 1 if is_number(passage) else request.GET.get("page")
