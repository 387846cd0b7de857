"""The id of the web request that something is done for: in its log lines, on the row of what was
handed in, and in the lines of the worker that checks it."""

from __future__ import annotations

import contextlib
import re
import uuid
from collections.abc import Iterator
from contextvars import ContextVar

HEADER = "X-Request-ID"
SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")  # fits the row's column, breaks no line

current: ContextVar[str] = ContextVar("request_id", default="")


def new_id() -> str:
    return uuid.uuid4().hex


def sane(given: str) -> str:
    """`given`, where it looks like an id; else empty."""
    return given if SANE.fullmatch(given) else ""


@contextlib.contextmanager
def on_behalf_of(request_id: str) -> Iterator[None]:
    """Everything that is logged inside is done for this request; an empty id changes nothing."""
    token = current.set(request_id or current.get())
    try:
        yield
    finally:
        current.reset(token)
