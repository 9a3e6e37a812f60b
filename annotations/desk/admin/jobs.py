"""Background jobs: watched, tried again, cancelled."""

from __future__ import annotations

from django.contrib import admin
from procrastinate.contrib.django.admin import ProcrastinateJobAdmin
from procrastinate.contrib.django.models import ProcrastinateJob

admin.site.unregister(ProcrastinateJob)


@admin.register(ProcrastinateJob)
class JobAdmin(ProcrastinateJobAdmin):
    """Without the columns of the package that carry inline styles, which the policy forbids."""

    list_display = ["id", "task_name", "status", "attempts", "queue_name", "scheduled_at"]
    fields = [
        "id",
        "task_name",
        "args",
        "status",
        "attempts",
        "queue_name",
        "lock",
        "queueing_lock",
        "priority",
        "scheduled_at",
    ]
