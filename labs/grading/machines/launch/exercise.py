"""What a lab asks of a launch template. How the spec is written:
`labs/grading/kinds/launch_template.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import SpecError
from labs.grading.machines.asks import Ask, read_asks
from labs.grading.machines.launch.fields import exists
from labs.grading.machines.launch.world import Image, InstanceType, SecurityGroup, World
from labs.grading.toml_table import Table

ARCHITECTURES = ("x86_64", "arm64")
MOST_GIB = 65_536


@dataclass(frozen=True, slots=True)
class LaunchExercise:
    """`with_group`: the answer has an Auto Scaling group, too."""

    world: World
    asks: tuple[Ask, ...]
    with_group: bool

    @property
    def points(self) -> int:
        return sum(ask.points for ask in self.asks)


def read_launch_exercise(table: Mapping[str, object]) -> LaunchExercise:
    spec = Table(table)
    with_group = spec.flag("group")
    subnets = {str(zone): str(one) for zone, one in spec.mapping("subnets").items()}
    if len(subnets) < 2:
        raise SpecError("lab.toml: spec.subnets: names a subnet for each of two zones or more")
    exercise = LaunchExercise(read_world(spec, subnets), read_asks(spec, judge), with_group)
    spec.finish()
    return exercise


def read_world(spec: Table, subnets: Mapping[str, str]) -> World:
    region = spec.text("region")
    world = World(
        region=region,
        vpc=spec.text("vpc"),
        default=spec.text("default_group", "sg-default"),
        subnets=subnets,
        images={one.id: one for one in (read_image(t, region) for t in spec.tables("images"))},
        types={one.name: one for one in (read_type(t, subnets) for t in spec.tables("types"))},
        groups={one.id: one for one in (read_group(t) for t in spec.tables("groups"))},
        keys=spec.texts("keys"),
        profiles={str(key): str(role) for key, role in spec.mapping("profiles").items()},
        template=spec.text("template", ""),
        targets=spec.texts("targets"),
    )
    if not world.images or not world.types:
        raise SpecError("lab.toml: spec: needs images and types to launch from")
    return world


def judge(table: Table, field: str) -> None:
    if not exists(field):
        raise table.error("field", f"“{field}” is nothing that is observed")


def read_image(table: Table, region: str) -> Image:
    return Image(
        id=table.text("id"),
        region=table.text("region", region),
        architecture=table.text("architecture", "x86_64", choices=ARCHITECTURES),
        device=table.text("device", "/dev/xvda"),
        snapshot=table.text("snapshot", "snap-0"),
        gib=table.number("gib", 8, least=1, most=MOST_GIB),
        volume=table.text("volume", "gp3"),
        imds=table.text("imds", "", choices=("", "v2.0")),
        parameter=table.text("parameter", ""),
    )


def read_type(table: Table, subnets: Mapping[str, str]) -> InstanceType:
    zones = table.texts("zones", tuple(subnets))
    if not set(zones) <= set(subnets):
        raise table.error("zones", "names a zone without a subnet")
    return InstanceType(
        name=table.text("name"),
        vcpus=table.number("vcpus", least=1),
        gib=table.number("gib", least=1),
        architecture=table.text("architecture", "x86_64", choices=ARCHITECTURES),
        zones=tuple(zones),
        price=table.number("price", 0),
    )


def read_group(table: Table) -> SecurityGroup:
    return SecurityGroup(table.text("id"), table.text("name"))
