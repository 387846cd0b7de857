"""What our own README prints is nobody's secret."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PRINTED = "learn-by-doing"


class NotThePrintedPassword:
    def validate(self, password: str, user: object = None) -> None:
        if password.lower() == PRINTED:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        return _("This is the password of the demo, which everybody can read. Choose another one.")
