"""Alive, and ready: for supervisors and load balancers, without a session."""

from __future__ import annotations

from contextlib import suppress

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from annotations.release.sweeping_cache import keep_up, sweep_old_daily
from workbench import replicas


@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is looked at."""
    return JsonResponse({"status": "ok"})


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database reachable, migrations applied, a worker alive in the last minute.

    Every machine is asked this, so that here each gives up cached files that were taken back, and
    once a day those that nobody has asked for in a while.
    """
    state = {"database": "down", "migrations": "unknown", "worker": "unknown"}
    try:
        state.update(_state())
    except DatabaseError:
        return JsonResponse(state, status=503)
    ready = state == {"database": "up", "migrations": "applied", "worker": "up"}
    if replicas.is_set():  # without it the primary answers, so that it is no reason to wait
        state["replica"] = replicas.look().state
    return JsonResponse(state, status=200 if ready else 503)


def _state() -> dict[str, str]:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not pending:
        with suppress(OSError):  # a full disk: nothing is served that was taken back, kept or not
            keep_up()
        sweep_old_daily(now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers"
            " WHERE abs(extract(epoch FROM now() - last_heartbeat)) < 60)"
        )
        working = cursor.fetchone()[0]
    return {
        "database": "up",
        "migrations": "pending" if pending else "applied",
        "worker": "up" if working else "down",
    }
