"""What EventBridge and Amazon SNS write differently."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """`nested`: fields lie in objects. `most_keys` of a filter, and `most_combinations` of the
    alternatives that `$or` makes. `largest`: numbers from its negative to it."""

    name: str
    nested: bool
    most_keys: int
    most_combinations: int
    largest: float


# User guide, "Comparison operators for use in event patterns": numeric values between -5.0e9 and
# +5.0e9; "Creating event patterns": up to 1,000 combinations by $or. The engine looks at fewer.
EVENTBRIDGE = Dialect("eventbridge", True, 60, 100, 5.0e9)
# Developer guide, "Filter policy constraints": at most 5 keys and 150 combinations; numbers from
# -10^9 to 10^9.
SNS_ATTRIBUTES = Dialect("MessageAttributes", False, 5, 100, 1.0e9)
SNS_BODY = Dialect("MessageBody", True, 5, 100, 1.0e9)
DIALECTS = {one.name: one for one in (EVENTBRIDGE, SNS_ATTRIBUTES, SNS_BODY)}
