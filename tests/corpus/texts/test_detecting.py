from __future__ import annotations

from random import Random

import pytest

from annotations.corpus.texts.decoding import CHOOSABLE, decode
from annotations.corpus.texts.detecting import LIKELY, narrow_encoding
from annotations.corpus.texts.letters import models
from annotations.corpus.texts.likelihood import LANGUAGES
from annotations.corpus.texts.refusals import Unreadable
from tests.corpus.texts.legacy import Sample, samples


def is_read(sample: Sample) -> bool:
    return decode(sample.data)[0] == sample.text


def test_legacy_files_of_some_length_are_all_read_right() -> None:
    wrong = [each for each in samples() if each.size != "short" and not is_read(each)]
    assert wrong == []


def test_of_single_sentences_nearly_all_are_read_right() -> None:
    """“qu’à l’é” in Mac Roman is valid UTF-8, and “heißt” in DOS 850 is “heiát”: both are lost."""
    short = [each for each in samples() if each.size == "short"]
    wrong = [(each.language, each.encoding) for each in short if not is_read(each)]
    assert len(short) > 250
    assert wrong == [("fr", "mac_roman"), ("de", "cp850")]


def test_a_guess_has_its_confidence_and_what_else_it_may_be() -> None:
    sure = narrow_encoding("Исследователи работают слишком много.".encode("cp1251"))
    assert sure
    assert (sure.encoding, sure.confidence) == ("cp1251", 0.99)
    assert len(sure.alternatives) == 4
    unsure = narrow_encoding("Ça !".encode("cp1252"))
    assert unsure
    assert unsure.encoding == "cp1252"
    assert unsure.confidence < sure.confidence


def test_random_bytes_are_no_text() -> None:
    for seed in range(5):
        data = bytes(Random(seed).choices(range(128, 256), k=600))
        with pytest.raises(Unreadable) as refusal:
            decode(data)
        assert refusal.value.reason == "encoding"


def test_a_broken_character_does_not_exclude_an_encoding() -> None:
    text = "研究者面临巨大压力。人工智能行业竞争激烈。" * 3
    data = text.encode("gb18030")
    found, decoding = decode(data[:40] + b"\xff" + data[40:])
    assert (decoding.encoding, decoding.malformed) == ("gb18030", 1)
    assert found.replace("\ufffd", "") == text


def test_what_is_chosen_overrules_detection() -> None:
    data = "Zażółć gęślą jaźń.".encode("iso8859_2")
    text, decoding = decode(data, "cp1250")
    assert text == data.decode("cp1250")
    assert (decoding.encoding, decoding.how, decoding.confidence) == ("cp1250", "chosen", 1.0)


def test_a_mark_is_no_part_of_the_text_where_its_own_encoding_is_chosen() -> None:
    assert decode(b"\xef\xbb\xbfRome", "utf-8")[0] == "Rome"
    assert decode(b"\xef\xbb\xbfRome", "cp1252")[0] == "ï»¿Rome"


def test_an_encoding_nobody_reads_here_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        decode(b"Rome", "klingon")
    assert refusal.value.reason == "encoding"


def test_every_encoding_has_its_languages_and_every_language_its_letters() -> None:
    assert set(LANGUAGES) == set(LIKELY) <= set(CHOOSABLE)
    known = models()
    assert all(language in known for languages in LANGUAGES.values() for language in languages)
    for language in ("fr", "de", "ru", "el"):
        assert 0.95 <= sum(known[language].values()) <= 1.01


def test_a_french_ligature_of_iso_8859_15_is_no_half() -> None:
    text = "Les œillets ont fané en trois jours, et le cœur n’y est plus.".replace("’", "'")
    found = narrow_encoding((text + " Il a plu jusqu'à l'été.").encode("iso8859-15"))
    assert found is not None
    assert found.encoding == "iso8859_15"
