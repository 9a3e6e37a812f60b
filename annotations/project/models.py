"""Who works here, on what, and in which role."""

from __future__ import annotations

import pghistory
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.project.identifiers import uuid7


class User(AbstractUser):
    """An account. What is coded or ruled never points here: see Coder."""

    first_name = None  # type: ignore[assignment]  # one name, as people write it
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)

    within: frozenset[int] | None = None
    """Where a token speaks for a person: the projects, by primary key, that it reaches; None: all."""

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


@pghistory.track()
class Project(models.Model):
    """A study: its corpus, codebook, people, rounds of work and releases."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    slug = models.SlugField(
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*$", _("Small letters, digits and hyphens."))],
    )
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    found_by: tuple[int, frozenset[Role]] | None = None
    """Where access.py found it for a person: who, by primary key, and in which roles."""

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    ANNOTATOR = "annotator", _("annotator")
    ADJUDICATOR = "adjudicator", _("adjudicator")
    MANAGER = "manager", _("manager")
    READER = "reader", _("reader")


@pghistory.track()
class Membership(models.Model):
    """One role of one person in one project; a person may hold several."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["project", "user", "role"], name="one_row_a_role"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class Coder(models.Model):
    """Someone's pseudonym in a project. Erasing an account cuts `user`; the work stays."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="coders")
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="coders")
    pseudonym = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("coder")
        verbose_name_plural = _("coders")
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="one_coder_a_person"),
            models.UniqueConstraint(fields=["project", "pseudonym"], name="pseudonyms_differ"),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class SignInLink(models.Model):
    """A one-time way in. Only the hash of its token is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in link")
        verbose_name_plural = _("sign-in links")

    def __str__(self) -> str:
        return f"{self.user} → {self.expires_at:%Y-%m-%d %H:%M}"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(
        condition=pghistory.AnyChange("revoked_at", "scopes", "projects", "expires_at")
    ),
    pghistory.DeleteEvent(),
    # Neither what would name its owner once the account is erased, nor what changes all day.
    exclude=["name", "token_hash", "last_used_at"],
)
class ApiToken(models.Model):
    """A tool's key: scoped, expiring, shown once, kept as a hash; who made and ended it is kept."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=40))
    # Keys and no rows of a table between: a token whose projects are gone reaches nothing, not all.
    projects = ArrayField(models.BigIntegerField(), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(projects=None) | models.Q(projects__len__gt=0),
                name="token_reaches_something",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Preference(models.Model):
    """How a person likes to work: `{"keys": {verb: key}, "settings": {…}}`, checked on the way in."""

    user = models.OneToOneField(User, models.CASCADE, related_name="preference")
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return str(self.user)
