"""Files without their bytes, as a takedown leaves them, beside texts that are still there."""

from __future__ import annotations

from django.db import transaction

from annotations.corpus.models import Document, Source
from annotations.project.models import Coder
from annotations.release.withdrawals import Takedown
from tests.cast import NOW


@transaction.atomic
def lose_bytes() -> None:
    """Of all documents."""
    for document in Document.objects.all():
        coder = Coder.objects.filter(project=document.project_id).earliest("pk")
        Takedown.objects.create(
            project_id=document.project_id, document=document, reason="Asked.", by=coder, at=NOW
        )
    Source.objects.update(content=None, taken_down_at=NOW, takedown_reason="Asked.")
