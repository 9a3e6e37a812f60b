"""All that is stored of a person, for the person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from annotations.project.models import Coder, Membership, Preference, SignInLink, User
from annotations.project.places import places_of
from annotations.project.tokens import own, reach_of


def told(user: User, *, now: datetime) -> dict[str, Any]:
    """Account, roles, pseudonyms, ways in, settings. Secrets are named, never shown.

    What was coded belongs to the project, under the pseudonym; `pseudonyms` says which that is.
    """
    kept = Preference.objects.filter(user=user).first()
    return {
        "at": now.isoformat(),
        "account": _account(user),
        "roles": [
            {"project": each.project.slug, "role": each.role, "since": each.since.isoformat()}
            for each in Membership.objects.filter(user=user).select_related("project")
        ],
        "pseudonyms": [
            {"project": each.project.slug, "pseudonym": each.pseudonym}
            for each in Coder.objects.filter(user=user).select_related("project")
        ],
        "preferences": kept.data if kept else None,
        **_ways_in(user),
    }


def _account(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "staff": user.is_staff,
        "joined": user.date_joined.isoformat(),
        "last_sign_in": user.last_login.isoformat() if user.last_login else None,
        "password": user.has_usable_password(),
    }


def _ways_in(user: User) -> dict[str, Any]:
    tokens = list(own(user))
    reach = reach_of(tokens, to=user)
    return {
        "second_factors": [
            {"kind": each.type, "since": each.created_at.isoformat()}
            for each in Authenticator.objects.filter(user=user)
        ],
        "identities": [
            {"provider": each.provider, "identity": each.uid, "said": each.extra_data}
            for each in SocialAccount.objects.filter(user=user)
        ],
        "sessions": [
            {"since": each.since.isoformat(), "address": each.address, "browser": each.browser}
            for each in places_of(user, here=None)
        ],
        "tokens": [
            {
                "name": each.name,
                "scopes": each.scopes,
                "projects": reached.projects if (reached := reach[each.pk]) else None,
                "until": each.expires_at.isoformat(),
            }
            for each in tokens
        ],
        "sign_in_links": [
            {"made": each.created_at.isoformat(), "until": each.expires_at.isoformat()}
            for each in SignInLink.objects.filter(user=user)
        ],
    }
