"""Files, projects and rounds of work over REST."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from annotations.assignment.models import Batch
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.models import Document, Import, ImportFile
from annotations.corpus.texts.normalising import rebuild
from annotations.project.accounts import create_token
from annotations.project.models import Project, User
from tests import cast as made
from tests.cast import NOW, Cast

PROBLEM = "application/problem+json"


def caller(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(client: Client, *files: tuple[str, bytes], **headers: str) -> Any:
    uploads = [SimpleUploadedFile(name, data, "text/plain") for name, data in files]
    return client.post("/api/v1/projects/labs/imports", {"files": uploads}, **headers)


def test_files_are_accepted_and_their_outcome_can_be_asked_for(cast: Cast) -> None:
    mia = caller(cast.mia)
    accepted = sent(mia, ("a.txt", b"The night was long.\n"), ("b.txt", b""))
    assert accepted.status_code == 202
    assert accepted.json()["state"] == "waiting"
    run_import(Import.objects.get().pk, clock=lambda: NOW)
    said = mia.get(accepted["Location"]).json()
    assert (said["id"], said["state"], said["total"], said["done"]) == (
        accepted.json()["id"],
        "done",
        2,
        2,
    )
    added, refused = said["files"]
    assert (added["name"], added["outcome"], added["reason"]) == ("a.txt", "added", None)
    assert mia.get(f"/api/v1/documents/{added['document']}").json()["title"]
    assert (refused["outcome"], refused["document"]) == ("refused", None)
    assert refused["reason"] == "The file is empty."


def test_a_tool_imports_with_a_token_that_may_manage(cast: Cast) -> None:
    def token(*scopes: str) -> dict[str, str]:
        made_ = create_token(cast.mia, name="t", scopes=scopes, now=NOW.replace(year=2999))
        return {"HTTP_AUTHORIZATION": f"Bearer {made_.secret}"}

    assert sent(Client(), ("a.txt", b"a"), **token("manage")).status_code == 202
    assert sent(Client(), ("a.txt", b"a"), **token("read")).status_code == 403
    assert sent(Client(), ("a.txt", b"a")).status_code == 401


def test_only_managers_import_and_outsiders_see_nothing(cast: Cast) -> None:
    assert sent(caller(cast.dag), ("a.txt", b"a")).status_code == 404
    for member in (cast.ada, cast.cleo, cast.rita):
        answer = sent(caller(member), ("a.txt", b"a"))
        assert (answer.status_code, answer["Content-Type"]) == (403, PROBLEM)
    where = sent(caller(cast.mia), ("a.txt", b"a"))["Location"]
    assert caller(cast.dag).get(where).status_code == 404
    assert caller(cast.ada).get(where).status_code == 403
    assert ImportFile.objects.count() == 1


def test_a_delivery_without_files_is_invalid(cast: Cast) -> None:
    answer = caller(cast.mia).post("/api/v1/projects/labs/imports", {})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "files"


def test_too_many_files_at_once_are_a_problem_of_the_request(
    cast: Cast, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    answer = sent(caller(cast.mia), *[(f"{n}.txt", b"a") for n in range(3)])
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert not Import.objects.exists()


def test_a_json_body_is_no_delivery(cast: Cast) -> None:
    answer = caller(cast.mia).post(
        "/api/v1/projects/labs/imports", "{}", content_type="application/json"
    )
    assert answer.status_code == 415


def test_documents_come_page_by_page_each_once(cast: Cast) -> None:
    wanted = {str(made.document(cast.project, f"Night {n}.").uuid) for n in range(5)}
    mia = caller(cast.mia)
    where: str | None = "/api/v1/projects/labs/documents?limit=2"
    seen = []
    while where:
        page = mia.get(where).json()
        assert len(page["results"]) <= 2
        seen += [each["id"] for each in page["results"]]
        where = page["next"]
    assert len(seen) == 5
    assert set(seen) == wanted


def test_documents_are_filtered_by_language_and_batch(cast: Cast) -> None:
    first, second = (made.document(cast.project, f"Night {n}.") for n in range(2))
    type(second).objects.filter(pk=second.pk).update(language="fr")
    batch = made.batch(cast.project, cast.edition, [first])
    mia = caller(cast.mia)

    def found(query: str) -> list[str]:
        page = mia.get(f"/api/v1/projects/labs/documents?{query}").json()
        return [each["id"] for each in page["results"]]

    assert found("language=fr") == [str(second.uuid)]
    assert found(f"batch={batch.uuid}") == [str(first.uuid)]
    assert found("language=de") == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("project__memberships__user=1", 422),
        ("text__contains=secret", 422),
        ("batch=1", 422),
        ("language=%00", 422),
        ("cursor=nonsense", 400),
    ],
)
def test_filters_are_an_allow_list(cast: Cast, query: str, status: int) -> None:
    answer = caller(cast.mia).get(f"/api/v1/projects/labs/documents?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)


def test_the_list_of_documents_is_for_those_who_see_all(cast: Cast) -> None:
    statuses = {
        user.username: caller(user).get("/api/v1/projects/labs/documents").status_code
        for user in (cast.ada, cast.cleo, cast.mia, cast.rita, cast.dag)
    }
    assert statuses == {"ada": 403, "cleo": 200, "mia": 200, "rita": 403, "dag": 404}


def posted(client: Client, where: str, body: Any) -> Any:
    return client.post(where, body, content_type="application/json")


def test_a_project_is_begun_by_its_manager_and_seen_by_members_only(cast: Cast) -> None:
    dag = caller(cast.dag)
    answer = posted(dag, "/api/v1/projects", {"slug": "press", "name": "The press"})
    assert answer.status_code == 201
    assert answer.json()["roles"] == ["manager"]
    assert dag.get(answer["Location"]).json()["name"] == "The press"
    assert [each["slug"] for each in dag.get("/api/v1/projects").json()["results"]] == ["press"]
    assert caller(cast.mia).get(answer["Location"]).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"slug": "labs", "name": "Taken"}, "slug"),
        ({"slug": "No Slug", "name": "x"}, "slug"),
        ({"slug": "press", "name": " "}, "name"),
        ({"slug": "press"}, "name"),
        ({"slug": 7, "name": "x"}, "slug"),
    ],
)
def test_a_project_with_faults_is_refused_field_by_field(
    cast: Cast, body: dict[str, Any], field: str
) -> None:
    answer = posted(caller(cast.mia), "/api/v1/projects", body)
    assert answer.status_code == 422
    assert field in {each["field"] for each in answer.json()["errors"]}
    assert Project.objects.count() == 1


def test_only_the_name_of_a_project_changes_and_only_by_managers(cast: Cast) -> None:
    def patched(user: User, body: Any) -> int:
        client = caller(user)
        where = "/api/v1/projects/labs"
        return client.patch(where, body, content_type="application/json").status_code

    assert patched(cast.mia, {"name": "Nights in the labs"}) == 200
    assert Project.objects.get().name == "Nights in the labs"
    assert patched(cast.mia, {"slug": "elsewhere"}) == 422
    assert patched(cast.mia, {"name": ""}) == 422
    assert patched(cast.ada, {"name": "Mine"}) == 403
    assert patched(cast.dag, {"name": "Mine"}) == 404


def test_a_batch_is_made_of_documents_and_may_open_at_once(cast: Cast) -> None:
    documents = [made.document(cast.project, f"Night {n}.") for n in range(2)]
    mia = caller(cast.mia)
    answer = posted(
        mia,
        "/api/v1/projects/labs/batches",
        {
            "name": "Round 1",
            "kind": "main",
            "documents": [str(each.uuid) for each in documents],
            "open": True,
        },
    )
    assert answer.status_code == 201
    said = answer.json()
    assert said["opened_at"]
    assert said["assignments"] == {"wanted": 4, "submitted": 0, "open": 0}
    assert mia.get("/api/v1/projects/labs/batches").json()["results"] == [said]
    assert Batch.objects.get().created_by == cast.coder(cast.mia)


def test_a_batch_with_faults_is_refused(cast: Cast) -> None:
    document = str(made.document(cast.project, "Night.").uuid)
    good = {"name": "Round 1", "kind": "main", "documents": [document]}
    faults: list[dict[str, Any]] = [
        {"kind": "final"},
        {"slots": 0},
        {"slots": True},
        {"slots": 10**12},
        {"edition": 9},
        {"documents": "all"},
        {"documents": ["x"]},
        {"documents": [made.operation().hex]},
        {"name": 4},
    ]
    mia = caller(cast.mia)
    for fault in faults:
        answer = posted(mia, "/api/v1/projects/labs/batches", {**good, **fault})
        assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM), fault
    for user, status in ((cast.ada, 403), (cast.dag, 404)):
        assert posted(caller(user), "/api/v1/projects/labs/batches", good).status_code == status
    assert not Batch.objects.exists()


def lines_sent(client: Client, *lines: bytes, to: str = "/api/v1/projects/labs/imports") -> Any:
    return client.post(to, b"\n".join(lines), content_type="application/x-ndjson")


def test_each_line_of_json_is_a_document_and_a_bad_one_costs_itself(cast: Cast) -> None:
    mia = caller(cast.mia)
    said = {"text": "The night was long.", "title": "Night", "id": "n1", "language": "en"}
    more = {"url": "https://example.org/n", "published_on": "2025-01-25"}
    line = json.dumps({**said, **more, "attributes": {"outlet": "Daily", "year": 2025}}).encode()
    accepted = lines_sent(mia, line, b"", b"{bad}", b'{"text": "Another night."}')
    assert accepted.status_code == 202
    assert accepted.json()["total"] == 3
    run_import(Import.objects.get().pk, clock=lambda: NOW)
    first, bad, other = mia.get(accepted["Location"]).json()["files"]
    assert (bad["name"], bad["outcome"]) == ("documents.ndjson#3", "refused")
    assert "no JSON object" in bad["reason"]
    assert other["outcome"] == "added"
    document = Document.objects.get(uuid=first["document"])
    assert (document.title, document.external_id, document.language) == ("Night", "n1", "en")
    assert (document.source_url, str(document.published_on)) == (more["url"], "2025-01-25")
    assert document.attributes == [
        {"key": "outlet", "value": "Daily"},
        {"key": "year", "value": "2025"},
    ]
    assert bytes(document.source.content or b"") == line


def test_what_a_delivery_has_is_not_kept_again_when_it_is_sent_again(cast: Cast) -> None:
    mia = caller(cast.mia)
    where = sent(mia, ("a.txt", b"One.")).headers["Location"]
    uploads = [
        SimpleUploadedFile(name, data) for name, data in (("a.txt", b"One."), ("b.txt", b"2"))
    ]
    answer = mia.post(f"{where}/files", {"files": uploads})
    assert (answer.status_code, answer.json()["new"], answer.json()["total"]) == (202, 1, 2)
    listed = mia.get(f"{where}/files?outcome=waiting").json()["results"]
    assert [each["name"] for each in listed] == ["a.txt", "b.txt"]
    assert mia.get(f"{where}/files?outcome=lost").status_code == 422


def test_a_delivery_is_cancelled_and_resumed(cast: Cast) -> None:
    mia = caller(cast.mia)
    where = sent(mia, ("a.txt", b"One."), ("b.txt", b"")).headers["Location"]

    def asked(state: str) -> Any:
        said = json.dumps({"state": state})
        return mia.patch(where, said, content_type="application/json")

    assert asked("cancelled").json()["state"] == "cancelled"
    run_import(Import.objects.get().pk, clock=lambda: NOW)
    assert not Document.objects.exists()
    assert asked("waiting").json()["counts"] == {"waiting": 2}
    run_import(Import.objects.get().pk, clock=lambda: NOW)
    assert mia.get(where).json()["counts"] == {"added": 1, "refused": 1}
    assert asked("finished").status_code == 422


def test_a_table_is_asked_about_and_read_as_answered(cast: Cast) -> None:
    mia = caller(cast.mia)
    table = 'id;titre;texte;média\n1;Pain;"Le prix\nmonte.";Le Monde\n'.encode("cp1252")
    where = sent(mia, ("presse.csv", table)).headers["Location"]
    run_import(Import.objects.get().pk, clock=lambda: NOW)
    asked = mia.get(where).json()["files"][0]
    assert asked["outcome"] == "asked"
    assert asked["preview"]["rows"] == [["1", "Pain", "Le prix\nmonte.", "Le Monde"]]
    proposed = asked["preview"]["proposed"]
    assert proposed["text"] == "texte"

    def answered(columns: dict[str, Any]) -> Any:
        said = json.dumps({"columns": columns})
        return mia.patch(f"{where}/files/0", said, content_type="application/json")

    assert answered({"text": "text"}).status_code == 422
    assert answered({**proposed, "attributes": {"média": "outlet"}}).json()["outcome"] == "waiting"
    assert answered(proposed).status_code == 409
    run_import(Import.objects.get().pk, clock=lambda: NOW)
    document = Document.objects.get()
    assert (document.title, document.text) == ("Pain", "Le prix\nmonte.")
    assert document.attributes == [{"key": "outlet", "value": "Le Monde"}]
    text, to_bytes = rebuild(bytes(document.source.content or b""), document.repairs)
    assert text == document.text
    assert to_bytes.target_length == len(text)
