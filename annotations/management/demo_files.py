"""The files that describe the demonstration, and who of it is there."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from annotations.project.models import Project, User

# In a checkout beside the code; where it was installed, under the environment's share.
_PLACES = (
    Path(settings.BASE_DIR) / "fixtures",
    Path(sys.prefix) / "share" / "annotation-workbench" / "fixtures",
)
FIXTURES = next((place for place in _PLACES if (place / "demo.json").exists()), _PLACES[0])
SLUG = "life-in-ai-labs"


def described(name: str) -> Any:
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def demo_members() -> QuerySet[User]:
    """The accounts of the demonstration, while its project is there."""
    if not Project.objects.filter(slug=SLUG).exists():
        return User.objects.none()
    names = [each["username"] for each in described("demo.json")["people"]]
    return User.objects.filter(username__in=names, is_active=True).order_by("pk")
