"""While an upgrade is under way two versions answer: a page of the one may ask the other for its
stylesheet, under a name that holds the hash of its content. It gets the other's file of that name
rather than none, and under an address of its own, so that nobody keeps the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

GetResponse = Callable[[HttpRequest], HttpResponseBase]
HASH = re.compile(r"\.[0-9a-f]{12}(?=(\.[a-z0-9]+)+$)")


def middleware(get_response: GetResponse) -> GetResponse:
    """Below WhiteNoise, which answers what is there."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.STATIC_URL) and HASH.search(request.path):
            with suppress(ValueError):  # no such file in this version either
                name = HASH.sub("", request.path.removeprefix(settings.STATIC_URL))
                ours = staticfiles_storage.url(name)
                if ours != request.path:
                    return HttpResponseRedirect(ours)
        return get_response(request)

    return answer
