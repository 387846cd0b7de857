"""A number, or a percentage of one."""

from __future__ import annotations

import re

PERCENT = re.compile(r"(\d{1,3})%")


def share(value: int | str, of: int, *, up: bool) -> int | None:
    """`25%` of 4 is 1. `up`: how a fraction is rounded. None where it is neither.

    Source: Kubernetes documentation, "Deployments": maxSurge is rounded up, maxUnavailable down;
    "Specifying a Disruption Budget for your Application", "Rounding logic when specifying
    percentages": both are rounded up there.
    """
    if isinstance(value, int):
        return value if value >= 0 else None
    found = PERCENT.fullmatch(value)
    if found is None:
        return None
    whole = int(found[1]) * of
    return -(-whole // 100) if up else whole // 100
