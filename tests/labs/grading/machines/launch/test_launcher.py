"""EC2 API Reference, RequestLaunchTemplateData; EC2 User Guide, "Create an Amazon EC2 launch
template" and "Preserve data when an instance is terminated"."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from labs.grading.machines.launch.launcher import Machine, decoded, launch
from tests.labs.grading.machines.launch.worlds import DATA, world

ZONES = ("a", "b", "c")


def machine(**changes: Any) -> Machine:
    found = launch(DATA | changes, world(), ZONES)[0].machine
    assert found is not None
    return found


def codes(**changes: Any) -> list[str]:
    first = launch(DATA | changes, world(), ZONES)[0]
    return [fault.code.removeprefix("launch.") for fault in first.faults]


def answers(**changes: Any) -> str:
    return launch(DATA | changes, world(), ZONES)[0].faults[0].aws


def disk(device: str = "/dev/xvda", **ebs: Any) -> dict[str, Any]:
    return {"BlockDeviceMappings": [{"DeviceName": device, "Ebs": ebs}]}


def test_a_sound_template_is_launched_in_each_zone() -> None:
    assert [bool(one.machine) for one in launch(DATA, world(), ZONES)] == [True] * 3


def test_nothing_is_launched_where_nothing_is_wanted() -> None:
    found = launch(DATA, world(), ("b",))
    assert [bool(one.machine) for one in found] == [False, True, False]
    assert not any(one.faults for one in found)


def test_the_image_brings_its_disk_which_goes_with_the_instance() -> None:
    (root,) = machine().disks
    assert (root.device, root.gib, root.volume, root.deletes) == ("/dev/xvda", 8, "gp3", True)


def test_a_mapping_of_the_root_device_changes_that_disk() -> None:
    (root,) = machine(**disk(VolumeSize=30)).disks
    assert (root.gib, root.volume, root.iops, root.deletes) == (30, "gp3", 3000, True)


def test_another_device_makes_a_second_disk_which_stays() -> None:
    root, other = machine(**disk("/dev/sda1", VolumeSize=30)).disks
    assert (root.gib, other.gib, other.volume, other.deletes) == (8, 30, "gp2", False)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ImageId": "ami-far"}, "image-elsewhere"),
        ({"ImageId": "ami-none"}, "image-not-found"),
        ({"ImageId": "ubuntu"}, "image-not-found"),
        ({"ImageId": ""}, "image-not-found"),
        ({"ImageId": "resolve:ssm:/aws/none"}, "image-not-found"),
        ({"ImageId": "ami-arm"}, "architecture"),
        ({"InstanceType": "t9.huge"}, "type-unknown"),
        ({"InstanceType": ""}, "type-unknown"),
        ({"KeyName": "mine"}, "not-found"),
        ({"IamInstanceProfile": {"Name": "web-role"}}, "not-found"),
        ({"SecurityGroupIds": ["sg-z"]}, "not-found"),
        ({"SecurityGroupIds": ["web"]}, "group-by-name"),
        ({"SecurityGroups": ["web"]}, "group-by-name"),
        ({"NetworkInterfaces": [{"DeviceIndex": 0}]}, "groups-twice"),
        (disk(VolumeSize=7), "small-volume"),
        (disk(VolumeSize=70_000), "volume-limits"),
        (disk("/dev/sdf"), "volume-limits"),
        (disk("/dev/sdf", VolumeSize=20, VolumeType="st1"), "volume-limits"),
        (disk(Iops=3000, VolumeType="gp2"), "volume-iops"),
        (disk(Iops=100), "volume-iops"),
        (disk(VolumeType="io2"), "volume-iops"),
        (disk(VolumeType="gp2", Throughput=125), "volume-iops"),
        ({"UserData": "#!/bin/bash"}, "user-data"),
        ({"UserData": base64.b64encode(b"x" * 16_385).decode()}, "user-data"),
        ({"TagSpecifications": [{"ResourceType": "image", "Tags": []}]}, "tag-resource"),
    ],
)
def test_what_ec2_refuses(changes: dict[str, Any], code: str) -> None:
    assert codes(**changes) == [code]


def test_the_answers_are_in_ec2s_words() -> None:
    assert answers(ImageId="ami-far").startswith("InvalidAMIID.NotFound: The image id '[ami-far]'")
    assert answers(**disk(VolumeSize=7)) == (
        "InvalidBlockDeviceMapping: Volume of size 7GB is smaller than snapshot 'snap-8', "
        "expect size >= 8GB"
    )


def test_a_type_that_a_zone_does_not_offer_fails_there_only() -> None:
    found = launch(DATA | {"ImageId": "ami-arm", "InstanceType": "t4g.small"}, world(), ZONES)
    assert [bool(one.machine) for one in found] == [True, True, False]
    assert "Unsupported: Your requested instance type (t4g.small)" in found[2].faults[0].aws


def test_an_image_goes_by_a_public_parameter_too() -> None:
    assert machine(ImageId="resolve:ssm:/aws/al2023").image.id == "ami-x86"


def test_groups_stand_in_the_network_interface_or_beside_none() -> None:
    inside = {"NetworkInterfaces": [{"DeviceIndex": 0, "Groups": ["sg-b"]}], "SecurityGroupIds": []}
    assert machine().groups == ("web",)
    assert machine(**inside).groups == ("admin",)
    assert machine(SecurityGroupIds=[]).groups == ("default",)


@pytest.mark.parametrize(
    ("options", "image", "imds"),
    [
        ({}, "ami-x86", "optional"),
        ({"HttpTokens": "required"}, "ami-x86", "required"),
        ({"HttpTokens": "required", "HttpEndpoint": "disabled"}, "ami-x86", "disabled"),
        ({}, "ami-arm", "required"),
    ],
)
def test_tokens_are_required_where_the_template_or_else_the_image_says_so(
    options: dict[str, str], image: str, imds: str
) -> None:
    kind = "t4g.small" if image == "ami-arm" else "t3.small"
    assert machine(MetadataOptions=options, ImageId=image, InstanceType=kind).imds == imds


def test_a_role_comes_by_the_name_or_the_arn_of_its_profile() -> None:
    arn = "arn:aws:iam::111122223333:instance-profile/web"
    assert machine(IamInstanceProfile={"Name": "web"}).role == "web-role"
    assert machine(IamInstanceProfile={"Arn": arn}).role == "web-role"


def test_each_kind_of_resource_has_its_own_tags() -> None:
    tags = [{"ResourceType": "volume", "Tags": [{"Key": "Team", "Value": "web"}]}]
    assert machine(TagSpecifications=tags).tags == {"volume": {"Team": "web"}}


@pytest.mark.parametrize(("text", "found"), [("aGk=", "hi"), ("aG\nk=", "hi"), ("hi!", None)])
def test_user_data_is_base64(text: str, found: str | None) -> None:
    assert decoded(text) == found
