"""Which labels a selector takes.

Source: Kubernetes documentation, "Labels and Selectors": all conditions have to hold; `NotIn` and
`DoesNotExist` take objects without the label as well. Deployment: an empty selector takes all, and
one that is not there takes none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Selector:
    """`labels` that must be so, and `expressions`: key, operator, values."""

    labels: Labels
    expressions: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def takes(self, labels: Labels) -> bool:
        plain = all(labels.get(key) == value for key, value in self.labels.items())
        return plain and all(holds(one, labels) for one in self.expressions)


def holds(expression: tuple[str, str, tuple[str, ...]], labels: Labels) -> bool:
    key, operator, values = expression
    if operator == "Exists":
        return key in labels
    if operator == "DoesNotExist":
        return key not in labels
    return (labels.get(key) in values) == (operator == "In")


def selector_of(data: Mapping[str, Any] | None) -> Selector | None:
    """None where there is none."""
    if data is None:
        return None
    rows = data.get("matchExpressions") or ()
    expressions = tuple(
        (one["key"], one["operator"], tuple(one.get("values") or ())) for one in rows
    )
    return Selector(data.get("matchLabels") or {}, expressions)
