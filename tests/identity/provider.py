"""An OpenID Connect provider of its own, as an organisation would run one, with one person in it.

    python -m tests.identity.provider PORT DATABASE CLIENT SECRET CALLBACK

Signs tokens with a key made at its start; its people are in an SQLite file.
"""

from __future__ import annotations

import secrets
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

PERSON, PASSWORD = "ada.lovelace", "analytical engines"


def configure(database: str) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    settings.configure(
        SECRET_KEY=secrets.token_urlsafe(),
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.identity.provider_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        ACCOUNT_EMAIL_VERIFICATION="none",
        SESSION_COOKIE_NAME="provider_session",
        CSRF_COOKIE_NAME="provider_csrf",
        LOGIN_URL="account_login",
        LOGIN_REDIRECT_URL="/",
        IDP_OIDC_PRIVATE_KEY=pem.decode(),
    )
    django.setup()


def fill(client: str, secret: str, callback: str) -> None:
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User

    call_command("migrate", verbosity=0)
    User.objects.create_user(PERSON, password=PASSWORD, first_name="Ada", last_name="Lovelace")
    known = Client(id=client, name="Workbench", scopes="openid\nprofile\nemail")
    known.redirect_uris = callback
    known.set_secret(secret)
    known.save()


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing to tell."""


def main(port: str, database: str, client: str, secret: str, callback: str) -> None:
    configure(database)
    fill(client, secret, callback)
    with make_server(
        "127.0.0.1", int(port), get_wsgi_application(), server_class=Threads, handler_class=Silent
    ) as server:
        server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
