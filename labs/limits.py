"""How often one person may ask for work that costs us something. Counted in the cache:
losing a count is harmless."""

from __future__ import annotations

import time

from django.core.cache import cache

from lessons.people import User

LINTS_PER_MINUTE = 120
READINGS_PER_MINUTE = 40
DRAFTS_PER_MINUTE = 120  # the page saves at most every 1.5 s


def within_limit(user: User, what: str, *, per_minute: int) -> bool:
    key = f"may:{what}:{user.pk}:{int(time.time() // 60)}"
    cache.add(key, 0, 120)
    try:
        return bool(cache.incr(key) <= per_minute)
    except ValueError:  # it ran out between the two lines
        return True
