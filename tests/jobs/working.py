"""A real worker on a real queue."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from procrastinate.contrib.django import app


def work() -> None:
    """A worker that ends when the queue is empty; in a thread, for it wants an event loop of its own."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_work).result()


def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.perform_import_paths()
        worker.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)
    connection.close()
