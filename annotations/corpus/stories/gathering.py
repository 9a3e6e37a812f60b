"""After a delivery: sketches, repeated lines, pairs that may tell the same story."""

from __future__ import annotations

from collections.abc import Iterable

from annotations import queue
from annotations.corpus.models import Document, DocumentSketch, Import, ImportFile
from annotations.corpus.stories.proposing import propose
from annotations.corpus.stories.repeats import propose_repeats
from annotations.corpus.stories.sketches import renew
from annotations.project.access import Action, require
from annotations.project.models import Project, User

OF_DELIVERY = "stories.of_delivery"
OF_PROJECT = "stories.of_project"
OF_DOCUMENT = "stories.of_document"


def gather_later(import_id: int) -> None:
    """For whoever finishes a delivery; one after another in a project."""
    delivery = Import.objects.get(pk=import_id)
    if delivery.files.filter(document__isnull=False).exists():
        queue.later(OF_DELIVERY, lock=_lock(delivery.project_id), import_id=delivery.pk)


def succeed(former: int, *, by: Document) -> None:
    """A new version is found in the place of the former one at once, and compared soon.

    What a person decided of pairs is kept by source and part, so it holds for `by` as well.
    """
    DocumentSketch.objects.filter(document=former).delete()
    renew(by.project_id, [by.pk])
    queue.later(OF_DOCUMENT, lock=_lock(by.project_id), document_id=by.pk)


def look_again(project: Project, *, by: User) -> None:
    """Asks for all documents of the project to be compared again."""
    require(by, Action.PLAN, project)
    queue.later(OF_PROJECT, lock=_lock(project.pk), project_id=project.pk)


def gather_delivery(import_id: int) -> None:
    delivery = Import.objects.select_related("project").get(pk=import_id)
    files = ImportFile.objects.filter(delivery=delivery, document__isnull=False)
    _gather(delivery.project, set(files.values_list("document", flat=True)))


def gather_project(project_id: int) -> None:
    project = Project.objects.get(pk=project_id)
    current = Document.objects.current().filter(project=project)
    _gather(project, current.values_list("pk", flat=True))


def gather_document(document_id: int) -> None:
    document = Document.objects.listed().select_related("project").get(pk=document_id)
    _gather(document.project, [document.pk])


def _gather(project: Project, documents: Iterable[int]) -> None:
    """Repeated lines first: what they take out of the texts is not compared any more."""
    asked = list(documents)
    propose_repeats(project, asked)
    propose(project, asked)


def _lock(project: int) -> str:
    return f"stories/{project}"
