"""Is a list of patterns covered by another one?"""

from __future__ import annotations

from collections.abc import Sequence

from labs.grading.iam.language.arns import arn_parts
from labs.grading.wildcards.globs import glob

MOST_COVERS, MOST_COVERED = 30, 60


def all_covered(
    wide: Sequence[str] | None, narrow: Sequence[str] | None, *, lower: bool = False
) -> bool:
    """A pattern covers another one when it matches the other's text, wildcards included."""
    if wide is None or narrow is None:
        return wide is None
    if len(wide) > MOST_COVERS or len(narrow) > MOST_COVERED:
        return False
    covers = [text.lower() if lower else text for text in wide]
    return bool(narrow) and all(
        any(is_covered(cover, text.lower() if lower else text) for cover in covers)
        for text in narrow
    )


def is_covered(wide: str, narrow: str) -> bool:
    """In an ARN a wildcard stays within its part ("IAM JSON policy elements: Resource")."""
    if wide == narrow:
        return True
    if "?" in wide and "*" in narrow:
        return False  # one character is not any run of them
    parts, others = arn_parts(wide), arn_parts(narrow)
    if wide == "*" or len(parts) == 1:
        return "${" not in wide and glob(wide).matches(narrow)
    if len(parts) != len(others):
        return False
    return all(
        one == other or ("${" not in one and glob(one).matches(other))
        for one, other in zip(parts, others, strict=True)
    )
