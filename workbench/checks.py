"""What `manage.py check --deploy` asks beyond Django's own questions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Tags, Warning, register

# Where the page is for this machine only there is nobody between it and the browser.
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})


@register(Tags.security, deploy=True)
def https_is_on_for_others(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """Names that others can reach ask for TLS."""
    others = sorted(set(settings.ALLOWED_HOSTS) - THIS_MACHINE)
    if settings.HTTPS or not others:
        return []
    return [
        Warning(
            f"The server answers to {', '.join(others)} without HTTPS.",
            hint="Put a proxy that does TLS in front of it, and set WORKBENCH_HTTPS=true.",
            id="workbench.W001",
        )
    ]
