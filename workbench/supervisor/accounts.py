"""Who the database server runs as. PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path
from typing import NamedTuple

from workbench.supervisor.refusals import CannotStart

_PREFERRED = ("postgres", "nobody")


class Account(NamedTuple):
    name: str
    uid: int
    gid: int


def server_account(data: Path) -> Account | None:
    """None stands for "as ourselves", which does for everyone but root.

    Root lends its server the owner of the data folder, so that `sudo make run` in somebody's
    checkout leaves them able to go on without it; a folder of root's own goes to a system account.
    """
    if os.geteuid() != 0:
        return None
    owner = data.stat().st_uid
    if owner != 0:
        try:
            return _named(pwd.getpwuid(owner))
        except KeyError:
            pass  # An id without an entry, as in a container: initdb would refuse it.
    for name in _PREFERRED:
        try:
            return _named(pwd.getpwnam(name))
        except KeyError:
            continue
    raise CannotStart(
        "PostgreSQL does not run as root, and this machine has neither of the accounts "
        f"{' and '.join(_PREFERRED)}.\nRun the command as another user, or name a server that "
        "runs already: DATABASE_URL=postgresql://user:password@host/database"
    )


def first_closed(path: Path, account: Account) -> Path | None:
    """The topmost folder on the way to `path`, or `path` itself, that `account` may not enter."""
    for folder in [*reversed(path.parents), path]:
        if not _may_enter(folder, account):
            return folder
    return None


def may_run(program: Path, account: Account) -> bool:
    try:
        _as(account, str(program), "--version")
    except PermissionError:
        return False
    return True


def _may_enter(folder: Path, account: Account) -> bool:
    # Tried, not computed from mode bits: access lists and security modules have a say too.
    return _as(account, "/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)) == 0


def _as(account: Account, *command: str) -> int:
    return subprocess.run(  # noqa: S603 - our own words
        command,
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode


def _named(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
