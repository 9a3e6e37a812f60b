"""What has to hold for every draft: it is rebuilt from its bytes, and each character leads there."""

from __future__ import annotations

import json

from annotations.corpus.readers.drafting import Draft
from annotations.corpus.texts.normalising import rebuild
from annotations.text.spans import Span


def assert_leads_back(draft: Draft, data: bytes) -> None:
    text, mapping = rebuild(data, json.loads(json.dumps(draft.repairs)))
    assert text == draft.text
    assert mapping.source_length == len(data)
    assert mapping.target_length == len(text)
    encoding = draft.decoding.encoding
    before = 0
    for place, character in enumerate(text):
        source = mapping.source_span(Span(place, place + 1))
        assert source.start < source.end, f"{character!r} at {place} came from nowhere"
        assert source.start >= before
        before = source.start
        back = mapping.target_span(source)
        assert back.start <= place < back.end
        said = data[source.start : source.end].decode(encoding, "replace")
        if source.end - source.start == len(character.encode(encoding, "replace")):
            assert said == character or character in " \n\ufffd"
