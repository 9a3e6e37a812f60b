"""The key that signs sessions: made once for a data folder, known to nobody else."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def secret_key(data: Path) -> str:
    """Two programs that start together agree: the file appears once, and whole."""
    path = data / "secret_key"
    if not path.exists():
        _publish(path, secrets.token_urlsafe(50))
    return path.read_text().strip()


def _publish(path: Path, key: str) -> None:
    handle, name = tempfile.mkstemp(prefix="secret_key.", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "w") as file:
            file.write(key)
        os.link(name, path)
    except FileExistsError:
        return
    finally:
        os.unlink(name)


def put_secret_key(data: Path, key: str) -> None:
    """In place of the one that is there; whole or not at all."""
    handle, name = tempfile.mkstemp(prefix="secret_key.", dir=data)  # mode 0600
    with os.fdopen(handle, "w") as file:
        file.write(key)
    os.replace(name, data / "secret_key")
