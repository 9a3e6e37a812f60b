from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus.choices import AS_PROPOSED, Choices, Replacement
from annotations.corpus.texts.decoding import Decoding
from annotations.corpus.texts.mojibake.repairing import mended
from annotations.corpus.texts.mojibake.tables import ENCODINGS, TWICE
from annotations.corpus.texts.normalising import normalise, rebuild
from annotations.corpus.texts.repairs import Tally, mojibake_steps, standing, tally
from annotations.corpus.texts.repairs import misread as text_before
from annotations.corpus.texts.substituting import MARK, StepMismatch, replay
from annotations.text.offset_map import OffsetMap
from annotations.text.spans import Span
from tests.corpus.passages.sentences import BEGINNINGS, GOOD, TRICKY, sentences
from tests.corpus.texts.misreading import asked, dropped, misread

PLAIN = Decoding("utf-8", "utf-8", 1.0)
ISO = ("ISO-8859-16", "ISO-8859-1", "ISO-8859-15", "ISO-8859-2")
# What a lost byte leaves open: which dash, and single or double quotation marks.
UNKNOWABLE = str.maketrans("—‘’”", "–“””")


def repaired(text: str, choices: Choices = AS_PROPOSED) -> str:
    return mended(text, choices)[0]


def alike(text: str) -> str:
    return text.translate(UNKNOWABLE)


@pytest.mark.parametrize(
    "language", [*("fr", "de", "es", "zh", "emoji", "en", "pl", "ru", "vi", "tr")]
)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_was_misread_once_is_restored_to_the_letter(encoding: str, language: str) -> None:
    lines = "\n".join(sentences(language))
    assert repaired(misread(lines, encoding)) == lines


@pytest.mark.parametrize("language", ["fr", "zh", "emoji"])
@pytest.mark.parametrize("chain", TWICE)
def test_what_was_misread_twice_is_restored_to_the_letter(
    chain: tuple[str, str], language: str
) -> None:
    later, earlier = chain
    lines = "\n".join(sentences(language))
    assert repaired(misread(lines, earlier, later)) == lines


@pytest.mark.parametrize("language", ["fr", "de", "es", "en"])
@pytest.mark.parametrize("encoding", ISO)
def test_what_lost_its_controls_is_known_from_its_context(encoding: str, language: str) -> None:
    lines = "\n".join(sentences(language))
    assert alike(repaired(dropped(misread(lines, encoding)))) == alike(lines)


@pytest.mark.parametrize("language", ["fr", "de", "es", "en"])
def test_windows_1252_without_its_five_unknown_bytes_is_known_from_its_context(
    language: str,
) -> None:
    lines = "\n".join(sentences(language))
    assert repaired(dropped(misread(lines, "Windows-1252"))) == lines


@pytest.mark.parametrize("mark", ["?", "\ufffd"])
def test_what_another_program_marked_as_unknown_is_lost_and_not_guessed(mark: str) -> None:
    text = "La niña de Málaga vive en África.\nDijo “adiós” y cantó."
    damaged = asked(misread(text, "Windows-1252"), mark)
    found, [step] = mended(damaged, AS_PROPOSED)
    assert found == text.replace("Á", MARK).replace("”", MARK)
    assert tally(step).lost == len(step["lost"]) == 2


@pytest.mark.parametrize("language", GOOD)
def test_good_text_is_never_touched_as_a_document_or_as_a_line(language: str) -> None:
    lines = sentences(language)
    assert repaired("\n".join(lines)) == "\n".join(lines)
    assert [repaired(line) for line in lines] == lines


def test_there_are_good_lines_enough_in_languages_enough() -> None:
    assert sum(len(sentences(language)) for language in GOOD) + len(TRICKY) >= 300
    assert len(GOOD) >= 12
    assert sum(len(sentences(each)) for each in ("fr", "de", "es", "zh", "en", "emoji")) >= 200


@pytest.mark.parametrize("line", TRICKY)
def test_good_text_that_looks_damaged_is_not_touched(line: str) -> None:
    assert repaired(line) == line
    beside = "Il a été là.\n" + line + "\nL’hôtel était fermé."
    assert repaired(beside) == beside


@pytest.mark.parametrize("language", ["ro", "pt", "vi", "pl", "tr", "uk", "ru", "sv", "zh"])
@pytest.mark.parametrize("damage", ["ISO-8859-16", "Windows-1252"])
def test_good_lines_beside_damaged_ones_stay(damage: str, language: str) -> None:
    good = sentences(language)
    bad = sentences("fr")
    mixed = "\n".join([*(misread(line, damage) for line in bad), *good])
    assert repaired(mixed) == "\n".join([*bad, *good])


def test_a_clean_line_about_pastry_in_a_damaged_document_stays() -> None:
    clean = "Le chef pâtissier lâche son gâteau : gare au château."
    damaged = dropped(misread("L’été, à Noël, c’était déjà le pâtissier.", "ISO-8859-16"))
    assert repaired(f"{damaged}\n{clean}") == f"L’été, à Noël, c’était déjà le pâtissier.\n{clean}"


def test_a_repaired_text_is_not_repaired_again() -> None:
    for encoding in ENCODINGS:
        once = repaired(misread("\n".join(sentences("fr")), encoding))
        assert mended(once, AS_PROPOSED) == (once, [])


def test_emoji_that_lost_a_byte_are_marked_and_counted() -> None:
    text = "Déjà l’été 😀 à l’école 🚀."
    found, [step] = mended(dropped(misread(text, "ISO-8859-16")), AS_PROPOSED)
    assert found == f"Déjà l’été {MARK} à l’école {MARK}."
    assert tally(step) == Tally(("ISO-8859-16",), 8, 4, 2)


def test_where_nearly_all_is_lost_nothing_is_touched() -> None:
    lines = dropped(misread("\n".join(sentences("zh")), "ISO-8859-16"))
    assert mended(lines, AS_PROPOSED) == (lines, [])


def test_english_hurt_in_its_apostrophes_alone_is_repaired() -> None:
    text = "They’re here, and it isn’t late.\n“Don’t go,” he said.\nAn ASCII line."
    assert repaired(dropped(misread(text, "ISO-8859-1"))) == text


def test_hurt_english_beside_good_text_is_repaired_where_it_shows() -> None:
    hurt = dropped(misread("They’re here – it isn’t late.", "ISO-8859-1"))
    good = "Le pâtissier n’a pas lâché son gâteau."
    assert repaired(f"{hurt}\n{good}") == f"They’re here — it isn’t late.\n{good}"


def test_a_line_that_proves_nothing_by_itself_is_repaired_in_a_damaged_document() -> None:
    text = "AI 01月25日\n研究者说：“压力很大”。\n他们昨天在上海开会。"
    assert repaired(misread(text, "Windows-1252")) == text


def test_a_line_that_is_nearly_all_lost_stays_beside_one_that_is_repaired() -> None:
    beyond = dropped(misread("研究者面临巨大压力，行业竞争激烈。", "ISO-8859-16"))
    damaged = dropped(misread("L’été, à Noël, c’était déjà là.", "ISO-8859-16"))
    assert repaired(f"{damaged}\n{beyond}") == f"L’été, à Noël, c’était déjà là.\n{beyond}"


def test_two_kinds_of_damage_are_two_steps() -> None:
    first, second = sentences("fr")[:12], sentences("es")[:12]
    mixed = "\n".join(
        [
            *(misread(line, "Windows-1252") for line in first),
            *(misread(line, "Mac-Roman") for line in second),
        ]
    )
    found, steps = mended(mixed, AS_PROPOSED)
    assert found == "\n".join([*first, *second])
    assert {tuple(step["chain"]) for step in steps} == {("Windows-1252",), ("Mac-Roman",)}


def test_every_substitution_has_its_rule_and_certainty() -> None:
    damaged = dropped(misread("L’été, à Noël, le cœur “bat”.", "ISO-8859-16"))
    _, [step] = mended(damaged, AS_PROPOSED)
    told = {
        (each["was"], each["now"]): (each["rule"], each["certainty"]) for each in step["changes"]
    }
    assert told["Ă©", "é"] == ("exact", 1.0)
    assert told["â", "’"][0] == "elision"
    assert told["Ć", "œ"][0] == "word"
    assert all(0 < certainty <= 1 for _rule, certainty in told.values())
    assert json.loads(json.dumps(step)) == step


def test_the_original_can_be_kept() -> None:
    damaged = misread("C’était déjà l’été.", "Windows-1252")
    assert mended(damaged, Choices(repair="none")) == (damaged, [])


def test_a_person_overrules_single_substitutions() -> None:
    damaged = dropped(misread("L’été à Noël 😀, “déjà vu” là.", "ISO-8859-16"))
    choices = Choices(
        replacements=(
            Replacement("đ", "😀"),
            Replacement("â", '"', "“"),
            Replacement("Ă«", "Ă«"),
        )
    )
    assert repaired(damaged, choices) == 'L’été à NoĂ«l 😀, "déjà vu” là.'


def test_a_person_may_replace_what_nobody_proposed() -> None:
    found, [step] = mended("Rome bvrned.", Choices(replacements=(Replacement("bvr", "bur"),)))
    assert found == "Rome burned."
    assert (step["chain"], tally(step).repaired) == ([], 1)


def test_a_step_is_not_replayed_on_another_text() -> None:
    _, [step] = mended(misread("déjà l’été", "Windows-1252"), AS_PROPOSED)
    with pytest.raises(StepMismatch):
        replay("something else that is long enough", step)


def test_places_are_those_of_the_repaired_text() -> None:
    text = "Rome.\nDéjà l’été.\nÀ l’œuvre 😀 !"
    data = dropped(misread(text, "ISO-8859-16")).encode()
    found, repairs = through(data)
    for place in standing(len(found), repairs):
        assert found[place.start : place.end] == place.now
    assert text_before(data, repairs) == data.decode()
    assert [found[e.start : e.end] for e in standing(len(found), repairs)] == [
        *("é", "à", "’", "é", "é", "À", "’", "œ", MARK)
    ]


def through(data: bytes, choices: Choices = AS_PROPOSED) -> tuple[str, list[dict[str, object]]]:
    text, repairs = normalise(data.decode(), PLAIN)
    text, steps = mended(text, choices)
    return text, json.loads(json.dumps([*repairs, *steps]))


CHAINS = [*((name,) for name in ENCODINGS), *((b, a) for a, b in TWICE)]
_SOME = st.sampled_from([line for each in BEGINNINGS for line in sentences(each)])
_ODD = st.text(alphabet="aé ’“”œÀßđâĂ©研😀\u00a0\u0085\r\n\ufffd?", min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(_SOME | _ODD, st.booleans()), min_size=1, max_size=6),
    st.sampled_from(CHAINS),
    st.booleans(),
)
def test_text_and_bytes_lead_to_each_other_through_any_repair(
    parts: list[tuple[str, bool]], chain: tuple[str, ...], drops: bool
) -> None:
    lines = [misread(line, *chain) if damaged else line for line, damaged in parts]
    data = "\n".join(dropped(line) if drops else line for line in lines).encode()
    text, repairs = through(data)
    again, mapping = rebuild(data, repairs)
    assert again == text
    assert (mapping.target_length, mapping.source_length) == (len(text), len(data))
    require_both_ways(mapping)
    before = text_before(data, repairs)
    require_explained(text, data, before, repairs, mapping)


def require_both_ways(mapping: OffsetMap) -> None:
    end = 0
    for place in range(mapping.target_length):
        found = mapping.source_span(Span(place, place + 1))
        assert found.start >= end or found == mapping.source_span(Span(place - 1, place))
        assert mapping.target_span(found).contains(Span(place, place + 1))
        end = found.end
    at = 0
    for byte in range(mapping.source_length):
        found = mapping.target_span(Span(byte, byte + 1))
        assert found.start >= at
        assert not found or mapping.source_span(found).contains(Span(byte, byte + 1))
        at = found.start


def require_explained(
    text: str, data: bytes, before: str, repairs: list[dict[str, object]], mapping: OffsetMap
) -> None:
    """Each character is that of its bytes, or one of the recorded changes says why not."""
    changed = {place for e in standing(len(text), repairs) for place in range(e.start, e.end)}
    for place, char in enumerate(text):
        said = data[mapping.source_span(Span(place, place + 1)).slice].decode()
        if place not in changed:
            assert said == char or (char == "\n" and said in ("\r\n", "\r"))
    if not mojibake_steps(repairs):
        assert before == text


@pytest.mark.parametrize("signs", ["¬¢", "Â£", "¬¢ – ¬¢", "√©"])
def test_two_signs_and_nothing_else_are_left_as_they_are(signs: str) -> None:
    assert repaired(signs) == signs
