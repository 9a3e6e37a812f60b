"""CSV of judgements: what is understood, and how the rest is refused."""

from __future__ import annotations

import pytest

from annotations.agreement.tables import BadTable, continua, judged, judged_sets

HEADER = "document,length,coder,label,start,end\n"


def test_a_blank_cell_is_missing_and_a_short_row_too() -> None:
    data = judged("unit,ada,ben\n1,x,\n2,,y\n3,y\n\n", numeric=False)
    assert data.coders == ("ada", "ben")
    assert data.codes.tolist() == [[0, -1], [-1, 1], [1, -1]]


def test_numbers_are_ordered_and_compared_as_numbers() -> None:
    data = judged("unit,a,b\n1,10,9\n2,9.0,1e1\n", numeric=True)
    assert data.codes.tolist() == [[1, 0], [0, 1]]
    assert data.numbers().tolist() == [9, 10]


def test_marks_quotes_and_other_delimiters_are_understood() -> None:
    data = judged('\ufeffunit;ada;ben\r\n1;"a;b"; c \r\n', numeric=False)
    assert data.values == ("a;b", "c")


def test_the_empty_set_was_seen_and_a_blank_was_not() -> None:
    data = judged_sets("unit,a,b\n1,x|y,{}\n2,y | x,\n")
    assert [[data.sets[code] if code >= 0 else None for code in row] for row in data.codes] == [
        [frozenset("xy"), frozenset()],
        [frozenset("xy"), None],
    ]


def test_a_coder_without_a_span_has_worked_on_the_document() -> None:
    found = continua(HEADER + "d,9,ada,pay,0,4\nd,9,ada,pay,5,6\nd,9,ben,,,\ne,3,ada,,,\n")
    assert found["d"].coders == {"ada": [(0, 4, "pay"), (5, 6, "pay")], "ben": []}
    assert (found["e"].length, found["e"].coders) == (3, {"ada": []})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("id,a,b\n1,x,y\n", "unit"),
        ("unit,a,a\n1,x,y\n", "column with a name"),
        ("unit,a,b\n1,x,y,z\n", "Line 2 has 4 cells"),
        ("unit,a,b\n1,x,y\n1,x,y\n", "Lines 2 and 3"),
        ('unit,a,b\n1,"x,y\n', "not CSV"),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BadTable, match=said):
        judged(text, numeric=False)


@pytest.mark.parametrize("cell", ["often", "nan", "inf", "1,5"])
def test_a_metric_of_numbers_wants_numbers(cell: str) -> None:
    with pytest.raises(BadTable, match="Line 3"):
        judged(f'unit,a,b\n1,2,2\n2,"{cell}",1\n', numeric=True)


def test_a_set_has_no_empty_value() -> None:
    with pytest.raises(BadTable, match="empty value"):
        judged_sets("unit,a,b\n1,x|,y\n")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("d,9,ada,pay,4,4", "not a span"),
        ("d,9,ada,pay,4,10", "not a span"),
        ("d,9,ada,pay,-1,3", "whole number"),
        ("d,9,ada,pay,1.0,3", "whole number"),
        ("d,9,ada,,1,3", "no label"),
        ("d,8,ada,pay,1,3\nd,9,ben,pay,1,3", "length of d"),
        ("d,0,ada,,,", "length of d"),
        ("d,9,,pay,1,3", "no document or no coder"),
    ],
)
def test_a_span_that_cannot_be_is_refused_with_its_line(row: str, said: str) -> None:
    with pytest.raises(BadTable, match=said):
        continua(HEADER + row + "\n")


def test_a_column_that_lacks_is_named() -> None:
    with pytest.raises(BadTable, match="end is missing"):
        continua("document,length,coder,label,start\n")
