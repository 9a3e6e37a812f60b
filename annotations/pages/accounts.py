"""Signing in by a one-time link or a password, signing out, and the language of the pages."""

from __future__ import annotations

from math import ceil
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from annotations.pages.languages import remember_language
from annotations.project.accounts import link_of, use_sign_in_link
from annotations.project.models import User
from annotations.project.refusals import NotVisible
from workbench.limits import address_of, ask, limit_of


def safe_next(request: HttpRequest) -> str:
    """Where to go next: an address of this site only."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed and wanted.startswith("/") else "/"


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """By name and password, by the organisation's provider, or, as it says, by a link."""

    http_method_names = ["get", "head", "post"]
    template_name = "annotations/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = get_adapter().list_providers(self.request)
        return {**super().get_context_data(**kwargs), "providers": known}

    def get_authenticated_redirect_url(self) -> str:
        return safe_next(self.request)


@require_http_methods(["GET", "HEAD", "POST"])
def use_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows whose link it is (a mail scanner may look); POST uses it."""
    now = timezone.now()
    try:
        if request.method == "POST":
            return _enter(request, use_sign_in_link(token, now=now))
        context = {"person": link_of(token, now=now).user}
    except NotVisible:
        return _refused(request)
    return render(request, "annotations/sign_in_link.html", context)


def _refused(request: HttpRequest) -> HttpResponse:
    wait = ask(limit_of("wrong"), f"address {address_of(request)}", now=timezone.now())
    status = 404 if wait is None else 429
    page = render(request, "annotations/sign_in_link.html", {"refused": True}, status=status)
    if wait is not None:
        page["Retry-After"] = str(ceil(wait.total_seconds()))
    return page


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    """Whoever has a second factor is asked for it here too: a link may have gone astray."""
    logout(request)
    record_authentication(request, user, method="link")
    answer: HttpResponse = perform_login(request, Login(user=user, redirect_url="/"))
    return answer


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    response = redirect(safe_next(request))
    if language in dict(settings.LANGUAGES):
        remember_language(response, language)
        if isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=language)
    return response
