"""How long what is kept of somebody, in words, from the settings that the cleaner obeys."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _


def words_of_keeping() -> list[str]:
    return [
        _("Your name, your addresses and your answers: until you erase your account."),
        _("Scores and completed lessons: for good, and without your name once you are erased."),
        _("Your name on a certificate: until you withdraw it or erase your account."),
        after(
            settings.KEEP_TEXTS_DAYS,
            _("Drafts: %(days)d days after you were last here."),
            _("Drafts: until you erase your account."),
        ),
        after(
            settings.KEEP_REPORTS_DAYS,
            _("What a verdict showed beyond its checks: %(days)d days."),
            _("What a verdict showed: until you erase your account."),
        ),
        after(
            settings.KEEP_AUDIT_DAYS,
            _("When you signed in and what was changed at your account: %(days)d days."),
            _("When you signed in and what was changed at your account: for good."),
        ),
        _("A sign-in of a browser: %(days)d days after its last visit.")
        % {"days": settings.SESSION_COOKIE_AGE // 86_400},
    ]


def after(days: int, words: str, for_ever: str) -> str:
    return words % {"days": days} if days else for_ever
