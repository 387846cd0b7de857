"""Where a field is written in the answer, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.machines.launch.launcher import Machine
from labs.grading.said import say

PLACES = {
    "image": "ImageId",
    "type": "InstanceType",
    "vcpus": "InstanceType",
    "memory": "InstanceType",
    "architecture": "InstanceType",
    "price": "InstanceType",
    "zones": "InstanceType",
    "in-zones": "InstanceType",
    "groups": "SecurityGroupIds",
    "role": "IamInstanceProfile",
    "key": "KeyName",
    "imds": "MetadataOptions",
    "user-data": "UserData",
    "public": "NetworkInterfaces",
    "disk": "BlockDeviceMappings",
    "disks": "BlockDeviceMappings",
    "tag": "TagSpecifications",
    "min": "MinSize",
    "max": "MaxSize",
    "desired": "DesiredCapacity",
    "health": "HealthCheckType",
    "grace": "HealthCheckGracePeriod",
    "targets": "TargetGroupARNs",
}
LARGER_TYPE = say("Choose another type: its size says how many vCPUs and how much memory it has.")
CURES: Mapping[str, str] = {
    "image": say("Choose another image in ImageId."),
    "type": LARGER_TYPE,
    "vcpus": LARGER_TYPE,
    "memory": LARGER_TYPE,
    "price": say("Choose a smaller type, or one of another family."),
    "groups": say("Name exactly the groups that are asked for, by ID, in SecurityGroupIds."),
    "role": say("Give the instance its role by IamInstanceProfile."),
    "key": say("Name the key pair in KeyName, or leave it out."),
    "imds": say("Ask for IMDSv2: HttpTokens is “required” in MetadataOptions."),
    "user-data": say("Put the script into UserData, in base64."),
    "user-data:first": say("Begin with #! in the first line: what has none is not run."),
    "public": say("AssociatePublicIpAddress belongs to the network interface."),
    "disk:root:gib": say("Change VolumeSize of the image’s root device; it counts in GiB."),
    "disk:gib": say("Change VolumeSize in BlockDeviceMappings; it counts in GiB."),
    "disk:volume": say("Name the VolumeType in Ebs."),
    "disk:iops": say("Give the volume its Iops."),
    "disk:encrypted": say("Encrypted is true or false in Ebs."),
    "disk:deletes": say("DeleteOnTermination says whether the disk goes with its instance."),
    "disks": say("Each disk is one entry of BlockDeviceMappings; the image brings the root disk."),
    "tag": say("TagSpecifications has an entry for each ResourceType, with its Tags."),
    "min": say("Change MinSize of the group."),
    "max": say("Change MaxSize of the group."),
    "desired": say("Change DesiredCapacity of the group."),
    "health": say("HealthCheckType of the group is “ELB” for the balancer’s word to count."),
    "grace": say("HealthCheckGracePeriod of the group counts in seconds."),
    "targets": say("Name the target group in TargetGroupARNs of the group."),
}


def hangs_on_image(field: str) -> bool:
    """Another image has another root device, which the answer may have right already."""
    return field == "disks" or field.startswith("disk:root:")


def cure_of(field: str, machine: Machine | None) -> str:
    """In words; "" where the message says it."""
    first, *rest = field.split(":")
    if first == "disk":
        return disk_cure(rest, machine)
    return CURES.get(field) or CURES.get(rest[0] if first == "group" else first, "")


def disk_cure(rest: list[str], machine: Machine | None) -> str:
    """The commonest mistake: another device name makes another disk."""
    root = next((one for one in machine.disks if one.root), None) if machine else None
    if rest[0] == "root" and machine and root and len(machine.disks) > 1:
        return say(
            "The image’s root device is {device}: another DeviceName makes a second disk.",
            device=root.device,
        )
    if rest[0] != "root" and machine and all(one.device != rest[0] for one in machine.disks):
        return say("Add an entry to BlockDeviceMappings with DeviceName {device}.", device=rest[0])
    return CURES.get(f"disk:{rest[0]}:{rest[1]}") or CURES.get(f"disk:{rest[1]}", "")
