"""What a verdict shows of a grade's report, rendered once: grades are append-only, so what is made
of one stays true. Only for readers who were shown to have a right to the submission before."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.utils.safestring import SafeString

MOST = 512  # about 15 kB each
pages: OrderedDict[tuple[object, ...], SafeString] = OrderedDict()
lock = Lock()


def kept(key: tuple[object, ...], render: Callable[[], SafeString]) -> SafeString:
    with lock:
        if key in pages:
            pages.move_to_end(key)
            return pages[key]
    html = render()
    with lock:
        pages[key] = html
        while len(pages) > MOST:
            pages.popitem(last=False)
    return html
