"""What fits a page of the database is stored as it is: compressing it took a tenth of an import.

Most articles do. Whoever has these rows reads them whole, so that nothing is gained by keeping the
long column elsewhere. Documents stay as they were: lists read their rows without the text.
"""

import django.db.models.deletion
from django.db import migrations, models

# As much as a row may have, but for what PostgreSQL keeps of a page for itself.
SET = "ALTER TABLE {table} SET (toast_tuple_target = 8160)"
RESET = "ALTER TABLE {table} RESET (toast_tuple_target)"
TABLES = ("annotations_importfile", "annotations_source", "annotations_textblock")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0027_lists_by_index")]
    operations = [
        *(
            migrations.RunSQL(SET.format(table=table), RESET.format(table=table))
            for table in TABLES
        ),
        # Passages are asked for by their document only; this was written for each and never read.
        migrations.AlterField(
            "passage",
            "project",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.project",
            ),
        ),
    ]
