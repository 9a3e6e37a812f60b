"""Commands as a script sees them: stdout, stderr, exit code."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError


@dataclass(frozen=True)
class Answer:
    out: str
    error: str
    code: int

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(*arguments: str) -> Answer:
    out, error, code = io.StringIO(), "", 0
    try:
        call_command(*arguments, stdout=out)
    except CommandError as refusal:
        error, code = str(refusal), refusal.returncode
    return Answer(out.getvalue().strip(), error, code)
