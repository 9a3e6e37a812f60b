"""Deliveries that can be unpacked, asked about and cancelled; attributes; stories found by index."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import annotations.project.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0007_fold_passages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attribute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("choice", "one of a list"),
                            ("number", "number"),
                            ("date", "date"),
                            ("flag", "yes or no"),
                        ],
                        default="text",
                        max_length=8,
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list)),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "document attribute",
                "verbose_name_plural": "document attributes",
                "ordering": ["position", "key"],
            },
        ),
        migrations.CreateModel(
            name="DocumentSketch",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sketch",
                        serialize=False,
                        to="annotations.document",
                    ),
                ),
                (
                    "bands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "lines",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "anchors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "verbose_name": "sketch",
                "verbose_name_plural": "sketches",
            },
        ),
        migrations.CreateModel(
            name="StoryCandidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        default=annotations.project.identifiers.uuid7, editable=False, unique=True
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("copy", "copy"),
                            ("digest", "digest"),
                            ("translation", "translation"),
                        ],
                        max_length=12,
                    ),
                ),
                ("score", models.FloatField()),
                ("evidence", models.JSONField(default=dict)),
                ("found_at", models.DateTimeField(auto_now_add=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("same", "same story"), ("different", "not the same")],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "story candidate",
                "verbose_name_plural": "story candidates",
                "ordering": ["-score", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="importfile",
            name="import_outcome_known",
        ),
        migrations.AddField(
            model_name="import",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="importfile",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="importfile",
            name="container",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pieces",
                to="annotations.importfile",
            ),
        ),
        migrations.AddField(
            model_name="importfile",
            name="leased_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="importfile",
            name="reading",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="importfile",
            name="sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="importfile",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("asked", "waiting for an answer"),
                    ("added", "added"),
                    ("already-there", "already there"),
                    ("refused", "refused"),
                    ("unpacked", "unpacked"),
                    ("cancelled", "cancelled"),
                ],
                default="waiting",
                max_length=14,
            ),
        ),
        migrations.AddIndex(
            model_name="importfile",
            index=models.Index(
                condition=models.Q(("outcome", "waiting")),
                fields=["delivery", "position"],
                name="files_that_wait",
            ),
        ),
        migrations.AddConstraint(
            model_name="importfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            "waiting",
                            "asked",
                            "added",
                            "already-there",
                            "refused",
                            "unpacked",
                            "cancelled",
                        ],
                    )
                ),
                name="import_outcome_known",
            ),
        ),
        migrations.AddField(
            model_name="attribute",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="documentsketch",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="storycandidate",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.coder",
            ),
        ),
        migrations.AddField(
            model_name="storycandidate",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="annotations.document",
            ),
        ),
        migrations.AddField(
            model_name="storycandidate",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="storycandidate",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="annotations.document",
            ),
        ),
        migrations.AddConstraint(
            model_name="attribute",
            constraint=models.UniqueConstraint(
                fields=("project", "key"), name="one_attribute_a_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="attribute",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["text", "choice", "number", "date", "flag"])),
                name="attribute_kind_known",
            ),
        ),
        migrations.AddIndex(
            model_name="documentsketch",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["bands"], name="sketches_by_band"
            ),
        ),
        migrations.AddIndex(
            model_name="documentsketch",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["lines"], name="sketches_by_line"
            ),
        ),
        migrations.AddIndex(
            model_name="documentsketch",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["anchors"], name="sketches_by_anchor"
            ),
        ),
        migrations.AddConstraint(
            model_name="storycandidate",
            constraint=models.UniqueConstraint(
                fields=("first", "second"), name="one_candidate_a_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="storycandidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="candidate_pair_ordered"
            ),
        ),
        migrations.AddConstraint(
            model_name="storycandidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decision", "")),
                    models.Q(
                        ("decided_at__isnull", False), ("decision__in", ["same", "different"])
                    ),
                    _connector="OR",
                ),
                name="candidate_decided_with_time",
            ),
        ),
        # Backwards this comes first: the older table knows three outcomes besides waiting.
        migrations.RunSQL(
            migrations.RunSQL.noop,
            """
            UPDATE annotations_importfile
            SET outcome = 'refused', reason = CASE WHEN reason = '' THEN outcome ELSE reason END
            WHERE outcome IN ('asked', 'unpacked', 'cancelled')
            """,
        ),
    ]
