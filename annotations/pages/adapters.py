"""How django-allauth does things here: nobody signs up by themselves, and no mail is sent."""

from __future__ import annotations

import base64
import hashlib
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from annotations.pages.identity import LONGEST_NAME
from annotations.pages.languages import remember_language
from annotations.project.models import User
from workbench.limits import address_of

log = logging.getLogger(__name__)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts begin with an invitation; whoever comes in finds the pages in their language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that follows says what was done."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """The workbench has no mail; the account page lists what was done to an account."""

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.language:
            remember_language(response, user.language)
        return response

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everywhere here: what a proxy of ours saw, never what a stranger says of themselves."""
        return address_of(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Of an account under whatever name of this server: a Host with another port is no new start."""
        return str(credentials.get("email", credentials.get("username", ""))).lower()

    def is_safe_url(self, url: str) -> bool:
        """Addresses of this site only, and only as paths."""
        here = {self.request.get_host()}
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=here)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return redirect("account_inactive")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/account#password"


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of second factors are kept under the installation's secret key."""

    def get_totp_issuer(self) -> str:
        return "Workbench"

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Under another secret key no code fits; whoever runs the workbench takes the factor away."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(hashlib.sha256(encrypted_text.encode()).digest()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class Identities(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """An identity of the provider belongs to an account that connected it.

    Where `WORKBENCH_OIDC_OPEN` is set, an unknown one gets an account that has no part anywhere.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return bool(settings.IDENTITIES_OPEN)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        if not self.is_open_for_signup(request, sociallogin):
            page = render(request, "annotations/identity_unknown.html", status=403)
            raise ImmediateHttpResponse(page)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """What the page does not say; of a refusal in our own words, of others the kind alone."""
        said = exception if isinstance(exception, OAuth2Error) else type(exception).__name__
        log.warning("Signing in through the provider failed (%s): %s", error, said)

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        said = [data.get("first_name"), data.get("last_name")]
        user.name = (data.get("name") or " ".join(filter(None, said)))[:LONGEST_NAME]
        user.email = ""
        return user
