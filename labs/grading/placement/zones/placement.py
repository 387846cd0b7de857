"""Where everything stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Counts = Mapping[str, int]  # zone → instances


@dataclass(frozen=True, slots=True)
class Disk:
    """A volume. `source`: the snapshot that it was made from, "" for one that was there already.
    `attached`: the instance that uses it."""

    zone: str = ""
    source: str = ""
    attached: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """By the names of the world. A zone is "" where none was said."""

    tiers: Mapping[str, Counts] = field(default_factory=dict)
    pairs: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # primary, standby
    mounts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # zones with a mount target
    nodes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # zone → address or ""
    instances: Mapping[str, str] = field(default_factory=dict)  # that read volumes → zone
    disks: Mapping[str, Disk] = field(default_factory=dict)
    snapshots: Mapping[str, str] = field(default_factory=dict)  # made now → of which volume
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of an address, in order

    def counts(self, tier: str) -> Counts:
        return self.tiers.get(tier, {})

    @property
    def instances_of_tiers(self) -> int:
        return sum(sum(counts.values()) for counts in self.tiers.values())

    @property
    def used_zones(self) -> set[str]:
        """Where anything stands that runs."""
        found = {
            zone for counts in self.tiers.values() for zone, number in counts.items() if number
        }
        found.update(zone for pair in self.pairs.values() for zone in pair)
        found.update(zone for zones in self.mounts.values() for zone in zones)
        found.update(zone for nodes in self.nodes.values() for zone in nodes)
        found.update(self.instances.values())
        return found - {""}
