"""The demonstration, for a first look and for tests."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from annotations.management.demo import load_demo
from annotations.management.telling import TellingCommand, Told


class Command(TellingCommand):
    help = (
        "Loads the demonstration: a project, its people (without passwords: use sign_in_link), "
        "two codebook editions, press texts, codings, rulings and a release. "
        "Loaded before, it stays as it is."
    )

    def tell(self, **options: Any) -> Told:
        loaded = load_demo(now=timezone.now())
        slug = loaded.project.slug
        text = f"Loaded {slug}." if loaded.fresh else f"{slug} was there already; left as it is."
        return Told({"project": slug, "fresh": loaded.fresh}, text)
