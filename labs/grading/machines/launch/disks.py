"""Block devices of a launch: the image's own disk, and what the template says of it and beside it.

Source: EC2 API Reference, LaunchTemplateEbsBlockDeviceRequest (sizes and IOPS by type); EC2 User
Guide, "Block device mappings for volumes on Amazon EC2 instances" and "Preserve data when an
instance is terminated" (the root volume is deleted by default, others are not).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from labs.grading.machines.faults import Fault
from labs.grading.machines.launch.world import Image
from labs.grading.said import say

SIZES = {
    "gp2": (1, 16_384), "gp3": (1, 65_536), "io1": (4, 16_384), "io2": (4, 65_536),
    "st1": (125, 16_384), "sc1": (125, 16_384), "standard": (1, 1024),
}  # fmt: skip
IOPS = {"gp3": (3000, 80_000), "io1": (100, 64_000), "io2": (100, 256_000)}
GP3_IOPS = 3000  # without a word
NEEDS_IOPS = ("io1", "io2")
THROUGHPUT = (125, 2000)
PLAIN_TYPE = "gp2"  # of a new volume where the mapping names none
CODE = "InvalidParameterValue"


@dataclass(frozen=True, slots=True)
class Disk:
    """`gib`: its size; `deletes`: with its instance."""

    device: str
    gib: int
    volume: str
    iops: int | None
    encrypted: bool
    deletes: bool
    root: bool


def mapped(data: Mapping[str, Any], image: Image) -> Iterator[Disk | Fault]:
    """The root disk first."""
    mappings: list[Mapping[str, Any]] = data.get("BlockDeviceMappings", [])
    names = [one.get("DeviceName", "") for one in mappings]
    if image.device not in names:
        yield Disk(image.device, image.gib, image.volume, iops_of(image.volume, None), False,
                   deletes=True, root=True)  # fmt: skip
    rows = sorted(enumerate(mappings), key=lambda row: names[row[0]] != image.device)
    for number, mapping in rows:
        device, ebs = names[number], mapping.get("Ebs")
        if "NoDevice" in mapping or "VirtualName" in mapping:
            continue
        if names.index(device) < number:
            cure = say("Name each device once: {device} is here twice.", device=device)
            yield Fault("launch.volume-limits", cure, "InvalidBlockDeviceMapping",
                        path_of(number, "DeviceName"))  # fmt: skip
        else:
            yield from volume(image, device, ebs or {}, number)


def path_of(number: int, *rest: str) -> tuple[str | int, ...]:
    return ("BlockDeviceMappings", number, *rest)


def volume(
    image: Image, device: str, ebs: Mapping[str, Any], number: int
) -> Iterator[Disk | Fault]:
    root = device == image.device
    from_snapshot = root or ebs.get("SnapshotId") == image.snapshot
    kind = ebs.get("VolumeType", image.volume if root else PLAIN_TYPE)
    gib = ebs.get("VolumeSize", image.gib if from_snapshot else None)
    faults = list(size_faults(image, gib, kind, number, from_snapshot=from_snapshot))
    faults += [*iops_faults(ebs, kind, number)]
    yield from faults
    if not faults:
        yield Disk(
            device=device,
            gib=gib or 0,
            volume=kind,
            iops=iops_of(kind, ebs.get("Iops")),
            encrypted=ebs.get("Encrypted", False),
            deletes=ebs.get("DeleteOnTermination", root),
            root=root,
        )


def iops_of(kind: str, asked: int | None) -> int | None:
    return GP3_IOPS if kind == "gp3" and asked is None else asked


def size_faults(
    image: Image, gib: int | None, kind: str, number: int, *, from_snapshot: bool
) -> Iterator[Fault]:
    path = path_of(number, "Ebs", "VolumeSize")
    least, most = SIZES[kind]
    if gib is None:
        cure = say("Say how large the disk is: VolumeSize, in GiB.")
        aws = "MissingParameter: The request must contain the parameter size or snapshotId"
        yield Fault("launch.volume-limits", cure, aws, path_of(number))
    elif from_snapshot and gib < image.gib:
        cure = say(
            "Make the disk at least {least} GiB, the size of the image’s snapshot.", least=image.gib
        )
        aws = (
            f"InvalidBlockDeviceMapping: Volume of size {gib}GB is smaller than snapshot "
            f"'{image.snapshot}', expect size >= {image.gib}GB"
        )
        yield Fault("launch.small-volume", cure, aws, path)
    elif not least <= gib <= most:
        cure = say(
            "A {kind} volume has {least} to {most} GiB, not {gib}: VolumeSize counts in GiB.",
            kind=kind, least=least, most=most, gib=gib,
        )  # fmt: skip
        yield Fault("launch.volume-limits", cure, CODE, path)


def iops_faults(ebs: Mapping[str, Any], kind: str, number: int) -> Iterator[Fault]:
    iops, path = ebs.get("Iops"), path_of(number, "Ebs", "Iops")
    if iops is None:
        if kind in NEEDS_IOPS:
            cure = say("Say how many IOPS an {kind} volume has.", kind=kind)
            aws = "MissingParameter: The request must contain the parameter iops"
            yield Fault("launch.volume-iops", cure, aws, path)
    elif kind not in IOPS:
        cure = say("Leave Iops out, or choose gp3, io1 or io2.")
        aws = (
            f"InvalidParameterCombination: The parameter iops is not supported for {kind} volumes."
        )
        yield Fault("launch.volume-iops", cure, aws, path)
    elif not IOPS[kind][0] <= iops <= IOPS[kind][1]:
        least, most = IOPS[kind]
        cure = say("A {kind} volume has {least} to {most} IOPS, not {iops}.",
                   kind=kind, least=least, most=most, iops=iops)  # fmt: skip
        yield Fault("launch.volume-iops", cure, CODE, path)
    throughput = ebs.get("Throughput")
    if throughput is not None and not (
        kind == "gp3" and THROUGHPUT[0] <= throughput <= THROUGHPUT[1]
    ):
        cure = say("Only gp3 has a Throughput, {least} to {most} MiB/s.",
                   least=THROUGHPUT[0], most=THROUGHPUT[1])  # fmt: skip
        yield Fault("launch.volume-iops", cure, CODE, path_of(number, "Ebs", "Throughput"))
