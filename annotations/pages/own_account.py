"""One's own account: password, second factor, identities, where one is signed in, one's data."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.assignment.departing import erase_oneself
from annotations.project.models import Membership, User
from annotations.project.own_data import told
from annotations.project.places import end_others, end_place, places_of


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - login_required has seen to it
    return request.user


@login_required
@require_safe
def own_account(request: HttpRequest) -> HttpResponse:
    return render(request, "annotations/account.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    person = _person(request)
    held = Membership.objects.filter(user=person).select_related("project")
    kept = {each.type: each for each in Authenticator.objects.filter(user=person)}
    codes = kept.get(Authenticator.Type.RECOVERY_CODES)
    return {
        "memberships": held.order_by("project__name", "role"),
        "totp": kept.get(Authenticator.Type.TOTP),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "providers": get_adapter().list_providers(request),
        "identities": SocialAccount.objects.filter(user=person),
        "places": places_of(person, here=request.session.session_key),
    }


class SecondFactorOn(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """A code of the new app tells who it is, so that the recovery codes are shown at once."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        record_authentication(
            self.request, _person(self.request), method="mfa", type="totp", reauthenticated=True
        )
        return answer


@login_required
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """Signed out there: one place, or all but this one."""
    person = _person(request)
    if request.POST.get("which") == "others":
        end_others(person, here=request.session.session_key)
    else:
        end_place(person, request.POST.get("which", ""))
    return redirect("/account#places")


@login_required
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """All that is stored of the person, as a file."""
    person = _person(request)
    answer = JsonResponse(told(person, now=timezone.now()), json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="account.json"'
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def erase_own(request: HttpRequest) -> HttpResponse:
    """Asks once more; the account goes, and what was coded stays under the pseudonym."""
    person = _person(request)
    if request.method == "POST" and request.POST.get("sure") == "on":
        erase_oneself(person, now=timezone.now())
        logout(request)
        return render(request, "annotations/account_erased.html")
    return render(request, "annotations/account_erase.html")
