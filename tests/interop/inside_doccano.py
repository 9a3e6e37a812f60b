"""Run by doccano's own Python: imports by its own code, tells what it has, and exports that."""

import importlib.util
import json
import sys
from pathlib import Path
from zipfile import ZipFile

sys.path.insert(0, str(Path(importlib.util.find_spec("backend").origin).parent))

import django

django.setup()

from data_export.celery_tasks import export_dataset  # noqa: E402 - after django.setup
from data_import.datasets import load_dataset  # noqa: E402 - after django.setup
from data_import.pipeline.catalog import create_file_format  # noqa: E402 - after django.setup
from data_import.pipeline.readers import FileName  # noqa: E402 - after django.setup
from django.contrib.auth import get_user_model  # noqa: E402 - after django.setup
from django.core.management import call_command  # noqa: E402 - after django.setup
from label_types.serializers import SpanTypeSerializer  # noqa: E402 - after django.setup
from labels.models import Span  # noqa: E402 - after django.setup
from projects.models import SequenceLabelingProject  # noqa: E402 - after django.setup

KIND = "SequenceLabeling"


def main(files: Path, found: Path) -> None:
    call_command("migrate", verbosity=0)
    user, _ = get_user_model().objects.get_or_create(username="somebody")
    project = SequenceLabelingProject.objects.create(
        name="A release",
        created_by=user,
        project_type=KIND,
        allow_overlapping=True,
        collaborative_annotation=True,
    )
    labels = SpanTypeSerializer(data=json.loads((files / "labels.json").read_text()), many=True)
    labels.is_valid(raise_exception=True)
    labels.save(project=project)
    path = str(files / "doccano.jsonl")
    name = FileName(path, path, "doccano.jsonl")
    dataset = load_dataset(KIND, create_file_format("JSONL"), [name], project, encoding="utf_8")
    dataset.save(user)
    assert not dataset.errors, dataset.errors
    spans = Span.objects.filter(example__project=project).select_related("example", "label")
    found.write_text(json.dumps([told(span) for span in spans]))
    with ZipFile(export_dataset(project.pk, "JSONL")) as archive:
        found.with_name("all.jsonl").write_bytes(archive.read("all.jsonl"))


def told(span: Span) -> list[object]:
    start, end = span.start_offset, span.end_offset
    example = span.example
    return [example.meta["document"], start, end, example.text[start:end], span.label.text]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
