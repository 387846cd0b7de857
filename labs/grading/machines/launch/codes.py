"""What each finding code means."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.machines.asks import code_of
from labs.grading.said import say

REQUEST = "what-a-launch-says"
IMAGES = "ami-overview"
GROUP = "auto-scaling-group-attributes"

FAULT_CODES = {
    "launch.image-not-found": Code(
        say("No such image"), say("ImageId is the ID of an AMI of this Region."), IMAGES
    ),
    "launch.image-elsewhere": Code(
        say("An image of another Region"),
        say("An AMI is there for one Region; a copy elsewhere has an ID of its own."),
        IMAGES,
    ),
    "launch.architecture": Code(
        say("Image and type do not fit"),
        say("An image for arm64 runs on Graviton types only, one for x86_64 on the others."),
        REQUEST,
    ),
    "launch.type-unknown": Code(
        say("No such instance type"), say("A type is family, generation, a dot, size."), REQUEST
    ),
    "launch.not-in-zone": Code(
        say("A type that a zone does not offer"),
        say("Not every zone has every type. What is launched in several zones needs one that all "
            "of them have."),
        REQUEST,
    ),
    "launch.not-found": Code(
        say("A name that means nothing here"),
        say("Keys, groups, subnets and profiles must be there before the launch."),
        REQUEST,
    ),
    "launch.group-by-name": Code(
        say("A security group by its name"),
        say("Outside the default VPC a group goes by its ID only."),
        REQUEST,
    ),
    "launch.groups-twice": Code(
        say("Groups beside a network interface"),
        say("With NetworkInterfaces the groups belong into it, as Groups."),
        REQUEST,
    ),
    "launch.small-volume": Code(
        say("A disk smaller than its snapshot"),
        say("A disk begins as a copy of the image’s snapshot, so it cannot be smaller."),
        IMAGES,
    ),
    "launch.volume-limits": Code(
        say("A disk that cannot be"), say("VolumeSize is in GiB, with limits by type."), REQUEST
    ),
    "launch.volume-iops": Code(
        say("IOPS that the volume cannot have"),
        say("gp3, io1 and io2 take Iops, within their limits; the others take none."),
        REQUEST,
    ),
    "launch.user-data": Code(
        say("User data that is not base64"),
        say("The CLI encodes the script for run-instances; in a template it must be encoded "
            "already."),
        "ec2-user-data",
    ),
    "launch.tag-resource": Code(
        say("A tag for something that is not launched"),
        say("A launch makes instances, volumes and network interfaces, and tags them only."),
        REQUEST,
    ),
    "launch.belongs-to-the-group": Code(
        say("It belongs to the group"),
        say("Sizes, subnets, target groups and health checks are attributes of the group."),
        GROUP,
    ),
    "launch.belongs-to-the-template": Code(
        say("It belongs to the template"),
        say("Image, type, disks, security groups, role and script say what an instance is."),
        GROUP,
    ),
    "launch.group-missing": Code(
        say("No group, or none with a name"), say("This lab asks for both documents."), GROUP
    ),
    "launch.group-template": Code(
        say("A group without its template"), say("The group launches by the template."), GROUP
    ),
    "launch.group-zones": Code(
        say("A group without subnets"),
        say("VPCZoneIdentifier is a text: subnet IDs with commas between them."),
        GROUP,
    ),
    "launch.nothing": Code(
        say("Nothing was launched"), say("Mend what AWS objects to first."), REQUEST
    ),
}  # fmt: skip
CHECK_CODES = {
    "launch.image": Code(
        say("Another image than asked for"), say("ImageId decides what is on the disk."), IMAGES
    ),
    "launch.size": Code(
        say("Another size than asked for"),
        say("The type decides vCPUs, memory, architecture and price."),
        REQUEST,
    ),
    "launch.zones": Code(
        say("Not in every zone"), say("It must be launched wherever the lab asks for it."), REQUEST
    ),
    "launch.disk": Code(
        say("Another disk than asked for"),
        say("The image brings its root disk; BlockDeviceMappings changes it by its device name, "
            "and adds others."),
        REQUEST,
    ),
    "launch.disk-stays": Code(
        say("A disk stays, or goes, against the wish"),
        say("The root disk is deleted with its instance unless you say otherwise; others stay."),
        REQUEST,
    ),
    "launch.groups": Code(
        say("Other security groups than asked for"),
        say("Without a word the instance gets the VPC’s default group."),
        REQUEST,
    ),
    "launch.role": Code(
        say("Another role than asked for"), say("A role comes by an instance profile."), REQUEST
    ),
    "launch.access": Code(
        say("Other ways in than asked for"), say("Key pair and public address."), REQUEST
    ),
    "launch.imds": Code(
        say("Metadata without a token"),
        say("With HttpTokens “required” the metadata service answers IMDSv2 only."),
        REQUEST,
    ),
    "launch.script": Code(
        say("Another script than asked for"), say("User data runs at the first start."),
        "ec2-user-data",
    ),
    "launch.tags": Code(
        say("Tags missing"), say("Each kind of resource is tagged by an entry of its own."), REQUEST
    ),
    "launch.group-sizes": Code(
        say("Other sizes than asked for"),
        say("MinSize, DesiredCapacity and MaxSize belong to the group."),
        GROUP,
    ),
    "launch.group-health": Code(
        say("The balancer’s word does not count"),
        say("By default a group sees only the state of the instance."),
        GROUP,
    ),
    "launch.group-targets": Code(
        say("Not behind the balancer"), say("The group registers what it launches."), GROUP
    ),
}  # fmt: skip
CODES = FAULT_CODES | CHECK_CODES
OF_FIELD = {
    "image": "launch.image",
    "type": "launch.size",
    "vcpus": "launch.size",
    "memory": "launch.size",
    "architecture": "launch.size",
    "price": "launch.size",
    "zones": "launch.zones",
    "in-zones": "launch.zones",
    "disk": "launch.disk",
    "disks": "launch.disk",
    "groups": "launch.groups",
    "role": "launch.role",
    "key": "launch.access",
    "public": "launch.access",
    "imds": "launch.imds",
    "user-data": "launch.script",
    "tag": "launch.tags",
    "group:min": "launch.group-sizes",
    "group:max": "launch.group-sizes",
    "group:desired": "launch.group-sizes",
    "group:health": "launch.group-health",
    "group:grace": "launch.group-health",
    "group:targets": "launch.group-targets",
}


def code_of_field(field: str) -> str:
    """Whether a disk stays is a matter of its own, whichever disk it is."""
    return "launch.disk-stays" if field.endswith(":deletes") else code_of(field, OF_FIELD)
