"""What has to be done before the web server may start: a program of its own, run by the supervisor.

    python -m workbench.preparation FILE_DESCRIPTOR [--beside]

Brings the tables and the static files up to date, loads the demo into an empty database, and writes
sign-in links for the demo accounts to the file descriptor, which is no log. Beside a web server that
goes on meanwhile, the files that its pages ask for stay, and nobody needs a link.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from workbench.migrating import alone
from workbench.supervisor.terminal import say

RESTORING = "workbench_restoring"  # a table beside others that a restore has not filled yet
_DEMO = "life-in-ai-labs"


def prepare(*, beside: bool = False) -> None:
    with alone(connection):
        _refuse_half_restored()
        _migrate()
        _load_demo_once()
    _collect_static(clear=not beside)


def _refuse_half_restored() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [RESTORING])
        if cursor.fetchone() == (True,):
            sys.exit("A restore into this database was broken off, or goes on. Restore again.")


def demo_links() -> str:
    """JSON: a list of {"account", "name", "roles", "path"}; empty without demo accounts."""
    output = io.StringIO()
    call_command("sign_in_link", "--all-demo", "--json", stdout=output)
    return output.getvalue()


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Bringing the database up to date ({len(plan)} steps) …")
        call_command("migrate", interactive=False, verbosity=0)


def _load_demo_once() -> None:
    projects = apps.get_model("annotations", "Project").objects
    releases = apps.get_model("annotations", "Release").objects
    # Its release is made after the rest; a start that was killed in between makes up for it.
    is_demo_half = projects.filter(slug=_DEMO).exists() and not releases.exists()
    if not projects.exists() or is_demo_half:
        say("Loading the demo project …")
        call_command("load_demo", verbosity=0)


def _collect_static(*, clear: bool) -> None:
    """Hashing and compressing takes seconds, so it is done only after a change."""
    root = Path(settings.STATIC_ROOT)
    mark = root.with_name(f"{root.name}.collected")
    found = _fingerprint()
    if mark.exists() and root.exists() and mark.read_text() == found:
        return
    say("Preparing pages …")
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=clear, verbosity=0)
    mark.write_text(found)


def _fingerprint() -> str:
    """Of the names, sizes and times of all static files; contents are not read."""
    seen = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = os.stat(storage.path(name))
            seen.append(f"{storage.path(name)} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    django.setup()
    is_beside = "--beside" in sys.argv
    prepare(beside=is_beside)
    with os.fdopen(int(sys.argv[1]), "w") as report:
        report.write("[]" if is_beside else demo_links())
