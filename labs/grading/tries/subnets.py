"""What is left of a VPC? A plan (`plan`) in lines: `vpc 10.0.0.0/24`, `subnet web 10.0.0.0/26`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.errors import AnswerError, SpecError
from labs.grading.listing import listed_with_and
from labs.grading.network.addresses.plan import (
    Plan,
    PlannedSubnet,
    has_host_bits,
    has_legal_size,
    read_plan,
)
from labs.grading.network.rules.rule import IPV4, blocks
from labs.grading.said import joined, say
from labs.grading.tries.addresses import ILLEGAL_SIZE, span
from labs.grading.tries.kind import (
    Field,
    FieldError,
    Mark,
    Row,
    Rows,
    Texts,
    Tone,
    TryAnswer,
    field_error,
)

PLAN = Field("plan", say("VPC and subnets"), lines=7)
MOST_SUBNETS = 30
SHOWN_BLOCKS = 8


def fields(names: frozenset[str]) -> tuple[Field, ...]:
    if names != {"plan"}:
        raise SpecError("needs plan, and nothing else")
    return (PLAN,)


def answer(texts: Texts) -> TryAnswer:
    try:
        plan = read_plan(texts["plan"]).plan
    except AnswerError as error:
        raise field_error("plan", error) from None
    subnets = tuple(plan.subnets.values())
    if len(subnets) > MOST_SUBNETS:
        raise FieldError("plan", say("More than {most} subnets.", most=MOST_SUBNETS))
    rows = tuple(rows_of(plan, subnets))
    wrong = [row for row in rows if row.mark is Mark.PASSES_BY]
    tables = (Rows(say("Subnet by subnet"), rows),)
    if wrong:
        names = listed_with_and([row.name for row in wrong])
        return TryAnswer(
            Tone.NO, say("AWS refuses this plan: look at {subnets}.", subnets=names), tables
        )
    return TryAnswer(Tone.INFO, left_words(plan), tables)


def left_words(plan: Plan) -> str:
    left = gaps(plan)
    if not left:
        return say("Nothing of {vpc} is left.", vpc=plan.vpc.name)
    shown = listed_with_and(left[:SHOWN_BLOCKS])
    parts = {"vpc": plan.vpc.name, "count": plan.free(), "blocks": shown}
    if len(left) > SHOWN_BLOCKS:
        return say("{count} addresses of {vpc} are left: {blocks} and smaller parts.", **parts)
    return say("{count} addresses of {vpc} are left: {blocks}.", **parts)


def gaps(plan: Plan) -> list[str]:
    """The fewest blocks that are what no subnet takes."""
    found: list[str] = []
    at = plan.vpc.first
    for subnet in sorted(plan.subnets.values(), key=lambda one: one.block.first):
        found += [block.name for block in blocks(IPV4, at, subnet.block.first - 1)]
        at = max(at, subnet.block.last + 1)
    return found + [block.name for block in blocks(IPV4, at, plan.vpc.last)]


def rows_of(plan: Plan, subnets: Sequence[PlannedSubnet]) -> Iterator[Row]:
    for subnet in subnets:
        problem = problem_of(plan, subnet, subnets)
        name = f"{subnet.name} {subnet.block.name}"
        if problem:
            yield Row(name, Mark.PASSES_BY, problem)
        else:
            yield Row(name, Mark.MATCHES, room_of(subnet))


def room_of(subnet: PlannedSubnet) -> str:
    """AWS clears the bits behind the prefix, and says nothing."""
    where = span(subnet.block.first, subnet.block.last)
    words = say("{where}: {count} for machines.", where=where, count=subnet.usable)
    if not has_host_bits(subnet):
        return words
    began = say("AWS makes {block} of {written}.", block=subnet.block.name, written=subnet.written)
    return joined([began, words])


def problem_of(plan: Plan, subnet: PlannedSubnet, subnets: Sequence[PlannedSubnet]) -> str:
    if not plan.holds(subnet):
        return say("It does not lie in {vpc}.", vpc=plan.vpc.name)
    if not has_legal_size(subnet.block):
        return ILLEGAL_SIZE
    for other in subnets:
        if other is not subnet and meets(other, subnet):
            return say("It overlaps {other}.", other=other.name)
    return ""


def meets(one: PlannedSubnet, other: PlannedSubnet) -> bool:
    return one.block.first <= other.block.last and other.block.first <= one.block.last
