"""Where sessions are kept: Django's table, read by a statement that is planned once a connection."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from annotations.project.database import prepared

FIND = """
SELECT session_data FROM django_session WHERE session_key = %(session)s AND expire_date > %(now)s
"""


class SessionStore(db.SessionStore):
    """As Django's; every page reads its session, and putting the query together anew took longest."""

    def load(self) -> dict[str, Any]:
        row = prepared(FIND, {"session": self.session_key, "now": timezone.now()})
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])
