"""Every sort of change to names taken apart."""

from __future__ import annotations

import pytest

from labs.grading.mutants.names import broken_names
from labs.grading.names.exercise.answers import read_names

ANSWER = "a: {kind: zone, region: eu-west-2}\nb: {kind: neither, region: none}\n"


@pytest.mark.parametrize(
    ("name", "item", "parts"),
    [
        ("without a", "a", {}),
        ("a without kind", "a", {"region": "eu-west-2"}),
        ("a, kind: neither for zone", "a", {"kind": "neither", "region": "eu-west-2"}),
        ("a, kind: eu-west-2 for zone", "a", {"kind": "eu-west-2", "region": "eu-west-2"}),
        ("a, region: none for eu-west-2", "a", {"kind": "zone", "region": ""}),
        ("b, region: eu-west-2 for none", "b", {"kind": "neither", "region": "eu-west-2"}),
    ],
)
def test_one_part_is_changed(name: str, item: str, parts: dict[str, str]) -> None:
    [text] = [mutant.text for mutant in broken_names(ANSWER) if mutant.name == name]
    found = read_names(text)
    assert {part: given.text for part, given in found[item].parts.items()} == parts
    assert set(found) == {"a", "b"}
