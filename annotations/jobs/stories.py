"""Delivered documents are compared with what is there."""

from __future__ import annotations

from procrastinate.contrib.django import app

from annotations.corpus.stories import gathering
from annotations.jobs.imports import WHEN_THE_DATABASE_IS_AWAY


@app.task(name=gathering.OF_DELIVERY, retry=WHEN_THE_DATABASE_IS_AWAY)
def of_delivery(import_id: int) -> None:
    gathering.gather_delivery(import_id)


@app.task(name=gathering.OF_DOCUMENT, retry=WHEN_THE_DATABASE_IS_AWAY)
def of_document(document_id: int) -> None:
    gathering.gather_document(document_id)


@app.task(name=gathering.OF_PROJECT, retry=WHEN_THE_DATABASE_IS_AWAY)
def of_project(project_id: int) -> None:
    gathering.gather_project(project_id)
