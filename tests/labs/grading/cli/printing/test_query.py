"""AWS CLI User Guide, *Filtering output*: its examples, and queries that mean no good."""

from __future__ import annotations

from random import Random

import pytest

from labs.grading.cli.errors import CliError
from labs.grading.cli.printing.query import MAX_QUERY, Budget, query

VOLUMES = {
    "Volumes": [
        {"VolumeId": "vol-e11a5288", "AvailabilityZone": "us-west-2a", "Size": 30,
         "State": "in-use", "Attachments": [{"InstanceId": "i-a071c394", "State": "attached"}]},
        {"VolumeId": "vol-2e410a47", "AvailabilityZone": "us-west-2a", "Size": 8,
         "State": "available", "Attachments": []},
        {"VolumeId": "vol-a1b3c7nd", "AvailabilityZone": "us-west-2b", "Size": 100,
         "State": "in-use", "Attachments": [{"InstanceId": "i-1234567890", "State": "attached"}]},
    ]
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Volumes[0].VolumeId", "vol-e11a5288"),
        ("Volumes[*].Attachments[].State", ["attached", "attached"]),
        ("Volumes[?State=='available'].VolumeId", ["vol-2e410a47"]),
        ("Volumes[?Size > `20`].[VolumeId, Size]", [["vol-e11a5288", 30], ["vol-a1b3c7nd", 100]]),
        ("Volumes[].{ID: VolumeId}[0]", {"ID": "vol-e11a5288"}),
        ("length(Volumes[?contains(AvailabilityZone, 'us-west-2a')])", 2),
        ("sort_by(Volumes, &Size)[0].Size", 8),
        ("volumes", None),
    ],
)
def test_documented_queries_choose_what_the_guide_shows(text: str, expected: object) -> None:
    assert query(VOLUMES, text, Budget()) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Volumes[",
        "",
        "length(Size)",
        "no_such_function(@)",
        "[" * 60,
        "!" * 200,
        "&" * 200,
        "a" * (MAX_QUERY + 1),
        "Volumes[::0]",
        "`1e999` | ceil(@)",
        "to_number('9') | sort(@)",
        "[@,@]" + "|[@,@]" * 40,
        "[@,@]" + "|[]|[@,@]" * 30,
    ],
)
def test_what_cannot_be_read_or_grows_without_end_is_refused(text: str) -> None:
    with pytest.raises(CliError) as caught:
        query(VOLUMES, text, Budget())
    assert caught.value.status == 252
    assert len(caught.value.words) < 300


def test_what_is_left_is_for_all_queries_of_a_script_together() -> None:
    budget = Budget(1000)
    query(VOLUMES, "Volumes[].VolumeId", budget)
    budget.left //= 50
    with pytest.raises(CliError):
        query(VOLUMES, "Volumes[].VolumeId", budget)


def test_queries_of_chance_end_in_a_value_or_a_refusal() -> None:
    chance = Random(11)
    parts = [
        *("Volumes", "[]", "[*]", ".", "Size", "[?", "]", "@", "|", "&", "(", ")", "length", "{"),
        *("}", "a:", ",", "`1`", "'x'", "==", "<", "!", "||", "[0]", "[-1]", "sort_by", "*"),
    ]
    refused = 0
    for _ in range(800):
        text = "".join(chance.choice(parts) for _ in range(chance.randint(1, 14)))
        try:
            query(VOLUMES, text, Budget())
        except CliError:
            refused += 1
    assert 0 < refused < 800
