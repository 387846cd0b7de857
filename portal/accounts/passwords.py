"""What a password of ours must not be, beside short and common."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PRINTED = "learn-by-doing"


class NotThePrintedPassword:
    """What our own README prints is nobody's secret."""

    def validate(self, password: str, user: object = None) -> None:
        if password.lower() == PRINTED:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        return _("This is the password of the demo, which everybody can read. Choose another one.")


class NotUsedBefore:
    """The course teaches it, so we do it. Django tells us of each new password once it is saved."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is None or user.pk is None:
            return
        if any(check_password(password, used) for used in used_passwords(user)):
            raise ValidationError(self.get_help_text())

    def password_changed(self, password: str, user: Any = None) -> None:
        """The row comes in place of the oldest: no more are kept than are asked about."""
        if not user.has_usable_password():
            return
        UsedPassword.objects.create(user_id=user.pk, encoded=user.password)
        newest = UsedPassword.objects.filter(user=user.pk).order_by("-pk")
        kept = list(newest.values_list("pk", flat=True)[: settings.PASSWORDS_REMEMBERED])
        UsedPassword.objects.filter(user=user.pk).exclude(pk__in=kept).delete()

    def get_help_text(self) -> str:
        return _("You had this password before. Choose a new one.")


def used_passwords(user: Any) -> set[str]:
    """As they are stored, the present one among them."""
    return {user.password, *user.used_passwords.values_list("encoded", flat=True)}


class UsedPassword(models.Model):
    """A hash, as the user's own."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="used_passwords"
    )
    encoded = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "accounts"
        verbose_name = gettext_lazy("used password")
        verbose_name_plural = gettext_lazy("used passwords")

    def __str__(self) -> str:
        return f"{self.set_at:%Y-%m-%d}"
