"""The share of what coders agree on that is checked all the same; nothing of batches made before."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0010_accepted_warnings'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='batch',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='batch',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='batch',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='batch',
            name='checked_share',
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name='batchevent',
            name='checked_share',
            field=models.FloatField(default=0.0),
        ),
        migrations.AlterField(
            model_name='batch',
            name='checked_share',
            field=models.FloatField(default=0.05),
        ),
        migrations.AlterField(
            model_name='batchevent',
            name='checked_share',
            field=models.FloatField(default=0.05),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batch',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_batchevent" ("checked_share", "closed_at", "created_at", "created_by_id", "edition_id", "id", "kind", "lease_days", "name", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "promoted_at", "promotion_reason", "same_story", "seed", "slots", "uuid", "zones_taken_as_proposed") VALUES (NEW."checked_share", NEW."closed_at", NEW."created_at", NEW."created_by_id", NEW."edition_id", NEW."id", NEW."kind", NEW."lease_days", NEW."name", NEW."opened_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."promoted_at", NEW."promotion_reason", NEW."same_story", NEW."seed", NEW."slots", NEW."uuid", NEW."zones_taken_as_proposed"); RETURN NULL;', hash='b99cb16fd0cce27899de084b95e3013f9555d92f', operation='INSERT', pgid='pgtrigger_insert_insert_fdd4a', table='annotations_batch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batch',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "annotations_batchevent" ("checked_share", "closed_at", "created_at", "created_by_id", "edition_id", "id", "kind", "lease_days", "name", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "promoted_at", "promotion_reason", "same_story", "seed", "slots", "uuid", "zones_taken_as_proposed") VALUES (NEW."checked_share", NEW."closed_at", NEW."created_at", NEW."created_by_id", NEW."edition_id", NEW."id", NEW."kind", NEW."lease_days", NEW."name", NEW."opened_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."promoted_at", NEW."promotion_reason", NEW."same_story", NEW."seed", NEW."slots", NEW."uuid", NEW."zones_taken_as_proposed"); RETURN NULL;', hash='2349dca25e819aa3f7f853471435850b32cae39c', operation='UPDATE', pgid='pgtrigger_update_update_e255c', table='annotations_batch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batch',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_batchevent" ("checked_share", "closed_at", "created_at", "created_by_id", "edition_id", "id", "kind", "lease_days", "name", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "promoted_at", "promotion_reason", "same_story", "seed", "slots", "uuid", "zones_taken_as_proposed") VALUES (OLD."checked_share", OLD."closed_at", OLD."created_at", OLD."created_by_id", OLD."edition_id", OLD."id", OLD."kind", OLD."lease_days", OLD."name", OLD."opened_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."promoted_at", OLD."promotion_reason", OLD."same_story", OLD."seed", OLD."slots", OLD."uuid", OLD."zones_taken_as_proposed"); RETURN NULL;', hash='bb4b68b12414cd9c0c5e04958656d6a2b3be16de', operation='DELETE', pgid='pgtrigger_delete_delete_f3104', table='annotations_batch', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('checked_share__gte', 0), ('checked_share__lte', 1)), name='checked_share_is_one'),
        ),
    ]
