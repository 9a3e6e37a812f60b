"""The entry point of web servers."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, connections
from django.urls import get_resolver

from workbench.before_forks import learn_models
from workbench.postgresql.watching import serve_people

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
serve_people()
_answered = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - all views now, and in all processes that are forked from here
learn_models()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Lets go of the database before anything is sent: who reads slowly keeps no connection."""
    answer = _answered(environ, start_response)
    own = connections[DEFAULT_DB_ALIAS]
    if not own.in_atomic_block:
        own.close()
    return answer
