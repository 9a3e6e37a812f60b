"""The `workbench` command: everything that manage.py does, with the database brought along.

    workbench run                          PostgreSQL, web server and worker, until Ctrl-C
    workbench restart                      the running one, anew: no request is refused
    workbench with-database COMMAND…       any command, with DATABASE_URL set
    workbench sign_in_link ada             any Django command

Without DATABASE_URL the embedded server of the data folder is used: the one of a running
`workbench run`, else one that is started for the duration of the command.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from workbench.supervisor.locks import address_of
from workbench.supervisor.refusals import CannotStart, from_os_error
from workbench.supervisor.secret_key import secret_key
from workbench.supervisor.sharing import database, make_folder

_WITHOUT_DATABASE = {
    *("help", "version", "collectstatic", "compilemessages", "makemessages"),
    "convert_annotations",
}
_OF_FILES = {"--table", "--sets", "--spans"}  # options of commands that look at a file only


def main(arguments: list[str] | None = None) -> int:
    """Exit codes: 2 for what kept it from starting, else the command's own."""
    typed = sys.argv[1:] if arguments is None else arguments
    signal.signal(signal.SIGTERM, _leave)
    try:
        if typed[:1] == ["run"]:
            return _run(typed[1:])
        if typed[:1] == ["restart"]:
            return _restart(typed[1:])
        if typed[:1] == ["with-database"]:
            return _with_database(typed[1:])
        return _django(typed)
    except CannotStart as refusal:
        sys.stderr.write(f"\n{refusal}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _leave(number: int, frame: FrameType | None) -> None:
    """Unwinds, so that a server started for this command is stopped."""
    raise SystemExit(128 + number)


def _run(typed: list[str]) -> int:
    from workbench.supervisor.running import run

    parser = argparse.ArgumentParser(prog="workbench run")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, default=data_folder(), help="where everything is kept")
    options = parser.parse_args(typed)
    return run(host=options.host, port=options.port, data=options.data.absolute())


def _restart(typed: list[str]) -> int:
    from workbench.supervisor.renewing import ask

    parser = argparse.ArgumentParser(prog="workbench restart")
    parser.add_argument("--data", type=Path, default=data_folder(), help="of the running one")
    ask(parser.parse_args(typed).data.absolute())
    return 0


def _with_database(typed: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="workbench with-database")
    parser.add_argument("--data", type=Path, default=data_folder())
    parser.add_argument("--throw-away", action="store_true", help="faster, and lost in a crash")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args(typed)
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        parser.error("name the command to run")
    data = options.data.absolute()
    _set_environment(data)
    if "DATABASE_URL" in os.environ:
        return _wait_for(command)
    with database(data, durable=not options.throw_away) as url:
        os.environ["DATABASE_URL"] = url
        return _wait_for(command)


def _wait_for(command: list[str]) -> int:
    """Ctrl-C is the command's to answer, which gets it too; SIGTERM is passed on."""
    try:
        process = subprocess.Popen(command)  # noqa: S603 - what the person typed
    except OSError as error:
        raise CannotStart(f"{command[0]}: {error.strerror}") from error
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
        except SystemExit:
            process.terminate()


def _django(typed: list[str]) -> int:
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    if "DATABASE_URL" in os.environ:
        execute_from_command_line(["workbench", *typed])
        return 0
    data = data_folder().absolute()
    _set_environment(data)
    if _needs_no_database(typed):
        os.environ["DATABASE_URL"] = "postgresql://nobody@localhost/none"
        execute_from_command_line(["workbench", *typed])
        return 0
    with database(data) as url:
        os.environ["DATABASE_URL"] = url
        execute_from_command_line(["workbench", *typed])
    return 0


def _needs_no_database(typed: list[str]) -> bool:
    if not typed or typed[0].startswith("-") or typed[0] in _WITHOUT_DATABASE:
        return True
    options = {word.split("=")[0] for word in typed}
    if typed[0] == "restore" and "--into" in options:  # which names another database than ours
        return True
    return "-h" in typed or bool(_OF_FILES & options)


def data_folder() -> Path:
    return Path(os.environ.get("WORKBENCH_DATA") or "var")


def _set_environment(data: Path) -> None:
    """What the settings need, for a person who has set nothing."""
    os.environ["WORKBENCH_DATA"] = str(data)
    os.environ.setdefault("WORKBENCH_BASE_URL", address_of(data) or "http://localhost:8000")
    if "WORKBENCH_SECRET_KEY" not in os.environ:
        make_folder(data)
        try:
            os.environ["WORKBENCH_SECRET_KEY"] = secret_key(data)
        except OSError as error:
            raise from_os_error(error, folder=data) from error


if __name__ == "__main__":
    sys.exit(main())
