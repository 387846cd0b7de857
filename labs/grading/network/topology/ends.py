"""The two ends of a conversation, with the addresses that the packet carries."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.network.rules.permissions import number
from labs.grading.network.rules.rule import IPV4
from labs.grading.network.topology.journey import Probe
from labs.grading.network.topology.network import Host, Network


@dataclass(frozen=True, slots=True)
class End:
    """One end as the packet names it; `host` is None on the internet."""

    name: str
    address: str
    host: Host | None = None
    # The address is the host's public one: group references do not see through it
    translated: bool = False

    @property
    def groups(self) -> tuple[str, ...]:
        return () if self.host is None or self.translated else self.host.groups


def find_ends(network: Network, probe: Probe) -> tuple[End | None, End | None]:
    """Both ends with the addresses that the packet carries; None for one that has no fitting
    address."""
    sender = network.hosts.get(probe.source)
    target = find_target(network, probe, from_outside=sender is None)
    if sender is None:
        return End("internet", probe.source), target
    is_ipv4 = target is None or number(target.address)[0] == IPV4
    address = sender.private if is_ipv4 else sender.ipv6
    return (End(sender.name, address, sender) if address else None), target


def find_target(network: Network, probe: Probe, *, from_outside: bool) -> End | None:
    """A host's name means its private address inside the VPC,
    and its public one from outside or on demand."""
    receiver = network.hosts.get(probe.target)
    if receiver is None:
        return end_of_address(network, probe.target)
    if not from_outside and not probe.public:
        return End(receiver.name, receiver.private, receiver)
    is_ipv6 = from_outside and number(probe.source)[0] != IPV4
    address = receiver.ipv6 if is_ipv6 else receiver.public
    return End(receiver.name, address, receiver, translated=not is_ipv6) if address else None


def end_of_address(network: Network, address: str) -> End:
    owner = network.owner(address)
    if owner is None:
        return End("internet", address)
    return End(owner.name, address, owner, translated=address == owner.public)
