"""What happened to accounts, memberships and rights: written once, read by administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class What(models.TextChoices):
    SIGNED_UP = "signed-up", _("signed up")
    SIGNED_IN = "signed-in", _("signed in")
    SHUT_OUT = "shut-out", _("reached the limit of failed sign-ins")
    PASSWORD = "password", _("password changed")
    ADDRESS = "address", _("address changed")
    FACTOR = "factor", _("second factor changed")
    EXPORTED = "exported", _("data exported")
    ERASED = "erased", _("account erased")
    DELETED = "deleted", _("account deleted")
    INVITED = "invited", _("invitation made")
    REVOKED = "revoked", _("invitation closed")
    JOINED = "joined", _("joined a cohort")
    ROLE = "role", _("role in a cohort changed")
    LEFT = "left", _("left a cohort")
    EXTENDED = "extended", _("due date extended")
    ANNOUNCED = "announced", _("announced to a cohort")
    COHORT = "cohort", _("cohort changed")
    LOOKED = "looked", _("looked at somebody's work")
    OVERRODE = "overrode", _("overrode a verdict")
    WITHDREW = "withdrew", _("withdrew an override")
    RECHECKED = "rechecked", _("had an answer checked again")
    REGRADED = "regraded", _("had old verdicts checked again")
    CERTIFICATE = "certificate", _("certificate")
    CONTENT = "content", _("changed the content")
    ADMINISTERED = "administered", _("changed by an administrator")


class AppendOnlyError(TypeError):
    """A log that can be corrected proves nothing."""


class EntryQuerySet(models.QuerySet["Entry"]):
    def refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Entries of the audit log are only ever added.")

    update = update_or_create = bulk_update = delete = refuse

    def about(self, user: int) -> Self:
        """What `user` did, and what was done to them."""
        return self.filter(models.Q(actor=user) | models.Q(person=user))

    def forget(self, before: datetime) -> int:
        """The one way out: everything that is older, whatever it says."""
        count, _models = models.QuerySet.delete(self.model.objects.filter(at__lt=before))
        return count


# A row must outlive the account that it names, and no deletion may rewrite it.
PERSON: dict[str, Any] = {
    "to": settings.AUTH_USER_MODEL,
    "on_delete": models.DO_NOTHING,
    "db_constraint": False,
    "null": True,
    "editable": False,
}


class Entry(models.Model):
    """Nobody's name or address stands in it: who is erased is a number from then on."""

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False, db_index=True)
    what = models.CharField(_("what"), max_length=20, choices=What.choices, editable=False)
    actor = models.ForeignKey(verbose_name=_("who"), related_name="deeds", **PERSON)
    person = models.ForeignKey(verbose_name=_("to whom"), related_name="happenings", **PERSON)
    # Whose instructors may read it
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,  # one below begins with it
    )
    about = models.CharField(_("about"), max_length=200, blank=True, editable=False)
    network = models.CharField(_("network"), max_length=50, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("audit log entry"), _("audit log")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["what", "-id"], name="entries_of_a_kind"),
            models.Index(fields=["network", "-id"], name="entries_from_a_network"),
            models.Index(fields=["cohort", "-id"], name="entries_of_a_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what} {self.about}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise AppendOnlyError("Entries of the audit log are only ever added.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Entries of the audit log are only ever added.")
