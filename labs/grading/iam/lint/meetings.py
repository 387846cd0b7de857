"""Does an action ever meet one of a statement's ARNs? Asked for every action of a pattern, so that
each ARN template is looked at once for a statement.

Source: Service Authorization Reference, the resource types of each action.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from labs.grading.iam.aws import catalogue
from labs.grading.iam.comparison.arn_atoms import Segments, can_match, read_shape
from labs.grading.iam.comparison.places import Tokens
from labs.grading.iam.lint.work import Work
from labs.grading.wildcards.globs import resolved, split_at_colons, tokens_of

MEETING = 100  # steps that one look at a template and an ARN costs


class Meetings:
    """The ARNs of one statement."""

    def __init__(self, texts: Sequence[str], variables: bool, work: Work) -> None:
        self.arns: Mapping[str, Segments] = {text: segments_of(text, variables) for text in texts}
        self.work = work
        self.known: dict[str, str | None] = {}

    def meets(self, action: catalogue.Action) -> bool:
        return any(self.partner(shape) is not None for shape in action.shapes)

    def partner(self, shape: str) -> str | None:
        """An ARN of this shape. Where nothing is left to look with, any one is taken for it."""
        if shape not in self.known:
            self.known[shape] = self.looked_for(shape)
        return self.known[shape]

    def looked_for(self, shape: str) -> str | None:
        if not self.work.affords(len(self.arns)):
            return next(iter(self.arns), None)
        return next((text for text, arn in self.arns.items() if self.fits(shape, arn)), None)

    def shapes(self, action: catalogue.Action) -> Sequence[str]:
        """The ARN templates that the statement lets the action work on; any where it names none."""
        return [shape for shape in action.shapes if self.partner(shape)] or ("",)

    def fits(self, shape: str, arn: Segments) -> bool:
        if not may_match(shape, arn):
            return False
        return not self.work.affords(MEETING) or can_match(shape, arn)


def may_match(shape: str, arn: Segments) -> bool:
    """Nothing that is written out in both is against it."""
    if shape == catalogue.UNRESTRICTED:
        return True
    found = read_shape(shape)
    beginning = found.resource.partition("$")[0]
    return agree(beginning_of(arn[2]), found.service.partition("$")[0]) and agree(
        beginning_of(arn[5]), beginning
    )


def agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def beginning_of(tokens: Tokens) -> str:
    first = tokens[0] if tokens else ""
    return first if isinstance(first, str) else ""


def segments_of(text: str, variables: bool) -> Segments:
    """The six segments of an ARN pattern, with a name in place of each variable."""
    tokens = resolved(tokens_of(text, variables=variables), lambda key: "name") or ()
    parts = split_at_colons(tokens, 6)
    return tuple(parts + [tokens_of("*", variables=False)] * (6 - len(parts)))
