"""That somebody mastered a course, as it was then, and the keys by which the portal says so."""

from __future__ import annotations

import secrets
from typing import Any, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.models import Course
from portal.accounts.models import User
from portal.cohorts.models import Cohort

TOKEN_BYTES = 24  # 192 bits: nobody finds an address that they were not given
LONGEST_NAME = 80


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid(self) -> Self:
        return self.filter(revoked_at=None)

    def taken_away(self, user: int, course: int) -> Self:
        """By somebody else: whoever lost it so does not make another one."""
        lost = self.filter(user=user, course=course, revoked_at__isnull=False)
        return lost.exclude(revoked_by=user)

    def shown_to(self, user: int) -> Self:
        """All of their own, except what they withdrew before the last one that they withdrew."""
        mine = self.filter(user=user)
        withdrawn = mine.filter(revoked_by=user).order_by("-pk").values("pk")[:1]
        return mine.filter(~Q(revoked_by=user) | Q(pk__in=withdrawn))

    def forget(self, user: int) -> None:
        """Of an erased person: the address stays and says that it is revoked, and names nobody."""
        mine = self.filter(user=user)
        mine.valid().update(revoked_at=timezone.now())
        mine.update(name="", reason="")
        self.filter(revoked_by=user).update(revoked_by=None, reason="")


class Certificate(models.Model):
    """What it says is copied, so that it stays true whatever becomes of the course."""

    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="certificates"
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    # In which it was learned: its instructors may revoke it, so it is archived and not deleted
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, null=True, related_name="certificates"
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)  # as it is printed
    title = models.CharField(max_length=200)  # of the course
    edition = models.CharField(max_length=32, blank=True)
    lessons = models.PositiveIntegerField()
    # How many of them asked something: the others were completed by a press of a button
    asking = models.PositiveIntegerField(default=0, db_default=0)
    labs = models.PositiveIntegerField()
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.TextField(blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("certificate"), _("certificates")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                F("user"),
                F("course"),
                condition=Q(revoked_at__isnull=True),
                name="one_valid_certificate",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.user_id}"

    def get_absolute_url(self) -> str:
        return reverse("certificate", args=[self.token])

    @property
    def silent(self) -> int:
        """How many lessons asked nothing."""
        return self.lessons - self.asking

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None

    @property
    def is_withdrawn(self) -> bool:
        """By whom it is about."""
        return not self.is_valid and self.revoked_by_id == self.user_id

    def revoke(self, by: User | Any, reason: str = "") -> bool:
        """False where it was before: of two at once, one did it."""
        valid = Certificate.objects.valid().filter(pk=self.pk)
        return bool(valid.update(revoked_at=timezone.now(), revoked_by=by.pk, reason=reason))

    def withdraw(self) -> bool:
        """By whom it is about: their name goes with it, also from one that somebody revoked; whose
        decision that was stays. False where nothing changed."""
        mine = Certificate.objects.filter(pk=self.pk)
        now = {"revoked_at": timezone.now(), "revoked_by": self.user_id, "name": ""}
        lost = mine.filter(revoked_at__isnull=False).exclude(name="")
        return bool(mine.valid().update(**now) or lost.update(name=""))

    @property
    def is_by_administrator(self) -> bool:
        return bool(self.revoked_by and self.revoked_by.is_superuser)

    def restore(self, by: User | Any) -> bool:
        """What was revoked by mistake; not what has lost its name, what an administrator revoked
        (unless `by` is one), nor beside another valid one."""
        lost = Certificate.objects.filter(pk=self.pk, revoked_at__isnull=False).exclude(name="")
        if not by.is_superuser:
            # No join: with one, PostgreSQL would not see what is withdrawn meanwhile
            lost = lost.exclude(revoked_by__in=User.objects.filter(is_superuser=True))
        try:
            with transaction.atomic():
                return bool(lost.update(revoked_at=None, revoked_by=None, reason=""))
        except IntegrityError:
            return False


class SigningKey(models.Model):
    """The newest one signs; the public half of each is published for good."""

    name = models.CharField(max_length=64, unique=True)  # its thumbprint (RFC 7638)
    public = models.JSONField()  # a JWK
    private = models.TextField()  # PEM, encrypted (portal/accounts/secrets_at_rest.py)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("signing key"), _("signing keys")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
