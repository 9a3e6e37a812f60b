"""What a verb says when it will not do something. Surfaces turn each kind into an answer.

Verbs word their refusals in the language in force; a pure module in English, as a `Phrase` that
the surface says (`speaking.said`).
"""

from __future__ import annotations

from typing import Any, ClassVar

from annotations.text.phrases import phrase


class Refusal(Exception):
    """Base of all: `code` is for programs, the message for people, `extra` goes out beside them."""

    code: ClassVar[str] = "refused"

    def __init__(self, message: str, **extra: Any) -> None:
        super().__init__(message)
        self.message = message
        self.extra = extra


class NotVisible(Refusal):
    """There is no such thing for this person (404): unknown, or none of theirs."""

    code = "not-found"

    def __init__(self, message: str = phrase("There is no such thing here."), **extra: Any) -> None:
        super().__init__(message, **extra)


class NotAllowed(Refusal):
    """A member of the project without the role for it (403)."""

    code = "not-allowed"


class TakenDown(Refusal):
    """It was there and is taken back for good (410); the message says why."""

    code = "taken-down"


class NotNow(Refusal):
    """Right in itself, but not in the present state (409)."""

    code = "not-now"


class Stale(Refusal):
    """Made on a state that has changed since (412); `extra["current"]` is that of now."""

    code = "stale"


class Invalid(Refusal):
    """Content that breaks a rule (422); `extra["errors"]` lists `{field, code, detail}`."""

    code = "invalid"

    @classmethod
    def field(cls, field: str, code: str, detail: str) -> Invalid:
        return cls(detail, errors=[{"field": field, "code": code, "detail": detail}])
