"""What a learner is told to do about something that was asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from labs.grading.grade import grade
from labs.grading.kinds import KINDS
from labs.grading.machines.launch.fields import without_comments
from labs.grading.report import Finding
from tests.labs.grading.machines.launch.worlds import DATA, SPEC

LAUNCH = KINDS["launch-template"]


def finding(check: Mapping[str, Any], **changes: Any) -> Finding:
    table = SPEC | {"checks": [{"name": "Asked", **check}]}
    report = grade(LAUNCH, table=table, files={}, text=written(DATA | changes))
    return report.findings[0]


def written(data: Mapping[str, Any]) -> str:
    return json.dumps(data)


def test_a_disk_that_is_not_there_is_added_and_not_enlarged() -> None:
    found = finding({"field": "disk:/dev/sdf:gib", "least": 20})
    assert found.cure == "Add an entry to BlockDeviceMappings with DeviceName /dev/sdf."


def test_a_disk_of_another_size_is_resized() -> None:
    disk = {"DeviceName": "/dev/sdf", "Ebs": {"VolumeSize": 10}}
    found = finding({"field": "disk:/dev/sdf:gib", "least": 20}, BlockDeviceMappings=[disk])
    assert found.cure.startswith("Change VolumeSize")


def test_a_subnet_of_the_template_is_what_ties_it_to_a_zone() -> None:
    cards = [{"DeviceIndex": 0, "SubnetId": "subnet-a", "Groups": ["sg-a"]}]
    data = {"NetworkInterfaces": cards, "SecurityGroupIds": []}
    found = finding({"field": "zones", "least": 3}, **data)
    assert found.cure.startswith("Leave SubnetId out")
    at = written(DATA | data).index('"subnet-a"') + 1
    assert found.at == (1, at)


def test_it_matters_which_zones_they_are() -> None:
    zones = {"field": "in-zones", "is": "a, b, c"}
    assert finding(zones).passed
    assert not finding(zones | {"is": "a, c"}).passed


def test_a_commented_command_does_nothing() -> None:
    assert without_comments("#!/bin/sh\n  # reboot\ndate") == "#!/bin/sh\ndate"
