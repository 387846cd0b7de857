"""What keyboards and telephones make of what somebody types: `—` of two hyphens, a minus of its
own, letters as wide as Chinese ones, signs that nobody sees."""

from __future__ import annotations

import unicodedata

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
DASHES = dict.fromkeys(map(ord, "‐‑‒–−"), "-") | {ord("—"): "--"}


def plain_signs(text: str) -> str:
    plain = text.translate(WIDE).translate(DASHES)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
