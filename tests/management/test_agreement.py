"""`workbench agreement`: anyone can check the numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.management.calling import run
from workbench.commands import _needs_no_database

# Krippendorff (2011), part D: four coders, twelve units, gaps.
TABLE = """unit,a,b,c,d
1,1,1,,1
2,2,2,3,2
3,3,3,3,3
4,3,3,3,3
5,2,2,2,2
6,1,2,3,4
7,4,4,4,4
8,1,1,2,1
9,2,2,2,2
10,,5,5,5
11,,,1,1
12,,3,,
"""
SPANS = """document,length,coder,label,start,end
one,100,ada,pay,0,20
one,100,ada,hours,0,20
one,100,ben,pay,0,18
one,100,ben,hours,0,20
two,50,ada,,,
two,50,ben,pay,10,20
"""


def table(folder: Path, text: str) -> str:
    path = folder / "table.csv"
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize(
    ("metric", "published"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_a_table_gives_the_published_alpha(tmp_path: Path, metric: str, published: float) -> None:
    found = run("agreement", "--table", table(tmp_path, TABLE), "--metric", metric).json
    assert found["alpha"] == {"value": pytest.approx(published, abs=0.0005), "reason": None}
    assert found["percent_agreement"]["value"] == pytest.approx(0.8)
    assert found["cohen_kappa"] == {"value": None, "reason": "not-exactly-two-coders"}
    assert (found["units"], found["pairable_units"], found["judgements"]) == (12, 11, 40)
    assert [pair["coders"] for pair in found["pairs"]][0] == ["a", "b"]


def test_every_figure_has_a_value_or_a_reason(tmp_path: Path) -> None:
    for text in (TABLE, "unit,a\n1,2\n", "unit,a,b\n", "unit,a,b\n1,0,0\n2,0,0\n"):
        for metric in ("nominal", "ordinal", "interval", "ratio"):
            found = run("agreement", "--table", table(tmp_path, text), "--metric", metric).json
            figures = [
                each for each in found.values() if isinstance(each, dict) and "value" in each
            ]
            assert len(figures) >= 6
            assert all((each["value"] is None) != (each["reason"] is None) for each in figures)


def test_a_ratio_scale_without_negative_values_is_asked_for(tmp_path: Path) -> None:
    path = table(tmp_path, "unit,a,b\n1,-1,2\n2,3,3\n")
    assert (
        run("agreement", "--table", path, "--metric", "ratio").json["alpha"]["reason"]
        == "negative-values"
    )


def test_sets_agree_by_what_they_share(tmp_path: Path) -> None:
    path = table(tmp_path, "unit,a,b\n1,x|y,x\n2,{},{}\n3,,x\n4,z,\n")
    found = run("agreement", "--sets", path).json
    # D_o = (1 − ⅓) · 2 / 4; expected from {x,y}, {x}, {}, {}: two unlike pairs of MASI ⅔, eight of 1.
    assert found["alpha"]["value"] == pytest.approx(1 - (2 / 3 * 2 / 4) / ((2 * 2 / 3 + 8) / 12))
    assert found["alpha_jaccard"]["value"] == pytest.approx(
        1 - (0.5 * 2 / 4) / ((2 * 0.5 + 8) / 12)
    )
    assert found["pairable_units"] == 2


def test_stacked_spans_are_compared_label_by_label(tmp_path: Path) -> None:
    found = run("agreement", "--spans", table(tmp_path, SPANS)).json
    assert found["u_alpha"] == {"value": None, "reason": "spans-of-one-coder-overlap"}
    assert found["labels"]["hours"]["unitizing_alpha"]["value"] == pytest.approx(1)
    assert found["labels"]["pay"]["f1_exact"]["value"] == 0
    assert found["labels"]["pay"]["f1_iou"]["value"] == pytest.approx(2 / 3)
    assert found["labels"]["pay"]["f1_characters"]["value"] == pytest.approx(2 * 18 / (20 + 28))
    assert found["alpha"]["value"] < 1
    assert found["documents_shared"] == 2


@pytest.mark.parametrize("option", ["--table", "--sets", "--spans"])
def test_a_file_that_is_no_table_is_refused_in_plain_words(tmp_path: Path, option: str) -> None:
    answer = run("agreement", option, table(tmp_path, "a,b\n1,2\n"))
    assert (answer.code, answer.out) == (2, "")
    assert "column" in answer.error
    assert run("agreement", option, str(tmp_path / "none.csv")).code == 2


def test_a_file_needs_no_database() -> None:
    assert _needs_no_database(["agreement", "--spans", "file.csv"])
    assert _needs_no_database(["agreement", "--table=file.csv"])
    assert not _needs_no_database(["agreement", "labs"])


def test_a_project_gives_its_figures_with_reasons(cast: Cast) -> None:
    found = json.loads(run("agreement", cast.project.slug).out)
    assert found["project"] == cast.project.slug
    assert run("agreement", "nowhere").code == 2


def test_windows_files_are_read_as_any_other(tmp_path: Path) -> None:
    path = tmp_path / "windows.csv"
    path.write_bytes(b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").replace(",", ";").encode())
    assert run("agreement", "--table", str(path)).json["alpha"]["value"] == pytest.approx(
        0.743, abs=0.0005
    )


def test_one_coder_alone_has_no_span_figures(tmp_path: Path) -> None:
    header = SPANS.splitlines()[0]
    found = run("agreement", "--spans", table(tmp_path, f"{header}\none,100,ada,pay,0,20\n")).json
    for name in ("alpha", "u_alpha", "cu_alpha", "f1_exact", "f1_iou", "f1_characters"):
        assert found[name] == {"value": None, "reason": "no-document-of-two-coders"}, name


def test_same_extents_pair_off_one_to_one(tmp_path: Path) -> None:
    header = SPANS.splitlines()[0]
    rows = ["one,100,ada,pay,0,20"] * 2 + ["one,100,ben,pay,0,20"]
    found = run("agreement", "--spans", table(tmp_path, "\n".join([header, *rows]))).json
    assert found["f1_exact"]["value"] == found["f1_iou"]["value"] == pytest.approx(2 / 3)
    assert found["unitizing_alpha"]["value"] == pytest.approx(1)


def test_coders_who_marked_nothing_agree_in_nothing_that_can_be_measured(tmp_path: Path) -> None:
    header = SPANS.splitlines()[0]
    found = run(
        "agreement", "--spans", table(tmp_path, f"{header}\none,9,ada,,,\none,9,ben,,,\n")
    ).json
    assert found["alpha"]["reason"] == "no-variation"
    assert found["f1_exact"]["reason"] == "no-spans"


def test_two_rows_of_one_unit_are_refused_with_their_lines(tmp_path: Path) -> None:
    answer = run("agreement", "--table", table(tmp_path, "unit,a,b\n1,1,1\n1,2,1\n"))
    assert answer.code == 2
    assert "Lines 2 and 3" in answer.error


def test_an_unknown_metric_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    assert run("agreement", "--table", table(tmp_path, TABLE), "--metric", "cosine").code
    for option in ("--table", "--sets", "--spans"):
        answer = run("agreement", option, table(tmp_path, ""))
        assert (answer.code, answer.out) == (2, "")
        assert "The file is empty." in answer.error
