"""Why a backup is not made, or not brought back. Messages are shown as they stand."""

from __future__ import annotations

from pathlib import Path

from annotations.project.refusals import Invalid, NotNow, Refusal


class Damaged(Refusal):
    """The archive is not what was written; nothing of it is used."""

    code = "backup-damaged"

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path} is damaged: {detail}. Nothing was changed; use another backup.")


class Unknown(Invalid):
    """The file is no backup, or one that this version cannot bring back."""

    code = "backup-unknown"


class NotEmpty(NotNow):
    """The database holds something, which restoring would mix with what was kept."""

    code = "database-not-empty"

    def __init__(self, database: str, found: list[str]) -> None:
        names = ", ".join(found[:3]) + (" …" if len(found) > 3 else "")
        super().__init__(
            f"The database {database} is not empty (it has {names}). A backup goes into an empty "
            "one only: name another data folder (WORKBENCH_DATA=/some/dir), or create a database "
            "and name it with --into postgresql://user:password@host/database"
        )


class Different(Refusal):
    """What came back is not what was kept; it was taken out again."""

    code = "backup-different"


class NotMade(Refusal):
    """The place, the disk or the server did not let a backup be made."""

    code = "backup-not-made"


class UnderWay(NotNow):
    """Another backup of this database is being made."""

    code = "backup-under-way"
