"""Cursor, lanes, order of sending, keys and codebook: modules without a page."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WALK = """async ({text, passages, keys}) => {
  const {move} = await import('/static/annotations/text/cursor.js');
  const {wordsOf} = await import('/static/annotations/text/words.js');
  const {CodePoints} = await import('/static/annotations/text/textmap.js');
  const points = new CodePoints(text);
  const world = {passages, words: (passage) => wordsOf(points, passage, 'en')};
  let cursor = null;
  for (const key of keys) {
    const name = key.replace('+', '');
    const unit = '↑↓'.includes(name) ? 'sentence' : 'word';
    cursor = move(cursor, {unit, forward: '↓→'.includes(name), extend: key.startsWith('+')}, world);
  }
  return cursor && {start: cursor.start, end: cursor.end};
}"""


def walked(page: Page, keys: str, text: str = "It rains. We stay in. Good 👩‍🔬 night.") -> str:
    """The text with the place of the cursor drawn after `keys`; `+` is Shift."""
    passages = [
        {"start": found.start(), "end": found.end()}
        for found in re.finditer(r"\S[^.。]*[.。]", text)
    ]
    asked = {"text": text, "passages": passages, "keys": keys.split()}
    found = page.evaluate(WALK, asked)
    start, end = found["start"], found["end"]
    return f"{text[:start]}[{text[start:end]}]{text[end:]}"


@pytest.mark.parametrize(
    ("keys", "drawn"),
    [
        ("↓", "[It rains.] We stay in. Good 👩‍🔬 night."),
        ("↓ ↓", "It rains. [We stay in.] Good 👩‍🔬 night."),
        ("↓ ↓ ↑", "[It rains.] We stay in. Good 👩‍🔬 night."),
        ("↓ ↑", "[It rains.] We stay in. Good 👩‍🔬 night."),
        ("↓ ↓ ↓ ↓", "It rains. We stay in. [Good 👩‍🔬 night.]"),
        ("↓ +↓", "[It rains. We stay in.] Good 👩‍🔬 night."),
        ("↓ +↓ +↑", "[It rains.] We stay in. Good 👩‍🔬 night."),
        ("↓ +↓ ↓", "It rains. We stay in. [Good 👩‍🔬 night.]"),
        ("↓ ↓ →", "It rains. [We] stay in. Good 👩‍🔬 night."),
        ("↓ ↓ → →", "It rains. We [stay] in. Good 👩‍🔬 night."),
        ("↓ → → →", "It rains. [We] stay in. Good 👩‍🔬 night."),
        ("↓ ↓ → ←", "It [rains]. We stay in. Good 👩‍🔬 night."),
        ("↓ ↓ ↓ → →", "It rains. We stay in. Good [👩‍🔬] night."),
        ("↓ ↓ +←", "It rains. [We stay] in. Good 👩‍🔬 night."),
        ("↓ ↓ +← +←", "It rains. [We] stay in. Good 👩‍🔬 night."),
        ("↓ ↓ → +→", "It rains. [We stay] in. Good 👩‍🔬 night."),
        ("↓ ↓ → → ↑", "It rains. [We stay in.] Good 👩‍🔬 night."),
        ("↓ ↓ → → +↓", "It rains. We [stay in.] Good 👩‍🔬 night."),
    ],
)
def test_the_cursor_goes_by_sentence_and_word(bench: Page, keys: str, drawn: str) -> None:
    assert walked(bench, keys) == drawn


def test_chinese_has_words_too(bench: Page) -> None:
    assert walked(bench, "↓ → →", "研究员说他们加班。") in {
        "研究员[说]他们加班。",
        "研究[员]说他们加班。",
    }


LANES = """async ({spans}) => {
  const {lanesOf} = await import('/static/annotations/paint/lanes.js');
  const lanes = lanesOf(spans);
  return Object.fromEntries(spans.map(({id}, i) => [id, lanes[i]]));
}"""


def lanes(page: Page, *spans: tuple[str, int, int]) -> dict[str, int]:
    order = sorted(spans, key=lambda span: (span[1], -span[2]))
    rows = [{"id": name, "start": start, "end": end} for name, start, end in order]
    found: dict[str, int] = page.evaluate(LANES, {"spans": rows})
    return found


def test_touching_spans_share_a_lane(bench: Page) -> None:
    assert lanes(bench, ("a", 0, 4), ("b", 4, 9)) == {"a": 0, "b": 0}


def test_a_nested_span_goes_below_its_parent(bench: Page) -> None:
    assert lanes(bench, ("inner", 2, 4), ("outer", 0, 9)) == {"outer": 0, "inner": 1}


def test_overlapping_spans_never_share_a_lane_before_the_last(bench: Page) -> None:
    chance = random.Random(11)
    cuts = [
        (f"s{n}", start := chance.randint(0, 200), start + chance.randint(1, 30))
        for n in range(120)
    ]
    found = lanes(bench, *cuts)
    for name, start, end in cuts:
        for other, begin, stop in cuts:
            if name < other and start < stop and begin < end:
                assert found[name] != found[other] or found[name] == 3


NEXT = """async ({operations}) => {
  const {nextToSend} = await import('/static/annotations/outbox/order.js');
  return nextToSend(operations)?.id ?? null;
}"""


def leaves_first(page: Page, drawn: str) -> Any:
    """`a1! b1 submit`: operations in their order, `!` parked; a letter is the annotation."""
    rows = []
    for name in drawn.split():
        about = name.startswith(("submit", "reopen"))
        rows.append(
            {
                "id": name.rstrip("!"),
                "subject": "work" if about else name[0],
                "assignment": "work",
                "kind": name.rstrip("!") if about else "put",
                "state": "parked" if name.endswith("!") else "queued",
            }
        )
    return page.evaluate(NEXT, {"operations": rows})


@pytest.mark.parametrize(
    ("queue", "first"),
    [
        ("a1 a2 submit", "a1"),
        ("a1! a2 b1 submit", "b1"),
        ("a1! a2 submit", None),
        ("a1! submit b1", "b1"),
        ("submit! a1", "a1"),
        ("submit reopen a1", "submit"),
        ("a1! reopen", "reopen"),
        ("", None),
    ],
)
def test_what_is_parked_holds_its_own_and_the_submission_only(
    bench: Page, queue: str, first: str | None
) -> None:
    assert leaves_first(bench, queue) == first


@pytest.mark.parametrize(("state", "first"), [("queued", "one"), ("parked", "other")])
def test_an_answer_waits_for_the_comment_it_answers_and_others_pass(
    bench: Page, state: str, first: str
) -> None:
    plain = {"kind": "comment", "assignment": "work", "state": "queued", "after": None}
    rows = [
        {**plain, "id": "one", "subject": "one", "state": state},
        {**plain, "id": "answer", "subject": "answer", "after": "one"},
        {**plain, "id": "other", "subject": "other"},
    ]
    assert bench.evaluate(NEXT, {"operations": rows}) == first


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (201, "taken"), (204, "taken"), (412, "conflict"), (401, "signed-out"), (0, "signed-out"),
        (403, "token"), (408, "later"), (429, "later"), (503, "later"), (404, "refused"),
        (409, "refused"), (410, "refused"), (413, "refused"), (422, "refused"), (400, "refused"),
    ],
)  # fmt: skip
def test_only_what_may_pass_is_tried_again(bench: Page, status: int, meaning: str) -> None:
    found = bench.evaluate(
        "async (status) => (await import('/static/annotations/outbox/order.js')).meaningOf(status)",
        status,
    )
    assert found == meaning


KEY = """async (press) => {
  const {nameOf} = await import('/static/annotations/keys/keymap.js');
  return nameOf(new KeyboardEvent('keydown', press));
}"""


@pytest.mark.parametrize(
    ("press", "name"),
    [
        ({"key": "1", "code": "Digit1"}, "1"),
        ({"key": "&", "code": "Digit1"}, "1"),  # French keyboard
        ({"key": "1", "code": "Digit1", "shiftKey": True}, "Shift+1"),
        ({"key": "4", "code": "Numpad4"}, "4"),
        ({"key": "ArrowLeft", "code": "Numpad4"}, "ArrowLeft"),
        ({"key": "C", "code": "KeyC", "shiftKey": True}, "Shift+c"),
        ({"key": "?", "code": "Comma", "shiftKey": True}, "?"),
        ({"key": "/", "code": "Digit7", "shiftKey": True}, "/"),  # German keyboard
        ({"key": "z", "code": "KeyW", "metaKey": True}, "Mod+z"),
        ({"key": "Z", "code": "KeyZ", "ctrlKey": True, "shiftKey": True}, "Mod+Shift+z"),
    ],
)
def test_keys_are_named_as_printed_on_any_keyboard(
    bench: Page, press: dict[str, Any], name: str
) -> None:
    assert bench.evaluate(KEY, press) == name


def test_commands_give_way_to_the_keys_of_the_codebook(bench: Page) -> None:
    found = bench.evaluate(
        """async () => {
          const {keymapOf} = await import('/static/annotations/keys/keymap.js');
          const {Codebook} = await import('/static/annotations/codebook.js');
          const stance = (key, hotkey) => ({key, label: key, glyph: '+', hotkey, position: 0});
          const codebook = new Codebook({edition: 1, themes: [], stances: [stance('mixed', 'm'), stance('sure', 'C')]});
          const {keysOf} = keymapOf(codebook);
          const stances = ['stance:mixed', 'voice:mixed', 'stance:sure', 'voice:sure'].flatMap(keysOf);
          return {memo: keysOf('memo'), certainty: keysOf('certainty'), stance: stances};
        }"""
    )
    assert found == {"memo": ["e"], "certainty": ["s"], "stance": ["m", "Shift+m", "c", "Shift+c"]}
