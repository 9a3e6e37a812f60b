"""What each process would find out by itself when it is first asked: found out once, before the forks."""

from __future__ import annotations

from django.apps import apps


def learn_models() -> None:
    """How models hang together, which Django works out at the first query."""
    for model in apps.get_models():
        model._meta.get_fields()
