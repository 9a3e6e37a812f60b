"""A release keeps what its shapes `passages` and `annotations` are made of, sealed like its rows."""

import django.db.models.deletion
from django.db import migrations, models

SEAL = """
CREATE TRIGGER workbench_check_release_row BEFORE INSERT ON annotations_releaseevidence
  FOR EACH ROW EXECUTE FUNCTION workbench_check_release_row();
CREATE TRIGGER workbench_never_changed BEFORE UPDATE OR DELETE ON annotations_releaseevidence
  FOR EACH ROW EXECUTE FUNCTION workbench_refuse_change();
CREATE TRIGGER workbench_never_emptied BEFORE TRUNCATE ON annotations_releaseevidence
  FOR EACH STATEMENT EXECUTE FUNCTION workbench_refuse_change();
"""

SEAL_BACK = """
DROP TRIGGER workbench_never_emptied ON annotations_releaseevidence;
DROP TRIGGER workbench_never_changed ON annotations_releaseevidence;
DROP TRIGGER workbench_check_release_row ON annotations_releaseevidence;
"""


def _to(model: str, related_name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=f"annotations.{model}",
    )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0014_codebook_changes")]
    operations = [
        migrations.CreateModel(
            name="ReleaseEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.JSONField()),
                ("project", _to("project")),
                ("release", _to("release", "evidence")),
                (
                    "released",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="annotations.releasedocument",
                    ),
                ),
            ],
            options={
                "verbose_name": "released evidence",
                "verbose_name_plural": "released evidence",
                "ordering": ["released"],
            },
        ),
        migrations.RunSQL(SEAL, SEAL_BACK),
    ]
