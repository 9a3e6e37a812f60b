"""Who accepted which warning, and when; yes and no are kept as text, as every other value is.

A release has texts for values (`AttributeRow.value`), and a filter compares texts.
"""

import django.db.models.deletion
from django.db import migrations, models

# The other way nothing has to happen: values of text are what most kinds have.
FLAGS_AS_TEXT = """
UPDATE annotations_document SET attributes = (
  SELECT jsonb_agg(CASE WHEN jsonb_typeof(e -> 'value') = 'boolean'
                        THEN jsonb_set(e, '{value}', to_jsonb(e ->> 'value')) ELSE e END ORDER BY n)
    FROM jsonb_array_elements(attributes) WITH ORDINALITY AS said (e, n))
 WHERE jsonb_path_exists(attributes, '$[*].value ? (@.type() == "boolean")');
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0009_check_by_statement")]
    operations = [
        migrations.CreateModel(
            name="AcceptedWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("warning", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.coder",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accepted_warnings",
                        to="annotations.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "accepted warning",
                "verbose_name_plural": "accepted warnings",
                "ordering": ["pk"],
            },
        ),
        migrations.RunSQL(FLAGS_AS_TEXT, migrations.RunSQL.noop),
    ]
