"""An ARN as a reader writes it."""

from __future__ import annotations

from labs.grading.iam.language.arns import SEGMENTS, Parts, arn_parts
from labs.grading.said import say
from labs.grading.tries.kind import FieldError


def read_arn(field: str, text: str) -> Parts:
    parts = arn_parts(text)
    if len(parts) != SEGMENTS or parts[0] != "arn":
        message = say(
            "A resource is an ARN: six parts with five colons between them, like {example}.",
            example="arn:aws:s3:::reports/may.csv",
        )
        raise FieldError(field, message)
    return parts
