"""A token may be limited to some projects; those that there are keep all of their account's."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# Without the column a limited token would reach everything: on the way back it ends.
END = "UPDATE annotations_apitoken SET revoked_at = now() WHERE projects IS NOT NULL AND revoked_at IS NULL"


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0031_lists_by_count'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='apitoken',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='apitoken',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='apitoken',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='apitoken',
            name='projects',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None),
        ),
        migrations.AddField(
            model_name='apitokenevent',
            name='projects',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitoken',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_apitokenevent" ("created_at", "expires_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "projects", "revoked_at", "scopes", "user_id", "uuid") VALUES (NEW."created_at", NEW."expires_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."projects", NEW."revoked_at", NEW."scopes", NEW."user_id", NEW."uuid"); RETURN NULL;', hash='23634c0fc505e9d65eaa6b8649c58e8ac09c254b', operation='INSERT', pgid='pgtrigger_insert_insert_05d28', table='annotations_apitoken', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitoken',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."projects" IS DISTINCT FROM (NEW."projects") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."scopes" IS DISTINCT FROM (NEW."scopes"))', func='INSERT INTO "annotations_apitokenevent" ("created_at", "expires_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "projects", "revoked_at", "scopes", "user_id", "uuid") VALUES (NEW."created_at", NEW."expires_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."projects", NEW."revoked_at", NEW."scopes", NEW."user_id", NEW."uuid"); RETURN NULL;', hash='97fa9d61934bb6fcb3edf14c6446b6c4f9c00f24', operation='UPDATE', pgid='pgtrigger_update_update_f5499', table='annotations_apitoken', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitoken',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "annotations_apitokenevent" ("created_at", "expires_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "projects", "revoked_at", "scopes", "user_id", "uuid") VALUES (OLD."created_at", OLD."expires_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."projects", OLD."revoked_at", OLD."scopes", OLD."user_id", OLD."uuid"); RETURN NULL;', hash='21db8d8d8f67c00c97ef78032deac383371bf26a', operation='DELETE', pgid='pgtrigger_delete_delete_d0196', table='annotations_apitoken', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('projects', None), ('projects__len__gt', 0), _connector='OR'), name='token_reaches_something'),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, END),
    ]
