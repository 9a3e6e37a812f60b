"""Frozen gold: list, freeze, manifest, and the file itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.coding import asked_of, person
from annotations.api.files import Sent, answer_with
from annotations.api.freezings import answer_for, key_of
from annotations.api.paging import NewestFirst, filters_of, page_of
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotVisible
from annotations.release.asking import ask
from annotations.release.bundling import BUNDLE, MEDIA_TYPE
from annotations.release.choosing import wanted
from annotations.release.formats import FORMATS
from annotations.release.formats.contract import Format
from annotations.release.models import Release
from annotations.release.placing import shares_before
from annotations.release.present import identity, manifest_of_now
from annotations.release.previewing import preview
from annotations.release.serving import DOCUMENTS, release_of
from annotations.release.shapes import SHAPES
from annotations.release.shapes.contract import File
from annotations.release.splitting import Shares, shares_from
from annotations.release.wanting import AS_IT_IS, UNITS, Asked
from annotations.release.withdrawals import Retraction
from workbench.replicas import reads_elsewhere

NDJSON = "application/x-ndjson"
LONGEST_NOTES = 20_000


class Releases(APIView):
    """GET: all releases, newest first. POST: the gold of now is to be frozen under the next version.

    202 with the freezing, whose address is `Location`; 201 with the manifest where the caller would
    wait (`Prefer: wait=30`) and it is done by then. `Idempotency-Key` makes it one asking.
    `preview: true` freezes nothing and says what would be in, and what would not and why. `splits`
    is `{"train", "dev", "test", "seed"}` or null, and as the last time where it is not said.
    """

    costly = {"POST"}
    scopes = {"GET": {"read", "releases"}, "POST": {"manage"}}

    @reads_elsewhere
    def get(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.SEE_RELEASES)
        rows = Release.objects.filter(project=project).defer("manifest")
        return page_of(rows, _summary, request=request, view=self, pages=NewestFirst())

    def post(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.RELEASE)
        asked, key = asked_of(request.data), key_of(request)
        notes, shares = _notes(asked), _shares(asked, project)
        if _flag(asked, "preview"):
            return Response(asdict(preview(project)))
        freezing = ask(
            project,
            by=person(request),
            now=timezone.now(),
            notes=notes,
            shares=shares,
            uuid=key,
        )
        return answer_for(request, project, freezing)


def _flag(asked: dict[str, Any], name: str) -> bool:
    value = asked.get(name, False)
    if not isinstance(value, bool):
        detail = _("%(field)s is true or false.") % {"field": name}
        raise Invalid.field(name, "boolean", detail)
    return value


def _notes(asked: dict[str, Any]) -> str:
    notes = asked.get("notes", "")
    if not isinstance(notes, str) or len(notes) > LONGEST_NOTES:
        detail = _("%(field)s is text of at most %(longest)s characters.")
        detail %= {"field": "notes", "longest": LONGEST_NOTES}
        raise Invalid.field("notes", "string", detail)
    return notes


def _shares(asked: dict[str, Any], project: Project) -> Shares | None:
    """As the newest release was split where nothing is said; null splits nothing."""
    if "splits" not in asked:
        return shares_before(project)
    if asked["splits"] is None:
        return None
    try:
        return shares_from(asked["splits"])
    except ValueError as error:
        detail = _("Splits are shares of train, dev and test that are 1 together, and a seed.")
        raise Invalid.field("splits", "shares", detail) from error


class OneRelease(APIView):
    """GET: the manifest, with what was taken back since. `latest` is a version here, too."""

    scopes = {"GET": {"read", "releases"}}

    @reads_elsewhere
    def get(self, request: Request, slug: str, version: str) -> Response:
        project = project_for(person(request), slug, Action.SEE_RELEASES)
        release = release_of(project, version)
        etag = f'"{_state_of(release)}-{release.number}"'
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304, headers={"ETag": etag})
        return Response(manifest_of_now(release), headers={"ETag": etag})


class ReleasedDocuments(APIView):
    """GET: documents.jsonl. The ETag is the release's hash; one byte range is served."""

    scopes = {"GET": {"read", "releases"}}

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """The file is the file, whatever the caller says to accept."""
        return super().perform_content_negotiation(request, force=True)

    @reads_elsewhere
    def get(self, request: Request, slug: str, version: str) -> HttpResponseBase:
        project = project_for(person(request), slug, Action.SEE_RELEASES)
        return self.sent(request, release_of(project, version), DOCUMENTS, NDJSON)

    def sent(
        self,
        request: Request,
        release: Release,
        file: str,
        media_type: str,
        asked: Asked = AS_IT_IS,
    ) -> HttpResponseBase:
        """The file, with the name that it is kept under by whoever asks."""
        name = f"{release.project.slug}-{release.version}-{file}"
        return answer_with(request, Sent(wanted(release, file, asked), name, media_type))


class ReleasedFile(ReleasedDocuments):
    """GET: the release in another format, as `release/formats` names it.

    `offsets` (codepoint, utf16, byte), `formulas=safe` and `bom=yes` are for those that know them.
    """

    @reads_elsewhere
    def get(self, request: Request, slug: str, version: str, file: str = "") -> HttpResponseBase:
        project = project_for(person(request), slug, Action.SEE_RELEASES)
        release = release_of(project, version)
        if file == BUNDLE:
            filters_of(request, allowed=frozenset())
            return self.sent(request, release, file, MEDIA_TYPE)
        chosen = FORMATS.get(file) or SHAPES.get(file)
        if chosen is None:
            raise NotVisible(_("A release has no such file."))
        asked = _asked(request, chosen)
        return self.sent(request, release, file, chosen.media_type, asked)


def _asked(request: Request, chosen: Format | File) -> Asked:
    known = {"offsets": UNITS, "formulas": ("safe",), "bom": ("yes",)}
    said = filters_of(request, allowed=chosen.takes)
    for name, value in said.items():
        if value not in known[name]:
            detail = _("%(field)s is one of: %(known)s.")
            detail %= {"field": name, "known": ", ".join(known[name])}
            raise Invalid.field(name, "choice", detail)
    return Asked(
        offsets=said.get("offsets", "codepoint"),
        formula_safe="formulas" in said,
        bom="bom" in said,
    )


def _state_of(release: Release) -> str:
    """Changes with whatever is taken back."""
    retracted = Retraction.objects.filter(release=release).exists()
    return identity(release, release.sha256) + ("-retracted" if retracted else "")


def _summary(release: Release) -> dict[str, Any]:
    return {
        "version": release.version,
        "schema_version": release.schema_version,
        "released_at": release.at.isoformat(),
        "documents": release.documents_total,
        "spans": release.spans_total,
        "sha256": release.sha256,
        "size": release.size,
        "notes": release.notes,
    }
