"""How often one person may ask for work that costs us something.

Counted in the cache, for all processes together; and in each process, so that somebody is held back
also while the cache is away. Losing a count is harmless.
"""

from __future__ import annotations

import functools
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render

from lessons.people import SignedInRequest, User

PLACES_PER_MINUTE = 30  # the page tells at most every 10 s, and as it is left
MARGINS_PER_MINUTE = 60  # the page saves at most every 1.5 s

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[SignedInRequest, Arguments], HttpResponse]


class Counts:
    """Of this process, of one minute."""

    def __init__(self) -> None:
        self.lock, self.minute, self.counts = threading.Lock(), 0, Counter[str]()

    def count(self, key: str, minute: int) -> int:
        with self.lock:
            if minute != self.minute:
                self.minute, self.counts = minute, Counter()
            self.counts[key] += 1
            return self.counts[key]

    def clear(self) -> None:
        self.minute = 0


here = Counts()


def within_limit(user: User, what: str, *, per_minute: int) -> bool:
    return is_within(f"{what}:{user.pk}", per_minute=per_minute)


def is_within(who: str, *, per_minute: int) -> bool:
    """Of somebody who is not signed in, or of all together."""
    minute = int(time.time() // 60)
    key = f"may:{who}:{minute}"
    return here.count(key, minute) <= per_minute and count_together(key) <= per_minute


def count_together(key: str) -> int:
    cache.add(key, 0, 120)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two lines
        return 1


def limited(what: str, *, per_minute: int) -> Callable[[View[Arguments]], View[Arguments]]:
    """A view that one person may open so often: more is answered 429, with a page that says so."""

    def decorate(view: View[Arguments]) -> View[Arguments]:
        @functools.wraps(view)
        def answer(
            request: SignedInRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
        ) -> HttpResponse:
            if within_limit(request.user, what, per_minute=per_minute):
                return view(request, *args, **kwargs)
            if request.htmx:  # the page that asked says it (static/js/portal.js)
                return HttpResponse(status=429)
            return render(request, "429.html", status=429)

        return answer

    return decorate
