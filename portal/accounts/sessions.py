"""Sessions that know whose they are: a person sees on which devices they are signed in, and ends
what is not theirs. The rest is Django's database session."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from lessons.compiled import Compiled
from portal.accounts.browsers import browser_of
from portal.trouble import OUR_FAULT

# Where allauth notes whose password was right, before the second factor.
HALFWAY = "account_authentication_methods_user"


class SessionQuerySet(models.QuerySet["Session"]):
    def alive(self) -> Self:
        """Those that were used: somebody halfway through signing in has no device here yet."""
        return self.filter(expire_date__gt=timezone.now(), seen__isnull=False)

    def others(self, request: HttpRequest) -> Self:
        return self.exclude(pk=request.session.session_key or "")


class Session(AbstractBaseSession):
    """No place and no address: a person knows their devices by browser and day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    browser = models.CharField(max_length=40, blank=True)
    since = models.DateField(null=True)
    seen = models.DateField(null=True)

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()  # type: ignore[misc]

    class Meta(AbstractBaseSession.Meta):  # type: ignore[name-defined]
        app_label = "accounts"
        verbose_name, verbose_name_plural = _("session"), _("sessions")

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore

    @property
    def handle(self) -> str:
        """For a form: whoever reads the page must not be able to use the session."""
        key = str(self.session_key)
        return salted_hmac("portal.sessions", key, algorithm="sha256").hexdigest()[:32]

    def is_called(self, handle: str) -> bool:
        return constant_time_compare(self.handle, handle)


class SessionStore(DatabaseStore):
    """Named as Django's own, whose name is the salt of what is kept: old sessions stay readable."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """As Django's, without building the query anew."""
        for data, expires in KEPT.rows(key=self.session_key):
            if expires > timezone.now():
                return self.decode(data)
        self._session_key = None
        return {}

    def save(self, must_create: bool = False) -> None:
        """Django takes whatever goes wrong here for a session that was ended meanwhile, and refuses
        the visitor's request for it."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OUR_FAULT):
                raise error.__context__ from error.__context__.__cause__
            raise

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        for name, value in columns_of(data).items():
            setattr(row, name, value)
        return row


KEPT = Compiled(
    lambda key: Session.objects.filter(pk=key).values_list("session_data", "expire_date"),
    key="the key of a session",
)


def columns_of(data: dict[str, Any]) -> dict[str, Any]:
    """What a session's content says in columns."""
    user = data.get(SESSION_KEY) or data.get(HALFWAY)
    return {
        "user_id": int(user) if user else None,
        "browser": data.get("browser", ""),
        "since": day_of(data.get("since")),
        "seen": day_of(data.get("seen")),
    }


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def note_visit(request: HttpRequest) -> None:
    """Kept once a day, with the session itself: no request writes for this alone. A page is read
    all the same while the database takes nothing."""
    today = timezone.now().date().isoformat()
    if request.session.get("seen") == today:
        return
    request.session["seen"] = today
    request.session.setdefault("since", today)
    request.session["browser"] = browser_of(request)
    try:
        request.session.save()
    except OUR_FAULT:
        request.session.modified = False


def end_other_sessions(request: HttpRequest, user: Any, **_signal: Any) -> None:
    """Also by signals: a new password, and a second factor, begin anew everywhere."""
    Session.objects.filter(user=user.pk).others(request).delete()
