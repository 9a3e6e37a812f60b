"""The administration has no door of its own: one signs in as everywhere, and is staff or is not."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from annotations.desk.admin.backups import backup_lines
from annotations.desk.admin.waiting import waiting_for
from annotations.project.models import User


def door(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """To the sign-in page for strangers; for everybody else but staff there is nothing here."""
    wanted = request.GET.get("next", "")
    local = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    target = wanted if local else resolve_url("admin:index")
    if admin.site.has_permission(request):
        return redirect(target)
    if request.user.is_authenticated:
        raise Http404
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?next={quote(target)}")


def no_passwords(request: HttpRequest, extra_context: object = None) -> HttpResponseBase:
    """Accounts have no password that could be changed."""
    raise Http404


_index = admin.site.index


def front(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
    """What waits in each project and how backups are, above everything that is stored."""
    assert isinstance(request.user, User)  # noqa: S101 - the site lets staff in only
    now = timezone.now()
    said = {"queue": waiting_for(request.user, now=now), "backups": backup_lines(now=now)}
    return _index(request, {**said, **(extra_context or {})})


admin.site.index = front  # type: ignore[method-assign]  # as the documentation does it
admin.site.index_template = "admin/annotations/front.html"
admin.site.enable_nav_sidebar = False
admin.site.site_header = _("Administration of the workbench")
admin.site.site_title = _("Workbench")
admin.site.index_title = _("Everything that is stored")
admin.site.login = door  # type: ignore[method-assign]  # as the documentation does it
admin.site.password_change = no_passwords  # type: ignore[method-assign,assignment]  # as above
# Secrets, and what a person sees to on the page of their account.
admin.site.unregister(
    [EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession]
)
