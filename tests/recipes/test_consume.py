"""What the page on consuming gold says to type, typed as it stands, against a running server."""

from __future__ import annotations

import json
import re
from ast import literal_eval
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import which
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from annotations.release.serving import lines
from tests.recipes.fences import DOCS, recipes_of, run
from tests.recipes.gold import ARTICLES, Gold
from tests.servers import Server

RECIPES = recipes_of(DOCS / "consume.md")
Try = Callable[[str], str]


@pytest.fixture
def typed(serving: Server, released: Gold, tmp_path: Path) -> Try:
    """What a recipe prints; what it leaves is in the test's folder."""

    def typed(recipe: str) -> str:
        blocks = RECIPES[recipe]
        if any("curl" in block.code for block in blocks) and not which("curl"):
            pytest.skip("curl is not installed")
        url = f"{serving.url}{released.path}"
        return run(blocks, place=tmp_path, url=url, token=released.token)

    return typed


def labels(gold: Gold) -> Counter[str]:
    return Counter(span["label"] for span in gold.spans)


def counted(said: str) -> dict[str, int]:
    """Lines of a label and its count."""
    return {label: int(count) for label, count in map(str.split, said.splitlines())}


def test_every_recipe_of_the_page_is_claimed_here() -> None:
    tried = set(re.findall(r'typed\("([a-z0-9-]+)"\)', Path(__file__).read_text(encoding="utf-8")))
    assert set(RECIPES) == tried


def test_what_is_pulled_would_show_a_shift(released: Gold) -> None:
    """Joined emoji, letters beyond the first plane, combining accents and Chinese before labels."""
    before = "".join(
        document["text"][: span["start"]]
        for document in released.documents
        for span in document["spans"]
    )
    assert set("😀🧪𝒮\u200d\u0301新") <= set(before)


def test_curl_lists_and_downloads(typed: Try, released: Gold, tmp_path: Path) -> None:
    listed = json.loads(typed("curl"))
    assert [each["version"] for each in listed["results"]] == ["v2", "v1"]
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert released.v1.manifest.items() <= manifest.items()
    assert (tmp_path / "documents.jsonl").read_bytes() == b"".join(lines(released.v1))


def test_the_tag_proves_a_file(typed: Try) -> None:
    assert typed("verify") == "passages.csv: OK\n"


def test_the_manifest_proves_all_files_that_it_names(typed: Try, released: Gold) -> None:
    said = dict(line.split(" ", 1) for line in typed("verify-manifest").splitlines())
    files = released.v1.manifest["files"]
    assert said == {name: f"{each['size']} as stated" for name, each in files.items()}


def test_a_download_goes_on_where_it_broke_off(typed: Try, released: Gold) -> None:
    assert typed("resume").split() == [released.v1.sha256, "documents.jsonl"]


def test_what_is_there_is_not_sent_again(typed: Try, released: Gold, tmp_path: Path) -> None:
    assert typed("if-none-match").split() == ["200", "304"]
    assert (tmp_path / "spans.jsonl").read_bytes().count(b"\n") == len(released.spans)


def test_what_comes_compressed_is_the_same_file(typed: Try, released: Gold) -> None:
    assert typed("compressed").split() == [released.v1.sha256, "documents.jsonl"]


def test_a_label_leads_back_to_its_file(typed: Try) -> None:
    state, checks = typed("chain").split(" ", 1)
    compared = literal_eval(checks)
    assert (state, compared["broken"], compared["gone"]) == ("holds", 0, 0)
    assert compared["holds"] > 5


def test_pandas_counts_labels_by_stance(typed: Try, released: Gold) -> None:
    found = [line.split() for line in typed("pandas").splitlines()[1:]]
    counts = {(label, stance): int(count) for label, stance, count in found}
    assert counts == Counter((span["label"], span["stance"]) for span in released.spans)


def test_polars_counts_labels(typed: Try, released: Gold) -> None:
    assert counted(typed("polars")) == labels(released)


def test_duckdb_counts_labels(typed: Try, released: Gold) -> None:
    assert counted(typed("duckdb")) == labels(released)


def test_datasets_loads_what_the_card_describes(typed: Try, released: Gold) -> None:
    rows = released.v1.manifest["files"]
    in_test = [each for each in released.documents if each["split"] == "test"]
    documents, passages, test = map(int, typed("datasets").split())
    assert (documents, passages) == (len(released.documents), rows["passages.jsonl"]["rows"])
    assert test == sum(len(each["text"].split("\n")) for each in in_test)


def test_spacy_trains_on_the_gold_and_predicts(typed: Try, released: Gold) -> None:
    said = typed("spacy")
    docs = dict(re.findall(r"^(train|dev) (\d+)$", said, re.MULTILINE))
    assert sum(map(int, docs.values())) == len(released.documents)
    found = re.findall(r"^predicted (.*)$", said, re.MULTILINE)
    predicted = {label for line in found for label in literal_eval(line)}
    # It has learned something, and what it finds is where a person would have put it.
    assert predicted & {(span["quote"], span["label"]) for span in released.spans}


def test_scikit_learn_learns_without_a_leak(typed: Try, released: Gold) -> None:
    said = typed("scikit-learn")
    passages = Counter[str]()
    for each in released.documents:
        passages[each["split"]] += len(each["text"].split("\n"))
    assert dict(re.findall(r"^(train|dev|test) +(\d+)$", said, re.MULTILINE)) == {
        split: str(count) for split, count in passages.items()
    }
    scores = dict(re.findall(r"^(\w+): F1 (\d\.\d\d), ", said, re.MULTILINE))
    # The sentences of a theme are made of the same words, so that there is something to learn.
    assert {theme for theme, score in scores.items() if float(score) > 0.8} == set(labels(released))


def test_changes_are_followed_to_their_end(typed: Try, released: Gold) -> None:
    *said, last = typed("changes").splitlines()
    counts = Counter(tuple(line.split()[:2]) for line in said)
    assert counts == {("v1", "added"): ARTICLES + 1, ("v2", "added"): 1, ("v2", "retracted"): 1}
    assert last == "ask next time after v2"


def test_all_pages_are_what_was_counted(typed: Try) -> None:
    assert typed("paging").startswith("2 documents differ:")


def test_curl_has_its_answer(typed: Try) -> None:
    assert typed("retry") == "200\n"


def test_who_asks_too_often_waits_as_the_server_says(
    strict_server: Server, released: Gold, tmp_path: Path
) -> None:
    [block] = RECIPES["errors"]
    thrice = "for _ in range(3):\n    print(ask('releases').status)\n"
    eager = replace(block, code=f"{block.code}\n{thrice}")
    url = f"{strict_server.url}{released.path}"
    said = run([eager], place=tmp_path, url=url, token=released.token)
    assert said.splitlines()[-3:] == ["200"] * 3
    asked = Request(f"{url}/releases", headers={"Authorization": f"Bearer {released.token}"})
    with pytest.raises(HTTPError, match="429") as refused:
        ask_on(asked)
    assert int(refused.value.headers["Retry-After"]) >= 1


def ask_on(asked: Request) -> None:
    """More often than anybody may."""
    for _ in range(1000):
        urlopen(asked).close()


def test_a_refusal_says_what_is_wrong_where(typed: Try) -> None:
    assert typed("errors").split() == ["422", "invalid", "offsets", "filter-value"]
