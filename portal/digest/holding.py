"""Letters to learners, in the way that they chose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils import timezone

from portal.accounts.models import Told, User
from portal.digest.choosing import HELD
from portal.letters.models import Letter

# After the morning of the daily mail: what no worker put into it by then goes by itself.
LATEST = timedelta(hours=12)


def as_wanted(letters: Iterable[Letter], user: User) -> Iterator[Letter]:
    if user.mail_told == Told.NEVER:
        return
    for one in letters:
        if user.mail_told == Told.DAILY:
            one.digest = HELD
            one.due_at = (user.digest_at or timezone.now()) + LATEST
        yield one
