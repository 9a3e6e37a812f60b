"""Whoever reads French is refused in French; codes and types are the same for everybody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from annotations.assignment.models import Assignment
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.models import Import, ImportFile
from annotations.project.models import User
from tests import cast as made
from tests.cast import Cast, body_of
from tests.servers import ROOT

TEXT = "The pay is good.\nThe nights are long."
ENGLISH = re.compile(
    r"\b(the|is|are|of|this|has|have|was|there|and|with|not|by|must|no|it)\b", re.I
)
FRENCH = {"Accept-Language": "fr"}


@pytest.fixture
def work(cast: Cast) -> Assignment:
    text = made.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [text])
    return made.assignment(batch, text, cast.coder(cast.ada))


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def put(
    client: Client, body: dict[str, Any], uuid: object, *, base: int | None, **more: str
) -> Any:
    condition = {"If-None-Match": "*"} if base is None else {"If-Match": f'"{base}"'}
    return client.put(
        f"/api/v1/annotations/{uuid}",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4()), **condition, **more},
    )


def patch(client: Client, work: Assignment, asked: dict[str, Any], **headers: str) -> Any:
    where = reverse("api:assignment", args=[work.uuid])
    return client.patch(where, asked, content_type="application/json", headers=headers)


def require_both_languages(english: Any, french: Any, *, status: int) -> None:
    """The same refusal twice: the words differ, and nothing else does."""
    plain, told = english.json(), french.json()
    assert english.status_code == french.status_code == status
    assert plain["type"] == told["type"]
    for field in ("title", "detail"):
        assert plain[field] != told[field]
        assert not ENGLISH.search(told[field])
    codes = [[each["code"] for each in said.get("errors", [])] for said in (plain, told)]
    assert codes[0] == codes[1]
    assert not [each for each in told.get("errors", []) if ENGLISH.search(each["detail"])]


def test_a_stale_save(cast: Cast, work: Assignment) -> None:
    ada, uuid = browser(cast.ada), uuid4()
    put(ada, body_of(work, "pay"), uuid, base=None)
    put(ada, body_of(work, "pay", stance="favor"), uuid, base=1)
    require_both_languages(
        put(ada, body_of(work, "pay"), uuid, base=1),
        put(ada, body_of(work, "pay"), uuid, base=1, **FRENCH),
        status=412,
    )


def test_a_span_that_is_not_its_quote(cast: Cast, work: Assignment) -> None:
    wrong = {**body_of(work, "pay"), "quote": "day"}
    ada = browser(cast.ada)
    plain = put(ada, wrong, uuid4(), base=None)
    require_both_languages(plain, put(ada, wrong, uuid4(), base=None, **FRENCH), status=422)


def test_a_body_with_faults(cast: Cast, work: Assignment) -> None:
    wrong = {**body_of(work, "pay"), "start": "4", "certainty": 9, "colour": "red"}
    ada = browser(cast.ada)
    plain = put(ada, wrong, uuid4(), base=None)
    require_both_languages(plain, put(ada, wrong, uuid4(), base=None, **FRENCH), status=422)
    wrong.pop("colour")
    plain = put(ada, wrong, uuid4(), base=None)
    require_both_languages(plain, put(ada, wrong, uuid4(), base=None, **FRENCH), status=422)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"state": "submitted", "judged": []}, 422),
        ({"state": "skipped", "reason": " "}, 422),
        ({"state": "lost"}, 422),
        ({"state": "submitted", "judged": "all"}, 422),
    ],
    ids=["without a stance", "skipped without a reason", "unknown state", "no list"],
)
def test_a_change_of_state(
    cast: Cast, work: Assignment, asked: dict[str, Any], status: int
) -> None:
    ada = browser(cast.ada)
    put(ada, body_of(work, "pay"), uuid4(), base=None)
    require_both_languages(
        patch(ada, work, asked), patch(ada, work, asked, **FRENCH), status=status
    )


def test_one_annotation_without_a_stance_is_counted_in_the_singular(
    cast: Cast, work: Assignment
) -> None:
    ada, asked = browser(cast.ada), {"state": "submitted", "judged": []}
    put(ada, body_of(work, "pay"), uuid4(), base=None)
    assert patch(ada, work, asked).json()["detail"] == "1 annotation has no stance yet."
    told = patch(ada, work, asked, **FRENCH).json()["detail"]
    assert told == "1 annotation n’a pas encore de position."


def test_the_cookie_of_the_page_goes_before_the_header(cast: Cast, work: Assignment) -> None:
    ada = browser(cast.ada)
    ada.cookies["django_language"] = "fr"
    said = patch(ada, work, {"state": "skipped", "reason": ""}, **{"Accept-Language": "en"})
    assert said.json()["detail"] == "Indiquez pourquoi vous passez ce document."


def test_the_wrong_role(cast: Cast) -> None:
    page = browser(cast.ada).get(reverse("documents", args=["labs"]), headers=FRENCH)
    assert page.status_code == 403
    assert "Pour planifier des lots, il faut l’un de ces rôles\u202f:" in page.content.decode()
    url = reverse("api:documents", args=["labs"])
    ada = browser(cast.ada)
    require_both_languages(ada.get(url), ada.get(url, headers=FRENCH), status=403)


def test_an_empty_file_is_refused_in_the_language_of_each_reader(cast: Cast) -> None:
    mia = browser(cast.mia)
    sent = [SimpleUploadedFile("empty.txt", b""), SimpleUploadedFile("scan.txt", b"%PDF-1.7 x")]
    where = mia.post(reverse("imports", args=["labs"]), {"files": sent}, headers=FRENCH)["Location"]
    delivery = Import.objects.get()
    with override("fr"):
        run_import(delivery.pk, clock=lambda: datetime.now(UTC))
    stored = list(ImportFile.objects.order_by("position").values_list("reason", flat=True))
    assert stored[0] == "The file is empty."
    french, english = (mia.get(where, headers=each).content.decode() for each in (FRENCH, {}))
    assert "Le fichier est vide." in french
    assert "C’est un document PDF, pas du texte brut." in french
    assert all(reason in english for reason in stored)
    assert not [reason for reason in stored if reason in french]
    url = reverse("api:import", args=[delivery.uuid])
    told = [each["reason"] for each in mia.get(url, headers=FRENCH).json()["files"]]
    assert told[0] == "Le fichier est vide."


def test_a_document_says_its_warnings_and_zones_in_french(cast: Cast) -> None:
    article = made.document(cast.project, "A night\nShare this\n", zones=["title", "boilerplate"])
    article.warnings = ["The encoding was guessed: cp1252."]
    article.save(update_fields=["warnings"])
    article.passages.filter(index=1).update(zone_reason="share line")
    url = reverse("document", args=[article.uuid])
    page = browser(cast.mia).get(url, headers=FRENCH).content.decode()
    assert "L’encodage a été deviné\u202f: cp1252." in page
    assert "ligne de partage" in page
    said = browser(cast.mia).get(reverse("api:document", args=[article.uuid]), headers=FRENCH)
    assert said.json()["passages"][1]["zone_reason"] == "ligne de partage"


KINDS = {
    "AuthenticationFailed",
    "Invalid",
    "NotAllowed",
    "NotNow",
    "NotVisible",
    "ParseError",
    "Stale",
    "field",
    "problem",
    "add",
}


def bare_english(path: Path) -> Iterator[str]:
    """Sentences that a refusal is given as they are, without a mark for the catalogue."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        for said in call.args if name in KINDS else ():
            text = said.value if isinstance(said, ast.Constant) else None
            if isinstance(said, ast.JoinedStr) or isinstance(text, str) and " " in text:
                yield f"{path.relative_to(ROOT)}:{call.lineno}"


def test_no_refusal_is_worded_past_the_catalogue() -> None:
    sources = (ROOT / "annotations").rglob("*.py")
    read = [path for path in sources if not {"management", "migrations"} & set(path.parts)]
    assert not [place for path in read for place in bare_english(path)]
