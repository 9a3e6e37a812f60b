"""Who changed it: the context of the audit trail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from pghistory.middleware import HistoryMiddleware


class WhoChanged(HistoryMiddleware):
    """Keeps the account only; an address can hold a sign-in token, which no table may keep.

    Saves of annotations pass by: their revisions are their audit, and they are many.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/v1/annotations/"):
            return self.get_response(request)  # type: ignore[no-any-return]  # untyped there
        return super().__call__(request)  # type: ignore[no-any-return, no-untyped-call]  # untyped there

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request)
        return {"user": context["user"]}
