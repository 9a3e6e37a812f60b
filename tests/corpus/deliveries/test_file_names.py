import pytest

from annotations.corpus.deliveries.file_names import LONGEST, clean_name


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\temp\\passwd", "..\\passwd", "passwd/"]
)
def test_a_path_leaves_only_its_last_part(name: str) -> None:
    assert clean_name(name) == "passwd"


def test_a_name_cannot_turn_the_reading_direction() -> None:
    assert clean_name("invoice\u202etxt.exe") == "invoicetxt.exe"
    assert clean_name("\u2066a\u2069\u200e.txt") == "a.txt"


def test_a_name_holds_no_controls_and_no_bytes_that_were_not_text() -> None:
    assert clean_name("a\r\n\tb\x00\x9f\udce9.txt") == "ab.txt"


@pytest.mark.parametrize("name", ["", ".", "..", "/", "\x00", "  ", "\u202e", ". ."])
def test_what_has_no_name_is_called_unnamed(name: str) -> None:
    assert clean_name(name) == "unnamed"


def test_a_long_name_is_clipped_before_its_suffix() -> None:
    clipped = clean_name("é" * 400 + ".txt")
    assert len(clipped) == LONGEST
    assert clipped.endswith("é.txt")


def test_names_in_any_script_stay() -> None:
    assert clean_name("新闻 été नमस्ते 👩\u200d🚀.txt") == "新闻 été नमस्ते 👩\u200d🚀.txt"
