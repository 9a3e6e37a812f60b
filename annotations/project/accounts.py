"""Ways in: one-time links for people, tokens for tools. Only hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.project.access import visible_projects
from annotations.project.models import ApiToken, SignInLink, User
from annotations.project.refusals import Invalid, NotVisible

LINK_LIFETIME = timedelta(days=1)
TOKEN_LIFETIME = timedelta(days=90)
TOKEN_PREFIX = "wb_"  # noqa: S105 - the public prefix that lets scanners find a leaked token
SCOPES = {
    "read": "documents, agreement and releases that the account may read",
    "releases": "releases only",
    "code": "claim, save and submit as the account",
    "manage": "import, plan, adjudicate and release as the account",
}


def fingerprint(token: str) -> str:
    """Tokens are 256 random bits, so that a plain hash is enough and equality leaks nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_sign_in_link(user: User, *, now: datetime, lifetime: timedelta = LINK_LIFETIME) -> str:
    """The token of a link that signs the person in once."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(user=user, token_hash=fingerprint(token), expires_at=now + lifetime)
    return token


def link_of(token: str, *, now: datetime) -> SignInLink:
    """The link, if it can still be used."""
    link = (
        SignInLink.objects.select_related("user")
        .filter(token_hash=fingerprint(token), used_at=None, expires_at__gt=now)
        .filter(user__is_active=True)
        .first()
    )
    if link is None:
        raise NotVisible(_("This link was used, or is too old. Ask for a new one."))
    return link


@transaction.atomic
def use_sign_in_link(token: str, *, now: datetime) -> User:
    """Spends the link: of two who try at once, one gets in."""
    link = link_of(token, now=now)
    if not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        raise NotVisible(_("This link was used, or is too old. Ask for a new one."))
    return link.user


@dataclass(frozen=True)
class NewToken:
    """A token at the one moment when it can be read."""

    secret: str
    row: ApiToken


def create_token(
    user: User,
    *,
    name: str,
    scopes: Iterable[str],
    now: datetime,
    lifetime: timedelta = TOKEN_LIFETIME,
    projects: Iterable[str] | None = None,
) -> NewToken:
    """A token that acts as the account, in all its projects or in those of these slugs.

    Raises Invalid for unknown scopes, and for projects that the account has no part in.
    """
    wanted = sorted(set(scopes))
    unknown = [scope for scope in wanted if scope not in SCOPES]
    if unknown or not wanted:
        known = ", ".join(SCOPES)
        detail = _("Scopes are %(known)s; got %(wanted)s.")
        said = {"known": known, "wanted": ", ".join(wanted) or _("none")}
        raise Invalid.field("scopes", "scope-unknown", detail % said)
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user=user,
        name=name,
        token_hash=fingerprint(secret),
        scopes=wanted,
        projects=None if projects is None else _reached(user, set(projects)),
        expires_at=now + lifetime,
    )
    return NewToken(secret=secret, row=row)


def _reached(user: User, slugs: set[str]) -> list[int]:
    known = dict(visible_projects(user).values_list("slug", "pk"))
    found = {slug: known[slug] for slug in slugs & known.keys()}
    if unknown := sorted(slugs - found.keys()):
        detail = _("There is no project “%(slug)s” here.")
        raise Invalid.field("projects", "project-unknown", detail % {"slug": unknown[0]})
    if not found:
        raise Invalid.field(
            "projects", "projects", _("Choose the projects that the token reaches.")
        )
    return sorted(found.values())


def token_of(secret: str, *, now: datetime) -> ApiToken | None:
    """The token, if it is in force."""
    return (
        ApiToken.objects.select_related("user")
        .filter(token_hash=fingerprint(secret), revoked_at=None, expires_at__gt=now)
        .filter(user__is_active=True)
        .first()
    )
