"""Makes the passages of documents that were there before searchable."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from annotations.text.folding import searchable


def fold_all(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    documents = apps.get_model("annotations", "Document")
    passages = apps.get_model("annotations", "Passage")
    folded = apps.get_model("annotations", "FoldedPassage")
    missing = documents.objects.exclude(
        pk__in=folded.objects.order_by().values("document").distinct()
    )
    for document in missing.order_by("pk").only("pk", "project_id", "text").iterator(chunk_size=20):
        folded.objects.bulk_create(
            folded(
                passage_id=pk,
                project_id=document.project_id,
                document_id=document.pk,
                text=searchable(document.text[start:end]),
            )
            for pk, start, end in passages.objects.filter(document_id=document.pk)
            .order_by("index")
            .values_list("pk", "start", "end")
        )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0006_remark_invariants")]
    # Backwards nothing is to be done: 0005 takes the whole table along.
    operations = [migrations.RunPython(fold_all, migrations.RunPython.noop)]
