"""What was probably meant by a name that there is not."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from labs.grading.said import Said, say

MOST = 60  # names looked at


def meant(name: str, known: Iterable[str]) -> Said | str:
    """“ Did you mean Charge?”, or nothing. The same in small letters comes first."""
    names = list(islice(known, MOST))
    small = next((one for one in names if one.lower() == name.lower()), "")
    near = small or next(iter(get_close_matches(name[:60], names, 1, 0.6)), "")
    return say(" Did you mean {name}?", name=near) if near else ""
