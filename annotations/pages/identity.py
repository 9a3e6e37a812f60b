"""The organisation's OpenID Connect provider: believed only what it signed, for us, for this visit.

django-allauth asks; what is answered is checked here as OpenID Connect Core 1.0 (§3.1.3.7, §5.3.2)
has it: signature, issuer, audience, time, nonce, and that both answers are about one person.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect import views as openid
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from requests import RequestException

SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""With a key of the provider's; a secret that we know too proves nothing of who signed."""
CLOCKS_DIFFER = 60  # seconds
LONGEST_SUB = 191  # what the column takes; OpenID Connect has at most 255
NAMES = ("name", "given_name", "family_name", "preferred_username")
LONGEST_NAME = 150
MOST = 1 << 20  # bytes of an answer


def nonce_of(state: str) -> str:
    """What ties a signed answer to the visit that asked: of its state, which the session keeps."""
    return str(salted_hmac("annotations.pages.identity", state, algorithm="sha256").hexdigest())


def with_nonce(target: str) -> str:
    """The provider's address with the nonce of the state in it."""
    state = parse_qs(urlsplit(target).query)["state"][0]
    return f"{target}&{urlencode({'nonce': nonce_of(state)})}"


class Provider(openid.OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """Asks for what it needs, and takes nothing else from the answers."""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        said = asked(self.get_provider().server_url)
        for endpoint in ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not str(said.get(endpoint)).startswith(("https://", "http://")):
                raise OAuth2Error(f"The provider's {endpoint} is no address of the web.")
        return said

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            said = super().get_access_token_data(*args, **kwargs)
        except (OAuth2Error, KeyError, RecursionError) as error:  # whose words may hold a secret
            raise OAuth2Error("The provider gave no token for the code.") from error
        if not isinstance(said, dict) or not isinstance(said.get("access_token"), str):
            raise OAuth2Error("The provider's answer to the code cannot be read.")
        return said

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        return SocialToken(token=data["access_token"])  # which nobody keeps

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        claims = self._signed(app, kwargs["response"].get("id_token"))
        more = self.openid_config.get("userinfo_endpoint")
        said = asked(more, token.token) if isinstance(more, str) else {"sub": claims["sub"]}
        if said.get("sub") != claims["sub"]:
            raise OAuth2Error("Two answers of the provider are about two people.")
        known = {**claims, **said}
        data = {"sub": claims["sub"], **{name: shown(known.get(name)) for name in NAMES}}
        return self.get_provider().sociallogin_from_response(request, {"userinfo": data})

    def _signed(self, app: SocialApp, token: Any) -> dict[str, Any]:
        if not isinstance(token, str):
            raise OAuth2Error("The provider sent no ID token.")
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key=self._key(jwt.get_unverified_header(token)),
                algorithms=SIGNED,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCKS_DIFFER,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"The ID token is not valid: {error}") from error
        self._for_this_visit(app, claims)
        return claims

    def _key(self, header: dict[str, Any]) -> jwt.PyJWK:
        """The one that the token names; where it names none, the only one there is."""
        keys = jwt.PyJWKSet.from_dict(asked(self.openid_config["jwks_uri"])).keys
        named = [key for key in keys if key.key_id == header.get("kid")]
        if header.get("kid") is None and len(keys) == 1:
            named = keys
        if len(named) != 1:
            raise jwt.InvalidKeyError("no key of the provider by that name")
        return named[0]

    def _for_this_visit(self, app: SocialApp, claims: dict[str, Any]) -> None:
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else app.client_id) != app.client_id:
            raise OAuth2Error("The ID token was made for somebody else.")
        nonce = nonce_of(self.request.GET.get("state", ""))
        if not constant_time_compare(str(claims.get("nonce", "")), nonce):
            raise OAuth2Error("The ID token is of another visit.")
        sub = claims["sub"]
        if not (isinstance(sub, str) and 0 < len(sub) <= LONGEST_SUB and sub.isprintable()):
            raise OAuth2Error("The provider's name for the person cannot be kept.")


def asked(address: str, token: str = "") -> dict[str, Any]:
    """What stands at an address of the provider's, an object of JSON."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, headers=headers)
        answer.raise_for_status()
        try:
            said = answer.json() if len(answer.content) <= MOST else None
        except RecursionError:
            said = None
    if not isinstance(said, dict):
        raise OAuth2Error("An answer of the provider cannot be read.")
    return said


def shown(said: Any) -> str:
    r"""A name as it may stand in a line: no line ends, no marks that turn the line around.

    >>> shown("Ada\u202e\nLovelace")
    'Ada Lovelace'
    """
    if not isinstance(said, str):
        return ""
    kept = "".join(char if char.isprintable() else " " for char in said[: 4 * LONGEST_NAME])
    return " ".join(kept.split())[:LONGEST_NAME]


@require_POST
def there(request: HttpRequest, provider_id: str) -> HttpResponse:
    """A page that goes on to the provider by itself: forms may only lead to this site."""
    try:
        _ = Provider(request, provider_id).openid_config  # refuses what cannot be used
        answer: HttpResponse = openid.login(request, provider_id)
        if answer.status_code != 302:
            return answer
        target = with_nonce(answer["Location"])
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, RequestException) as error:
        return _failed(request, provider_id, error)
    return render(request, "annotations/to_provider.html", {"target": target})


@login_not_required  # type: ignore[untyped-decorator]  # allauth has no types
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends people back to."""
    adapter = Provider(request, provider_id)
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, RequestException) as error:
        return _failed(request, provider_id, error)
    return answer


def _failed(request: HttpRequest, provider_id: str, error: Exception) -> HttpResponse:
    provider = get_adapter().get_provider(request, provider=provider_id)
    answer: HttpResponse = render_authentication_error(request, provider, exception=error)
    return answer
