"""A template launched in each zone: the instance that comes of it, or why there is none.

Sources: EC2 User Guide, "Create an Amazon EC2 launch template" and "Launch template data"; EC2 API
Reference, RequestLaunchTemplateData and RunInstances; Auto Scaling User Guide, "Create a launch
template for an Auto Scaling group". What AWS answers is in its words where those are public.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from labs.grading.machines.faults import Fault
from labs.grading.machines.launch.disks import Disk, mapped
from labs.grading.machines.launch.network import groups_of, interface_of, network_faults
from labs.grading.machines.launch.world import Image, InstanceType, World
from labs.grading.said import say

MOST_FAULTS = 20  # that anybody reads
MOST_DISKS = 60
MOST_USER_DATA = 16 * 1024  # bytes before they are encoded
TAGGED = ("instance", "volume", "network-interface", "spot-instances-request")


@dataclass(frozen=True, slots=True)
class Machine:
    """`imds`: "required" (IMDSv2 only), "optional" or "disabled"; `public`: "yes", "no", or ""
    where the subnet decides; `tags`: kind of resource → key → value."""

    image: Image
    type: InstanceType
    disks: tuple[Disk, ...]
    groups: tuple[str, ...]
    role: str
    key: str
    imds: str
    user_data: str
    public: str
    tags: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Launch:
    """In one zone: a machine, or faults, or neither where nothing is launched there by intent."""

    zone: str
    machine: Machine | None
    faults: tuple[Fault, ...] = ()
    wanted: bool = True


def launch(data: Mapping[str, Any], world: World, zones: tuple[str, ...]) -> list[Launch]:
    """One for each zone of the world, in its order; `zones`: where it is to be launched."""
    image = world.image(data.get("ImageId", ""))
    kind = world.types.get(data.get("InstanceType", ""))
    made = list(islice(mapped(data, image), MOST_DISKS)) if image else []
    found = chain(
        image_faults(data, world, image),
        type_faults(data, world, image, kind),
        (one for one in made if isinstance(one, Fault)),
        network_faults(data, world),
        other_faults(data, world),
    )
    faults = list(islice(found, MOST_FAULTS))
    machine = None
    if not faults and image and kind:
        disks = tuple(one for one in made if isinstance(one, Disk))
        machine = machine_of(data, world, image, kind, disks)
    return [in_zone(zone, zones, world, kind, machine, faults) for zone in world.subnets]


def in_zone(
    zone: str,
    zones: tuple[str, ...],
    world: World,
    kind: InstanceType | None,
    machine: Machine | None,
    faults: list[Fault],
) -> Launch:
    if zone not in zones:
        return Launch(zone, None, wanted=False)
    if kind and zone not in kind.zones:
        others = ", ".join(kind.zones)
        cure = say("Choose a type that {zone} offers.", zone=zone)
        aws = (
            f"Unsupported: Your requested instance type ({kind.name}) is not supported in your "
            f"requested Availability Zone ({zone}). Please retry your request by not specifying "
            f"an Availability Zone or choosing {others}."
        )
        faults = [*faults, Fault("launch.not-in-zone", cure, aws, ("InstanceType",))]
    return Launch(zone, None if faults else machine, tuple(faults))


def machine_of(
    data: Mapping[str, Any],
    world: World,
    image: Image,
    kind: InstanceType,
    disks: tuple[Disk, ...],
) -> Machine:
    public = interface_of(data).get("AssociatePublicIpAddress")
    return Machine(
        image=image,
        type=kind,
        disks=disks,
        groups=groups_of(data, world),
        role=world.profiles.get(profile_name(data), ""),
        key=data.get("KeyName", ""),
        imds=imds_of(data, image),
        user_data=decoded(data.get("UserData", "")) or "",
        public="" if public is None else "yes" if public else "no",
        tags={
            one.get("ResourceType", ""): {
                tag.get("Key", ""): tag.get("Value", "") for tag in one.get("Tags", [])
            }
            for one in data.get("TagSpecifications", [])
        },
    )


def imds_of(data: Mapping[str, Any], image: Image) -> str:
    options = data.get("MetadataOptions", {})
    if options.get("HttpEndpoint") == "disabled":
        return "disabled"
    return str(options.get("HttpTokens", "required" if image.imds == "v2.0" else "optional"))


def profile_name(data: Mapping[str, Any]) -> str:
    """By name, or by ARN: `arn:aws:iam::111122223333:instance-profile/web`."""
    profile = data.get("IamInstanceProfile", {})
    return str(profile.get("Name") or profile.get("Arn", "").rpartition("/")[2])


def decoded(text: str) -> str | None:
    """None where it is not base64 of text. Line breaks are allowed, as `base64` prints them."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return None


def image_faults(data: Mapping[str, Any], world: World, image: Image | None) -> Iterator[Fault]:
    name, path = data.get("ImageId", "")[:80], ("ImageId",)
    if image is None and not name:
        cure = say("Add ImageId.")
        aws = "MissingParameter: The request must contain the parameter ImageId"
        yield Fault("launch.image-not-found", cure, aws)
    elif image is None and not name.startswith(("ami-", "resolve:ssm:")):
        cure = say("Write the ID of an image, it begins with ami-.")
        aws = f'InvalidAMIID.Malformed: Invalid id: "{name}" (expecting "ami-...")'
        yield Fault("launch.image-not-found", cure, aws, path)
    elif image is None:
        cure = say("Choose an image from the lab’s list.")
        aws = f"InvalidAMIID.NotFound: The image id '[{name}]' does not exist"
        yield Fault("launch.image-not-found", cure, aws, path)
    elif image.region != world.region:
        cure = say(
            "Choose an image of {region}: this one is in {other}, and an AMI is there for one "
            "Region only.",
            region=world.region,
            other=image.region,
        )
        aws = f"InvalidAMIID.NotFound: The image id '[{name}]' does not exist"
        yield Fault("launch.image-elsewhere", cure, aws, path)


def type_faults(
    data: Mapping[str, Any], world: World, image: Image | None, kind: InstanceType | None
) -> Iterator[Fault]:
    name, path = data.get("InstanceType", "")[:60], ("InstanceType",)
    if kind is None and not name:
        cure = say("Add InstanceType, one of the lab’s table.")
        yield Fault("launch.type-unknown", cure)
    elif kind is None:
        cure = say("Choose a type from the lab’s table.")
        aws = f"InvalidParameterValue: Invalid value '{name}' for InstanceType."
        yield Fault("launch.type-unknown", cure, aws, path)
    elif image and image.architecture != kind.architecture:
        cure = say(
            "Let image and type be of one architecture: the image is {image}, {type} is {other}.",
            image=image.architecture,
            type=kind.name,
            other=kind.architecture,
        )
        aws = (
            f"InvalidParameterValue: The architecture '{kind.architecture}' of the specified "
            f"instance type does not match the architecture '{image.architecture}' of the "
            "specified AMI. Specify an instance type and an AMI that have matching architectures, "
            "and try again."
        )
        yield Fault("launch.architecture", cure, aws, path)


def other_faults(data: Mapping[str, Any], world: World) -> Iterator[Fault]:
    key, profile = data.get("KeyName", ""), profile_name(data)
    if key and key not in world.keys:
        cure = say("Choose one of the lab’s key pairs.")
        aws = f"InvalidKeyPair.NotFound: The key pair '{key[:60]}' does not exist"
        yield Fault("launch.not-found", cure, aws, ("KeyName",))
    if profile and profile not in world.profiles:
        cure = say("Name the instance profile as the lab does; a role is not one.")
        aws = (
            f"InvalidParameterValue: Value ({profile[:60]}) for parameter iamInstanceProfile.name "
            "is invalid. Invalid IAM Instance Profile name"
        )
        yield Fault("launch.not-found", cure, aws, ("IamInstanceProfile",))
    yield from user_data_faults(data.get("UserData", ""))
    for number, one in enumerate(data.get("TagSpecifications", [])):
        resource = one.get("ResourceType", "")
        if resource not in TAGGED:
            cure = say("A launch tags instance, volume, network-interface or "
                       "spot-instances-request.")  # fmt: skip
            aws = (
                f"InvalidParameterValue: '{resource}' is not a valid taggable resource type for "
                "this operation."
            )
            yield Fault("launch.tag-resource", cure, aws, ("TagSpecifications", number))


def user_data_faults(text: str) -> Iterator[Fault]:
    found = decoded(text)
    if found is None:
        cure = say(
            "Encode the script in base64: a launch template takes nothing else. The CLI does it "
            "for run-instances, not here."
        )
        aws = "InvalidUserData.Malformed: Invalid BASE64 encoding of user data."
        yield Fault("launch.user-data", cure, aws, ("UserData",))
    elif len(found.encode()) > MOST_USER_DATA:
        cure = say("Shorten the script: user data has 16 KB at most.")
        yield Fault("launch.user-data", cure, "InvalidParameterValue", ("UserData",))
