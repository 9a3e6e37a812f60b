"""The corpus of the releases is good for their pages too."""

import os

from tests.release.conftest import corpus as corpus

# Playwright keeps an event loop in the test's thread, where Django would refuse its own ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
