"""`c7gn.2xlarge` taken apart: EC2's names of instance types.

Source: Amazon EC2 Instance Types, “Amazon EC2 instance type naming conventions”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# Family, generation, letters, and what may follow them behind a hyphen: `m7i-flex`, `u7i-12tb`,
# `mac2-m2pro`, `p6-b200`
NAME = re.compile(
    r"(?P<family>[a-z]+)(?P<generation>\d+)(?P<letters>[a-z]*)(?:-(?P<more>[a-z0-9]+))?"
    r"\.(?P<size>nano|micro|small|medium|large|(?:\d{1,3})?xlarge|metal(?:-\d{1,3}xl)?)"
)
GENERAL, COMPUTE, MEMORY = "general", "compute", "memory"
STORAGE, ACCELERATED, HPC = "storage", "accelerated", "hpc"
# The series of the table “Instance families”, by what they are made for
PURPOSES: Mapping[str, str] = {
    **dict.fromkeys(("m", "t", "mac"), GENERAL),
    "c": COMPUTE,
    **dict.fromkeys(("r", "x", "z", "u"), MEMORY),
    **dict.fromkeys(("d", "h", "i", "im", "is"), STORAGE),
    **dict.fromkeys(("dl", "f", "g", "inf", "p", "trn", "vt"), ACCELERATED),
    "hpc": HPC,
}
ATTRIBUTES = "abdeginqz"  # processor and additional capabilities, one letter each


def read_instance_type(name: str) -> dict[str, str]:
    """family, generation, attributes, size, purpose. Attributes are sorted and separated by a
    blank; "" where the name has none. ValueError: no name of an instance type."""
    found = NAME.fullmatch(name)
    # `im4gn` and `is4gen` have the letter of their storage in the family, before the number
    if found is None or found["family"] not in PURPOSES or set(found["letters"]) - set(ATTRIBUTES):
        raise ValueError(f"{name!r} is no name of an instance type")
    return {
        "family": found["family"],
        "generation": str(int(found["generation"])),
        "attributes": attributes(found["letters"] + (f" {found['more']}" if found["more"] else "")),
        "size": found["size"],
        "purpose": PURPOSES[found["family"]],
    }


def attributes(text: str) -> str:
    """`gn`, `n, g` and `g n` are the same; a word such as `flex` stays whole."""
    words = re.split(r"[\s,;+/-]+", text.strip().lower())
    single = [
        letter for word in words for letter in (word if set(word) <= set(ATTRIBUTES) else [word])
    ]
    return " ".join(sorted(set(filter(None, single))))
