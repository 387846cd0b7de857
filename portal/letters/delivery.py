"""Sending what waits."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from celery import shared_task
from django.core.mail import EmailMessage, get_connection

from labs.cleaning import Cleaner
from labs.models import Chore
from portal.letters.models import Letter
from portal.letters.writing import joined

logger = logging.getLogger(__name__)

AT_ONCE = 20  # over one connection
SECONDS = 20.0  # then the next task goes on


@shared_task(name="portal.deliver")  # type: ignore[untyped-decorator]
def deliver() -> None:
    until = time.monotonic() + SECONDS
    while deliver_some() and time.monotonic() < until:
        pass


def deliver_some(_chore: Chore | None = None) -> int:
    """How many were tried. Two who deliver at once take different letters."""
    due = list(Letter.objects.due()[:AT_ONCE])
    if due:
        send_all(due)
    return len(due)


def send_all(letters: Iterable[Letter]) -> None:
    """Each is claimed when its turn comes: it may have gone out with another of its digest."""
    connection = get_connection()
    for letter in letters:
        if letter.claim():
            send(letter.with_its_digest(), connection)
    close(connection)


def send(letters: list[Letter], connection: Any) -> None:
    """One mail. Nobody's address is logged."""
    keys = [letter.pk for letter in letters]
    try:
        mail_of(letters, connection).send()
    except SMTPRecipientsRefused:
        logger.warning("letter %s has an address that takes no mail", keys)
    except (SMTPException, OSError, UnicodeError) as error:
        logger.warning("letter %s is not sent yet: %s", keys, type(error).__name__)
        for letter in letters:
            letter.put_back()
        return
    Letter.objects.filter(pk__in=keys).delete()


def mail_of(letters: list[Letter], connection: Any) -> EmailMessage:
    one = joined(letters)
    text = "\n\n".join(part for part in (one.text, one.footer) if part) + "\n"
    headers = {"Auto-Submitted": "auto-generated"} | way_out(one)
    return EmailMessage(one.subject, text, to=[one.address], headers=headers, connection=connection)


def way_out(letter: Letter) -> dict[str, str]:
    """What mail programs make a button of (RFC 8058)."""
    if not letter.off_url:
        return {}
    return {
        "List-Unsubscribe": f"<{letter.off_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def close(connection: Any) -> None:
    try:
        connection.close()
    except (SMTPException, OSError):
        logger.debug("the mail server left first")


# The sweeper looks whether something waits, in case that a bell was not heard.
CLEANERS = [Cleaner("letters", "letters sent or tried", deliver_some, every=timedelta(minutes=1))]
