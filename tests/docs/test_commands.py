"""What the documentation says to type can be typed."""

from __future__ import annotations

import re
import shlex
from argparse import ArgumentParser
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from tests.docs.reading import inline, pages, typed
from tests.servers import ROOT

OWN = {
    "run": {"--host", "--port", "--data"},
    "restart": {"--data"},
    "with-database": {"--data", "--throw-away"},
}
WORKBENCH = re.compile(r"^(?:\S*/)?workbench (.+)$")
MANAGE = re.compile(r"^docker compose run --rm \w+ python manage\.py (.+)$")
MAKE = re.compile(r"^(?:[A-Z_]+=\S+ )*make ([a-z]+)(.*)$")
PLACEHOLDER = re.compile(r"^[A-Z]{4,}$|^--?…$|^…$")


def lines() -> list[tuple[str, str]]:
    return [(page.name, line) for page in pages() for line in [*typed(page), *inline(page)] if line]


def commands() -> list[tuple[str, str]]:
    found = []
    for page, line in lines():
        match = WORKBENCH.match(line) or MANAGE.match(line)
        if match and not match[1].startswith("COMMAND"):
            found.append((page, re.split(r" [|>] ", match[1])[0]))
    return found


@pytest.mark.parametrize(("where", "line"), commands())
def test_a_command_is_there_with_its_options(where: str, line: str) -> None:
    name, *words = shlex.split(line)
    asked = {word.split("=")[0] for word in words if word.startswith("--")}
    assert asked - {"--…"} <= (OWN[name] if name in OWN else options_of(name)), where


def options_of(name: str) -> set[str]:
    known = get_commands()
    assert name in known, f"there is no command {name}"
    made = load_command_class(str(known[name]), name).create_parser("workbench", name)
    return set(made._option_string_actions)


def complete(line: str) -> bool:
    """Without a place to fill in."""
    return not any(PLACEHOLDER.match(word) for word in shlex.split(line)[1:])


@pytest.mark.parametrize(
    ("where", "line"), [each for each in commands() if complete(each[1]) and " " in each[1]]
)
def test_a_command_line_is_understood(where: str, line: str) -> None:
    name, *words = shlex.split(line)
    if name in OWN:
        return
    made = load_command_class(str(get_commands()[name]), name).create_parser("workbench", name)
    understood(made, words)


def understood(parser: ArgumentParser, words: list[str]) -> None:
    parser.parse_args(words)


def made() -> list[tuple[str, str, str]]:
    found = [(page, MAKE.match(line)) for page, line in lines()]
    return [(page, match[1], match[2]) for page, match in found if match]


@pytest.mark.parametrize(("where", "target", "variables"), made())
def test_a_target_of_make_is_there_with_its_variables(
    where: str, target: str, variables: str
) -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", text, re.MULTILINE), where
    for name in re.findall(r"\b([A-Z]+)=", variables):
        assert re.search(rf"^{name} \?=", text, re.MULTILINE), name


def test_there_is_something_to_type() -> None:
    assert len(commands()) > 15
    assert {"run", "test", "check"} <= {target for _, target, _ in made()}


def test_commands_of_ours_are_all_documented() -> None:
    folder = ROOT / "annotations" / "management" / "commands"
    ours = {path.stem for path in Path(folder).glob("[a-z]*.py")}
    named = {shlex.split(line)[0] for _, line in commands()}
    assert ours - named - OF_ITSELF == set()


OF_ITSELF = {"load_demo", "build_release_file", "migrate"}
"""Run by `make run` and by the web server; nobody has to type them."""
