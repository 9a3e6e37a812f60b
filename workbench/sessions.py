"""Sessions as Django has them, but for who may take their cookie away."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse


class Sessions(SessionMiddleware):
    """Only ending a session takes its cookie away; having found it ended does not.

    Django deletes the cookie wherever its session is no more. A page that keeps trying may be told so
    just after its person has signed in again in another tab: that answer would take the new cookie
    along, and sign them out.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answered = super().process_response(request, response)
        session = request.session
        if session.is_empty() and not session.modified:
            answered.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return answered
