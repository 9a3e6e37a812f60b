"""Figures for whoever watches over the installation, in Prometheus' text format."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from annotations.project.accounts import fingerprint
from workbench import replicas

QUERIES = {
    "workbench_jobs_waiting": "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'",
    "workbench_jobs_running": "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'",
    "workbench_jobs_failed": "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'",
    "workbench_workers_alive": (
        "SELECT count(*) FROM procrastinate_workers "
        "WHERE abs(extract(epoch FROM now() - last_heartbeat)) < 60"
    ),
    "workbench_files_waiting": (
        "SELECT count(*) FROM annotations_importfile WHERE outcome = 'waiting'"
    ),
    "workbench_sessions": "SELECT count(*) FROM django_session WHERE expire_date > now()",
    "workbench_last_backup_seconds": (
        "SELECT extract(epoch FROM max(finished_at)) FROM annotations_backuprun "
        "WHERE kind = 'taken' AND succeeded"
    ),
    "workbench_last_proven_restore_seconds": (
        "SELECT extract(epoch FROM max(finished_at)) FROM annotations_backuprun "
        "WHERE kind = 'proven' AND succeeded"
    ),
    "workbench_database_bytes": "SELECT pg_database_size(current_database())",
}
"""Names that end in `_seconds` are moments, in seconds since 1970; without a row they are left out."""


class Standing(Collector):
    """What the database knows at this moment."""

    def collect(self) -> Iterable[Metric]:
        try:
            yield from _read()
            up = 1
        except DatabaseError:
            up = 0
        yield GaugeMetricFamily("workbench_database_up", "Whether the database answers.", value=up)
        if up and replicas.is_set():
            yield from _of_replica()


def _of_replica() -> Iterator[Metric]:
    found = replicas.look()
    used = float(found.state == replicas.State.UP)
    yield GaugeMetricFamily("workbench_replica_up", "Whether the replica is read.", value=used)
    if found.behind is not None:
        seconds = found.behind.total_seconds()
        yield GaugeMetricFamily("workbench_replica_behind_seconds", "At most.", value=seconds)


def _read() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        for name, query in QUERIES.items():
            cursor.execute(query)
            value = cursor.fetchone()[0]
            if value is not None:
                yield GaugeMetricFamily(name, name.replace("_", " "), value=float(value))


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For the bearer of `WORKBENCH_METRICS_TOKEN`; without that setting there is nothing here."""
    wanted: str = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not wanted or not constant_time_compare(fingerprint(given), fingerprint(wanted)):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Standing())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        text = generate_latest(registry)
    else:
        text = generate_latest(registry) + generate_latest(REGISTRY)
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)
