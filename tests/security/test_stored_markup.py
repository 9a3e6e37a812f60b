"""What people enter is shown as they wrote it, on every page of every route: never as markup."""

from __future__ import annotations

from itertools import count

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client

from annotations.project.accounts import create_token
from tests.cast import NOW, Cast
from tests.security.places import READ
from tests.security.test_routes import things

MARKUP = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
# Words of people; what the database checks or freezes stays as it is.
ENTERED = {
    "User": ("name", "first_name", "last_name", "email"),
    "Project": ("name",),
    "ApiToken": ("name",),
    "Batch": ("name",),
    "Document": ("title", "outlet", "byline", "author"),
    "Source": ("name",),
    "ImportFile": ("name", "reason"),
    "Coder": ("pseudonym",),
}


def entered() -> int:
    """Writes markup wherever a row has words of people; gives how many columns took it."""
    taken, number = 0, count()
    for name, fields in ENTERED.items():
        model = apps.get_model("annotations", name)
        known = {each.name: each for each in model._meta.get_fields()}
        for field in fields:
            column = known.get(field)
            if isinstance(column, models.CharField | models.TextField):
                longest = getattr(column, "max_length", None) or 500
                for row in model._default_manager.all():
                    words = f"{next(number)}{MARKUP}"[:longest]
                    with transaction.atomic():
                        model._default_manager.filter(pk=row.pk).update(**{field: words})
                taken += 1
    return taken


@pytest.mark.parametrize("person", ["mia", "ada", "cleo", "rita"])
def test_no_words_of_people_are_markup_on_any_page(cast: Cast, person: str) -> None:
    named = things(cast)
    create_token(getattr(cast, person), name="x", scopes=["read"], now=NOW)
    assert entered() >= 7
    client, seen = Client(raise_request_exception=False), 0
    client.force_login(getattr(cast, person))
    for path in READ:
        answer = client.get(path.format(**named))
        if "text/html" in answer.get("Content-Type", ""):
            page = b"".join(answer).decode()
            assert "<img src=x" not in page, path
            assert "<script>alert" not in page, path
            seen += "&lt;img src=x" in page
    assert seen >= 3
