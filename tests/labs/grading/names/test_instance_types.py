"""Examples of the page “Amazon EC2 instance type naming conventions”, and names that EC2 has."""

from __future__ import annotations

import pytest

from labs.grading.names.instance_types import attributes, read_instance_type


@pytest.mark.parametrize(
    ("name", "family", "generation", "letters", "size", "purpose"),
    [
        ("c7gn.4xlarge", "c", "7", "g n", "4xlarge", "compute"),  # the page's own picture
        ("m5.2xlarge", "m", "5", "", "2xlarge", "general"),
        ("c7g.large", "c", "7", "g", "large", "compute"),
        ("g5.xlarge", "g", "5", "", "xlarge", "accelerated"),
        ("i4i.large", "i", "4", "i", "large", "storage"),
        ("im4gn.large", "im", "4", "g n", "large", "storage"),
        ("is4gen.medium", "is", "4", "e g n", "medium", "storage"),
        ("x2iedn.metal", "x", "2", "d e i n", "metal", "memory"),
        ("m7i-flex.large", "m", "7", "flex i", "large", "general"),
        ("u7i-12tb.224xlarge", "u", "7", "12tb i", "224xlarge", "memory"),
        ("mac2-m2pro.metal", "mac", "2", "m2pro", "metal", "general"),
        ("c6a.metal", "c", "6", "a", "metal", "compute"),
        ("m7a.metal-48xl", "m", "7", "a", "metal-48xl", "general"),
        ("hpc7g.16xlarge", "hpc", "7", "g", "16xlarge", "hpc"),
        ("t3.nano", "t", "3", "", "nano", "general"),
        ("trn1n.32xlarge", "trn", "1", "n", "32xlarge", "accelerated"),
        ("d3en.12xlarge", "d", "3", "e n", "12xlarge", "storage"),
    ],
)
def test_a_name_is_taken_apart(
    name: str, family: str, generation: str, letters: str, size: str, purpose: str
) -> None:
    assert read_instance_type(name) == {
        "family": family,
        "generation": generation,
        "attributes": letters,
        "size": size,
        "purpose": purpose,
    }


@pytest.mark.parametrize(
    "name", ["m5", "m5.", "m.large", "5m.large", "m5.huge", "q5.large", "M5.large", "m5k.large", ""]
)
def test_what_is_no_instance_type_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name of an instance type"):
        read_instance_type(name)


@pytest.mark.parametrize("text", ["gn", "ng", "n, g", "G + N", " g n "])
def test_attributes_are_the_same_in_any_order(text: str) -> None:
    assert attributes(text) == "g n"
