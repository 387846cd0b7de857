"""The user: signs in by e-mail address, is called by a name."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.attempts import Attempt as Attempt
from portal.accounts.passwords import UsedPassword as UsedPassword
from portal.accounts.search import matching
from portal.accounts.sessions import Session as Session
from portal.cohorts.belonging import Belonging


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def matching(self, text: str) -> models.QuerySet[User]:
        """Every word of `text` begins a word of the name or the address."""
        return self.filter(matching(text))

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Told(models.TextChoices):
    """How learners are told by mail what their day says anyway."""

    ONCE = "once", _("each at once")
    DAILY = "daily", _("one a day, also when cards are due")
    NEVER = "never", _("no mail")


class User(Belonging, AbstractUser):
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=[("", _("As my browser says")), *settings.LANGUAGES],
    )
    # What a day is to them; "": the portal's
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, default="", db_default=""
    )
    # Single-key shortcuts can be switched off: WCAG 2.1.4.
    shortcuts = models.BooleanField(_("single-key shortcuts"), default=True)

    # What instructors announce, by mail, too
    mail_news = models.BooleanField(
        _("announcements of my cohorts by e-mail"), default=True, db_default=True
    )
    # Of verdicts, and of what is said to them; when the next daily one is due (`portal/digest/`)
    mail_told = models.CharField(
        _("mail about my learning"),
        max_length=5,
        choices=Told.choices,
        default=Told.ONCE,
        db_default=Told.ONCE,
    )
    digest_at = models.DateTimeField(null=True, blank=True, editable=False)
    # How much somebody wants to do in a week, of what; None: nothing was said
    weekly_goal = models.PositiveSmallIntegerField(_("goal of a week"), null=True, blank=True)
    goal_counts = models.CharField(
        _("what the goal counts"),
        max_length=8,
        choices=[
            ("lessons", _("lessons")),
            ("minutes", _("minutes")),
            ("reviews", _("review days")),
        ],
        default="lessons",
        db_default="lessons",
    )
    # Beside administrators, who may anyway; whose cohort it is, leads it.
    opens_cohorts = models.BooleanField(_("may open cohorts"), default=False, db_default=False)

    # The user of a request knows (accounts/backend.py)
    has_factor = False  # a second one
    authors = False  # may plan and apply content changes

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined]
        # The few that administrators look for among all
        indexes = [
            models.Index(fields=["email"], condition=models.Q(is_staff=True), name="people_staff"),
            models.Index(fields=["email"], condition=models.Q(is_active=False), name="people_gone"),
            models.Index(
                fields=["digest_at"],
                condition=models.Q(digest_at__isnull=False),
                name="people_digests",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def initial(self) -> str:
        return self.name[:1]

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


def display_name(user: User) -> str:
    return str(user)
