"""A running server keeps to its description, whatever schemathesis asks of it.

`WORKBENCH_CONFORMANCE=200` asks that many examples of each verb, in states that follow one another
too; otherwise the few of a fixed seed, and every edge of every parameter.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from annotations.assignment.models import Assignment
from annotations.coding import commenting, flagging, recording
from annotations.coding.bodies import parse
from annotations.coding.remark_bodies import CommentBody, FlagBody
from annotations.coding.showing import work_of
from annotations.corpus.models import Import, ImportFile
from annotations.project.accounts import SCOPES, create_token
from annotations.project.members import enrol
from annotations.project.models import Role
from annotations.release.models import ReleaseSpan
from tests.cast import NOW, assignment, batch, body_of, document, operation
from tests.clients import Person
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus  # a fixture
from tests.release.test_freezing import freeze
from tests.servers import ROOT, Server

EXAMPLES = int(os.environ.get("WORKBENCH_CONFORMANCE", "0"))
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
    "ignored_auth",
    "use_after_free",
)
ALLOWANCES = """
hooks = "tests.api.ndjson"
[checks.missing_required_header]
# 428: where a condition is what lacks (RFC 6585); 410: where it was taken down before.
expected-statuses = [400, 401, 403, 406, 410, 415, 422, 428]
[checks.negative_data_rejection]
# 410 and 412: whoever asks for what is gone, or saw another state is told so before what they sent is read.
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 416, 422, 428]
"""
ANNOTATION, COMMENT, FLAG = (UUID(int=number + (7 << 76) + (2 << 62)) for number in (1, 2, 3))


@pytest.fixture
def named(corpus: Corpus) -> dict[str, str]:
    """What the placeholders of addresses stand for; all of it is ada's, who has every role."""
    cast = corpus.cast
    enrol(cast.ada, cast.project, roles=list(Role))
    for _ in range(2):
        freeze(corpus)
    text = document(cast.project, "Nights in the lab.\nThe pay is good.\n")
    work: Assignment = assignment(
        batch(cast.project, cast.edition, [text], name="Round 2"), text, cast.coder(cast.ada)
    )
    body = parse(body_of(work, "Nights", stance="against"))
    recording.annotate(work_of(work), ANNOTATION, body, operation=operation(), now=NOW)
    said = CommentBody(assignment=work.uuid, passage=0, text="Whose nights?")
    commenting.comment(COMMENT, said, by=cast.ada, operation=operation(), now=NOW)
    flag = FlagBody(work.uuid, "zone", 0, "title", "")
    flagging.flag(FLAG, flag, by=cast.ada, operation=operation(), now=NOW)
    # Workers that are heard of one after the other, for an hour.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " SELECT now() + n * interval '1 minute' FROM generate_series(0, 60) n"
        )
    delivery = Import.objects.create(project=cast.project, by=cast.coder(cast.mia))
    ImportFile.objects.create(delivery=delivery, position=0, name="a.txt", size=3, content=b"Pay")
    return {
        "slug": cast.project.slug,
        "document": str(text.uuid),
        "assignment": str(work.uuid),
        "annotation": str(ANNOTATION),
        "comment": str(COMMENT),
        "flag": str(FLAG),
        "import": str(delivery.uuid),
        "position": "0",
        "version": "v1",
        "other": "v2",
        "file": "spans.csv",
        "label": str(ReleaseSpan.objects.earliest("pk").uuid),
    }


def as_tool(corpus: Corpus, _server: Server) -> dict[str, str]:
    now = timezone.now()
    made = create_token(corpus.cast.ada, name="conformance", scopes=SCOPES, now=now)
    return {"Authorization": f"Bearer {made.secret}"}


def as_browser(corpus: Corpus, server: Server) -> dict[str, str]:
    cookies = Person(server.url, corpus.cast.ada).cookies
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {"Cookie": said, "X-CSRFToken": cookies["csrftoken"]}


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that each question is answered as it would be alone; asked for before the server is."""
    for name in ("USUAL", "COSTLY", "WRONG"):
        monkeypatch.setenv(f"WORKBENCH_LIMIT_{name}", "0/60")


@pytest.mark.slow
@pytest.mark.parametrize("caller", [as_tool, as_browser])
def test_schemathesis_finds_no_fault(
    unlimited: None,
    corpus: Corpus,
    named: dict[str, str],
    server: Server,
    tmp_path: Path,
    caller: Any,
) -> None:
    settings = tmp_path / "schemathesis.toml"
    given = "\n".join(f'"path.{name}" = "{value}"' for name, value in named.items())
    settings.write_text(f"{ALLOWANCES}\n[parameters]\n{given}\n")
    # A wrong token beside a session that is right is let in by the session.
    checks = [each for each in CHECKS if each != "ignored_auth" or caller is as_tool]
    phases = "examples,coverage,fuzzing" + (",stateful" if EXAMPLES else "")
    ran = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "--config-file", settings, "run"]
        + [f"{server.url}/api/v1/schema", "--checks", ",".join(checks), "--phases", phases]
        + ["--max-examples", str(EXAMPLES or 3), "--seed", "7", "--generation-deterministic"]
        + ["--no-shrink", "--no-color", "--warnings", "off"]
        + ["--suppress-health-check", "all", "--request-timeout", "60"]
        + [f"--header={name}:{value}" for name, value in caller(corpus, server).items()],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-2_000:]
