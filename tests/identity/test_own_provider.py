"""Signing in through an organisation's own OpenID Connect provider, a real one, in a browser."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.project.accounts import new_sign_in_link
from annotations.project.models import Membership, User
from tests.cast import Cast
from tests.databases import address
from tests.identity.provider import PASSWORD, PERSON
from tests.servers import PATIENCE, ROOT, Server, free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CLIENT, SECRET = "workbench", "known to both sides of this test"


@dataclass
class WithProvider(Server):
    """A workbench that knows a provider."""

    issuer: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        return {
            **super().environment(),
            "WORKBENCH_OIDC_ISSUER": self.issuer,
            "WORKBENCH_OIDC_CLIENT": CLIENT,
            "WORKBENCH_OIDC_SECRET": SECRET,
            "WORKBENCH_OIDC_NAME": "Example University",
            **self.more,
        }


@pytest.fixture
def workbench(
    live_cast: Cast, own_database: str, static_root: Path, tmp_path: Path
) -> Iterator[WithProvider]:
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    server = WithProvider(address(own_database), static_root, data=tmp_path, issuer=issuer)
    callback = f"{server.url}/sign-in/with/sso/back"
    command = [sys.executable, "-m", "tests.identity.provider", str(port)]
    command += [str(tmp_path / "people.sqlite3"), CLIENT, SECRET, callback]
    provider = subprocess.Popen(command, cwd=ROOT)
    try:
        _answers(provider, issuer)
        yield server
    finally:
        server.kill()
        provider.kill()
        provider.wait(timeout=PATIENCE)


def _answers(provider: subprocess.Popen[bytes], issuer: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert provider.poll() is None, "the provider ended before it answered"
        try:
            with urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError("The provider did not answer.")


def says_who_it_is(page: Page) -> None:
    """On the provider's pages: name, password, and that the workbench may know it."""
    page.get_by_label("Username").fill(PERSON)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign In").click()
    page.get_by_role("button", name="Authorize").click()


def by_link(page: Page, server: Server, user: User) -> None:
    page.goto(f"{server.url}/sign-in/{new_sign_in_link(user, now=timezone.now())}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")


def test_an_identity_connected_once_lets_its_account_in(
    workbench: WithProvider, live_cast: Cast, page: Page
) -> None:
    workbench.start()
    by_link(page, workbench, live_cast.ada)
    page.goto(f"{workbench.url}/account")
    page.get_by_role("button", name="Connect Example University").click()
    says_who_it_is(page)
    page.wait_for_url(f"{workbench.url}/account**")
    expect(page.get_by_role("button", name="Disconnect")).to_be_visible()
    assert SocialAccount.objects.get().user == live_cast.ada
    page.context.clear_cookies()
    page.goto(f"{workbench.url}/sign-in")
    page.get_by_role("button", name="Sign in with Example University").click()
    says_who_it_is(page)
    page.wait_for_url(f"{workbench.url}/")
    expect(page.locator(".menu .name")).to_have_text(str(live_cast.ada))


def test_an_unknown_identity_gets_no_account(
    workbench: WithProvider, live_cast: Cast, page: Page
) -> None:
    before = User.objects.count()
    workbench.start()
    page.goto(f"{workbench.url}/sign-in")
    page.get_by_role("button", name="Sign in with Example University").click()
    says_who_it_is(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("No account has this identity")
    assert User.objects.count() == before


def test_where_the_provider_is_let_decide_an_unknown_one_gets_an_account_without_a_part(
    workbench: WithProvider, live_cast: Cast, page: Page
) -> None:
    workbench.more["WORKBENCH_OIDC_OPEN"] = "true"
    workbench.start()
    page.goto(f"{workbench.url}/sign-in")
    page.get_by_role("button", name="Sign in with Example University").click()
    says_who_it_is(page)
    page.wait_for_url(f"{workbench.url}/")
    made = SocialAccount.objects.get().user
    assert (made.name, made.is_staff, made.has_usable_password()) == ("Ada Lovelace", False, False)
    assert not Membership.objects.filter(user=made).exists()
