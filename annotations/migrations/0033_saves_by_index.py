"""A save finds its operation and its annotation by index, however it was planned.

The trigger's plans are kept by a connection until a table is analysed anew. One that was made while the
tables were small reads all of them, and goes on to do so for each save while they grow.
"""

from django.db import migrations

BY_INDEX = "ALTER FUNCTION workbench_save() SET enable_seqscan = off"
BACK = "ALTER FUNCTION workbench_save() RESET enable_seqscan"


class Migration(migrations.Migration):
    dependencies = [("annotations", "0032_tokens_by_project")]
    operations = [migrations.RunSQL(BY_INDEX, BACK)]
