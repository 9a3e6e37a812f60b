"""A file's bytes → a draft of a document: pure, the same bytes always give the same draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from annotations.corpus.choices import AS_PROPOSED, Choices
from annotations.corpus.readers.drafting import Draft, DraftPassage, blocks, draft_of
from annotations.corpus.readers.markdown import read_markdown
from annotations.corpus.readers.page_encodings import is_page
from annotations.corpus.readers.pages import read_page
from annotations.corpus.readers.rows import read_row
from annotations.corpus.texts.decoding import decode
from annotations.corpus.texts.refusals import Unreadable
from annotations.text.phrases import wording

__all__ = ["NOT_YET", "Draft", "DraftPassage", "Reader", "blocks", "read", "read_text"]

NOT_YET = wording("%(kind)s cannot be read yet. Save the text as a .txt file in UTF-8.")

Reader = Callable[[str, bytes, Choices], Draft]


def read(name: str, data: bytes, choices: Choices = AS_PROPOSED) -> Draft:
    """The draft of the file `name`; its suffix chooses the reader, any unknown one is text.

    The same bytes and choices always give the same draft.

    Raises `Unreadable` with a message for the person who sent the file.
    """
    if choices.columns:
        return read_row(name, data, choices)
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix, read_text)
    if reader in OF_TEXT and is_page(data):
        reader = read_page
    return reader(name, data, choices)


def read_text(name: str, data: bytes, choices: Choices = AS_PROPOSED) -> Draft:
    decoded, decoding = decode(data, choices.encoding)
    return draft_of(name, decoded, decoding, choices=choices)


def _refuses(kind: str) -> Reader:
    def reader(_name: str, _data: bytes, _choices: Choices) -> Draft:
        raise Unreadable("kind", NOT_YET % {"kind": kind})

    return reader


# Readers by suffix; what is not here is read as plain text.
READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".xml": _refuses(wording("An XML file")),
    ".pdf": _refuses(wording("A PDF document")),
    ".docx": _refuses(wording("A Word document")),
    ".csv": _refuses(wording("A table")),
    ".tsv": _refuses(wording("A table")),
    ".json": _refuses(wording("A JSON file")),
    ".jsonl": _refuses(wording("A JSON file")),
}
# A page may come under the name of any of these.
OF_TEXT = frozenset([read_text, read_markdown])
