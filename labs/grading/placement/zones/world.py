"""What there is to be placed, as a lab gives it."""

from __future__ import annotations

from dataclasses import dataclass

ALB, NLB = "alb", "nlb"
LEAST_ZONES = {ALB: 2, NLB: 1}  # that must be enabled: ELB User Guide, Availability Zones


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """Instances that do the same. `needs`: so many must work at any time; 0: as you like. `quorum`:
    a cluster that works only with more than half of its members. `behind`: the load balancer that
    sends requests to them. `files`: the file system without which they do nothing. `price`: of
    one."""

    name: str
    needs: int = 1
    quorum: bool = False
    behind: str = ""
    files: str = ""
    price: int = 0
    points: int = 1

    @property
    def is_asked(self) -> bool:
        return self.needs > 0 or self.quorum


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A database: its primary, and a standby that takes over (Amazon RDS User Guide, Multi-AZ DB
    instance deployments). `price`: of each of the two."""

    name: str
    price: int = 0
    points: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSystem:
    """An EFS file system. Its name leads an instance to the mount target of the instance's own
    zone (Amazon EFS User Guide, Mounting with a DNS name). `price`: of a mount target."""

    name: str
    price: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Balancer:
    """A load balancer with a node in each zone that is enabled. `cross_zone`: a node sends
    requests to targets in all enabled zones, otherwise to those of its own zone alone.
    `addresses`: the Elastic IPs, one for each node, that its clients know; none: its name is
    enough. `price`: of a zone."""

    name: str
    kind: str = ALB
    cross_zone: bool = True
    addresses: tuple[str, ...] = ()
    price: int = 0
    points: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """An EBS volume that is there already. It holds data of its own name, and stays in its zone."""

    name: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One that is there already. `old`: what was written since is not in it."""

    name: str
    of: str
    old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """An instance that needs data on a volume of its own. `zone`: it has to stand there. `fresh`:
    an old snapshot is not enough."""

    instance: str
    data: str
    zone: str = ""
    fresh: bool = True
    points: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An Elastic IP that moves from one instance to the next when its holder dies."""

    name: str
    holders: tuple[str, ...]  # the tiers whose instances can do the work
    points: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """`fails`: what is lost at a time, of FAILS. `most`: instances in all tiers together; `budget`:
    what everything may cost together; None: as you like. `zone_price`: of each zone in which
    anything stands. `kept_points`: for data that no lost zone takes away for good."""

    zones: tuple[str, ...]
    tiers: tuple[Tier, ...] = ()
    pairs: tuple[Pair, ...] = ()
    file_systems: tuple[FileSystem, ...] = ()
    balancers: tuple[Balancer, ...] = ()
    volumes: tuple[Volume, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    readers: tuple[Reader, ...] = ()
    addresses: tuple[Address, ...] = ()
    fails: tuple[str, ...] = ("zone",)
    most: int | None = None
    budget: int | None = None
    budget_points: int = 1
    zone_price: int = 0
    kept_points: int = 0
    currency: str = "$"

    def balancer(self, name: str) -> Balancer:
        return next(one for one in self.balancers if one.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Of everything that an answer may place."""
        return (
            *(one.name for one in self.tiers),
            *(one.name for one in self.pairs),
            *(one.name for one in self.file_systems),
            *(one.name for one in self.balancers),
            *(one.name for one in self.volumes),
            *(one.name for one in self.addresses),
            *(one.instance for one in self.readers),
        )
