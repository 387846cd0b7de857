"""An authenticator app as RFC 6238 has it, written without the portal's own functions."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

STEP = 30


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many steps of thirty seconds later."""
    counter = int(time.time()) // STEP + steps
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
