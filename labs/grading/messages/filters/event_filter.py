"""A filter: fields with their lists. Every field must match (AND), one entry of its list is enough
(OR), and of `$or` one group is enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from labs.grading.json_document import Path
from labs.grading.messages.filters.matchers import Matcher, Value, any_holds

Event = Mapping[str, tuple[Value, ...]]  # a field's name → its values; left out = absent


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field and its list. `path`: where it stands in the answer."""

    field: str
    matchers: tuple[Matcher, ...]
    path: Path

    def holds(self, values: Sequence[Value]) -> bool:
        return any_holds(self.matchers, values)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """`alternatives`: one is enough, and of it every leaf must hold. Without `$or` there is one."""

    alternatives: tuple[tuple[Leaf, ...], ...]

    def delivers(self, event: Event) -> bool:
        return any(
            all(leaf.holds(event.get(leaf.field, ())) for leaf in leaves)
            for leaves in self.alternatives
        )

    def rejecting(self, event: Event) -> Leaf | None:
        """A leaf that this event does not meet: of the alternative that it comes closest to."""
        failing = [
            [leaf for leaf in leaves if not leaf.holds(event.get(leaf.field, ()))]
            for leaves in self.alternatives
        ]
        closest = min(failing, key=len)
        return closest[0] if closest else None

    def leaves(self) -> Iterator[Leaf]:
        """Each once."""
        yield from dict.fromkeys(leaf for leaves in self.alternatives for leaf in leaves)


EVERYTHING = EventFilter(((),))
