"""What was stored about a file, in the language of the reader."""

from __future__ import annotations

from annotations.corpus.attributes import checking, settling
from annotations.corpus.confirming import BY_HAND, BY_HAND_FROM
from annotations.corpus.deliveries import claiming, pieces, storing, tables, zips
from annotations.corpus.deliveries.admitting import UNTILED
from annotations.corpus.deliveries.delivering import TOO_BIG
from annotations.corpus.passages.zoning import AFTER_LINE
from annotations.corpus.readers import cautions, pages, rows
from annotations.corpus.readers.reading import NOT_YET
from annotations.corpus.stories.repeats import REPEATED
from annotations.corpus.texts import cells
from annotations.corpus.texts.signatures import NOT_TEXT
from annotations.project.speaking import said_again

OF_FILES = (
    *(TOO_BIG, NOT_TEXT, NOT_YET, UNTILED, storing.NOT_STORED, claiming.WORKER_LOST),
    *(
        pieces.LONGER_PIECE,
        cells.NO_OBJECT,
        rows.NO_TEXT,
        rows.NO_TEXT_IN,
        rows.NOT_TEXT,
        checking.WRONG,
    ),
    *(settling.TOO_MANY_ATTRIBUTES, tables.WIDE, tables.NO_ARRAY, tables.NO_COLUMN),
    *(zips.TOO_MANY, zips.TOO_LARGE, zips.BOMB, zips.OUTSIDE),
)
OF_ZONES = (BY_HAND, BY_HAND_FROM, AFTER_LINE, REPEATED)


def reason_in_words(reason: str) -> str:
    """Why a delivered file was refused."""
    return said_again(reason, OF_FILES)


def warning_in_words(warning: str) -> str:
    """What to look at in a document."""
    of_facts = (rows.NOT_UNDERSTOOD, pages.NOT_FOUND, checking.LEFT_OUT)
    return said_again(warning, (*cautions.WORDINGS, *of_facts))


def zone_reason_in_words(reason: str) -> str:
    """Why a passage has its zone."""
    return said_again(reason, OF_ZONES)
