"""The short way of a frozen file: a tool with its token, and documents.jsonl as it is kept.

Everything that decides about it is asked anew each time, in one query. Whatever is not as it usually
is goes the long way, which says why: a refusal, a takedown, a file that is not built yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from annotations.api.authentication import note_use
from annotations.api.callers import bearer_of
from annotations.api.files import Sent, answer_with
from annotations.api.releases import NDJSON, ReleasedDocuments
from annotations.api.throttling import may_ask
from annotations.project.access import ALLOWED, Action
from annotations.project.accounts import fingerprint
from annotations.project.database import prepared
from annotations.release.models import Release
from annotations.release.serving import DOCUMENTS, whole_documents
from annotations.release.sweeping_cache import NEWEST, has_kept_up

ROUTE = "api/v1/projects/<slug:slug>/releases/<str:version>/documents.jsonl"
_FILE = re.compile(
    r"/api/v1/projects/([-a-zA-Z0-9_]+)/releases/(?:v([1-9][0-9]{0,8})|latest)/documents\.jsonl"
)
# Nothing of a release was taken down: takedowns are few, so that they are looked at first.
FIND = f"""
SELECT t.id, t.last_used_at, r.id, r.number, r.sha256, r.size, r.documents_total, r.spans_total, {NEWEST}
  FROM annotations_apitoken t
  JOIN annotations_user u ON u.id = t.user_id AND u.is_active
  JOIN annotations_project p ON p.slug = %(slug)s
  JOIN annotations_release r ON r.project_id = p.id
 WHERE t.token_hash = %(token)s AND t.revoked_at IS NULL AND t.expires_at > %(now)s
   AND t.scopes && %(scopes)s AND (t.projects IS NULL OR p.id = ANY (t.projects))
   AND EXISTS (SELECT 1 FROM annotations_membership m
                WHERE m.project_id = p.id AND m.user_id = u.id AND m.role = ANY(%(roles)s))
   AND (r.number = %(number)s OR %(number)s = 0)
   AND NOT EXISTS (SELECT 1 FROM annotations_retraction x WHERE x.release_id = r.id)
   AND NOT EXISTS (SELECT 1 FROM annotations_takedown k JOIN annotations_releasedocument d
                       ON d.release_id = r.id AND d.document_id = k.document_id)
 ORDER BY r.number DESC
 LIMIT 1
"""  # noqa: S608 - our own words
SCOPES = sorted(ReleasedDocuments.scopes["GET"])
ROLES = sorted(ALLOWED[Action.SEE_RELEASES])


@dataclass(frozen=True, slots=True)
class _Found:
    """A release that the token may read, nothing of which was taken back."""

    token: int
    last_used_at: datetime | None
    release: Release
    newest: str


def kept_documents(request: HttpRequest) -> HttpResponseBase | None:
    """None where the long way is to answer."""
    asked = _FILE.fullmatch(request.path_info)
    token = asked and bearer_of(request)
    if asked is None or not token or request.META["QUERY_STRING"]:
        return None
    now = timezone.now()
    found = _found(asked[1], int(asked[2] or 0), token=token, now=now)
    if found is None or not has_kept_up(found.newest):
        return None
    wanted = whole_documents(found.release)
    if wanted.place.found() is None or not may_ask(found.token, now=now):
        return None
    note_use(found.token, before=found.last_used_at, now=now)
    request.short_way = ROUTE  # type: ignore[attr-defined]
    name = f"{asked[1]}-{found.release.version}-{DOCUMENTS}"
    return answer_with(request, Sent(wanted, name, NDJSON))


def _found(slug: str, number: int, *, token: str, now: datetime) -> _Found | None:
    values: dict[str, Any] = {
        "slug": slug,
        "number": number,
        "token": fingerprint(token),
        "scopes": SCOPES,
        "roles": ROLES,
        "now": now,
    }
    row = prepared(FIND, values)
    if row is None:
        return None
    token_id, last_used_at, *of_release, newest = row
    return _Found(token_id, last_used_at, _release(of_release), newest)


def _release(row: Sequence[Any]) -> Release:
    names = ("pk", "number", "sha256", "size", "documents_total", "spans_total")
    return Release(**dict(zip(names, row, strict=True)))
