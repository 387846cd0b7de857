"""What lets people into a cohort."""

from __future__ import annotations

import secrets
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.people import User
from portal.audit.models import What
from portal.audit.record import record
from portal.cohorts.models.choices import Role
from portal.cohorts.models.cohorts import Cohort

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike


def new_code() -> str:
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(3))


def tidy_code(text: str) -> str:
    """What people type: small letters, blanks for dashes, or no dashes at all."""
    parts = text.upper().replace("-", " ").split()
    if len(parts) == 1 and len(parts[0]) == 12:
        parts = [parts[0][start : start + 4] for start in (0, 4, 8)]
    return "-".join(parts)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        not_expired = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        return self.filter(not_expired, used__lt=F("uses"))

    def codes(self) -> Self:
        """For whoever is told them."""
        return self.filter(email="")

    def personal(self) -> Self:
        return self.exclude(email="")

    def closed(self) -> Self:
        return self.filter(Q(expires_at__lte=timezone.now()) | Q(used__gte=F("uses")))


class Invitation(models.Model):
    code = models.CharField(_("code"), max_length=20, unique=True, default=new_code)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.LEARNER)
    uses = models.PositiveIntegerField(_("how many may use it"), default=30)
    used = models.PositiveIntegerField(_("used"), default=0)
    # Whom it was mailed to, where it was: then it is for one person.
    email = models.EmailField(_("e-mail address"), blank=True, default="", db_default="")
    name = models.CharField(_("name"), max_length=80, blank=True, default="", db_default="")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # Who wrote the last of its letters, and how many there were
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations_sent",
    )
    letters = models.PositiveSmallIntegerField(_("letters"), default=0, db_default=0)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")

    def __str__(self) -> str:
        return self.code

    @property
    def places_left(self) -> int:
        return max(0, self.uses - self.used)

    def close(self) -> None:
        self.expires_at = timezone.now()
        self.save(update_fields=["expires_at"])
        record(What.REVOKED, about=f"{self.cohort.slug}: {self.role}", cohort=self.cohort)

    def redeem(self, user: User) -> bool:
        """Enrol `user`; False when the last place was taken a moment ago.
        A member's second use takes no place."""
        with transaction.atomic():
            _membership, joined = self.cohort.memberships.get_or_create(
                user_id=user.pk, defaults={"role": self.role}
            )
            if not joined or self.take_place():
                return True
            transaction.set_rollback(True)
        return False

    def take_place(self) -> bool:
        """One conditional update, so that two people can never take the same last place."""
        return Invitation.objects.open().filter(pk=self.pk).update(used=F("used") + 1) == 1
