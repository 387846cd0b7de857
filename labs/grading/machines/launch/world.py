"""The Region that a lab gives: what there is to launch from, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Image:
    """An AMI with its one disk. `device`: the root device; `gib`: of its snapshot; `imds`: "v2.0"
    where the image asks for IMDSv2; `parameter`: the public parameter that resolves to it."""

    id: str
    region: str
    architecture: str
    device: str
    snapshot: str
    gib: int
    volume: str
    imds: str
    parameter: str


@dataclass(frozen=True, slots=True)
class InstanceType:
    """`zones`: names of the zones that offer it. `price`: what an hour costs, in 1/10,000 of a
    dollar, as the lab's sheet says."""

    name: str
    vcpus: int
    gib: int
    architecture: str
    zones: tuple[str, ...]
    price: int


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class World:
    """`subnets`: zone → its subnet, all of one VPC, which is not the default one. `default`: the
    id of the VPC's default security group. `profiles`: instance profile → role."""

    region: str
    vpc: str
    default: str
    subnets: Mapping[str, str]
    images: Mapping[str, Image]
    types: Mapping[str, InstanceType]
    groups: Mapping[str, SecurityGroup]
    keys: tuple[str, ...]
    profiles: Mapping[str, str]
    template: str
    targets: tuple[str, ...]

    def zone_of(self, subnet: str) -> str:
        """ "" where there is no such subnet."""
        return next((zone for zone, one in self.subnets.items() if one == subnet), "")

    def image(self, text: str) -> Image | None:
        """By its id, or by a public parameter: `resolve:ssm:/aws/service/…`."""
        name = text.removeprefix("resolve:ssm:")
        if name != text:
            return next((one for one in self.images.values() if one.parameter == name), None)
        return self.images.get(text)
