"""Arithmetic of blocks: how many machines, the last address, what lies in it, the next one free."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from labs.grading.network.addresses.plan import (
    RESERVED,
    Plan,
    PlannedSubnet,
    read_plan,
    size,
    smallest_prefix_for,
)
from labs.grading.network.rules.permissions import read_cidr
from labs.grading.network.rules.rule import IPV4, Source, cidr
from labs.grading.quiz.generators.kind import Drawing, fenced, first_fair, option
from labs.grading.said import say
from labs.grading.tries.addresses import dotted, span

NAME = "count-the-addresses"
TITLE = say("Count the addresses")
SECTION = "cidr-blocks"
CODES = (
    "net.subnet-size",
    "net.too-few-addresses",
    "net.overlap",
    "net.host-bits",
    "net.no-space-left",
    "sg.host-bits",
    "nacl.host-bits",
)

PREFIXES = {1: (24, 26, 27, 28), 2: tuple(range(21, 29)), 3: tuple(range(17, 29))}
NETWORKS = ("10.0.0.0", "10.20.0.0", "172.16.0.0", "172.31.0.0", "192.168.0.0")
VPC_PREFIXES = {1: 16, 2: 20, 3: 22}
MOST_SUBNETS = {1: 2, 2: 3, 3: 4}


def draw(chance: Random, level: int) -> Drawing:
    return chance.choice(TASKS[level])(chance, level)


def drawn_block(chance: Random, level: int) -> Source:
    """At level 1 within the first 256 addresses of a network, later anywhere in it."""
    prefix = chance.choice(PREFIXES[level])
    network = read_cidr(IPV4, f"{chance.choice(NETWORKS)}/16")
    step = 2 ** (32 - prefix)
    last = 256 if level == 1 else size(network)
    return cidr(IPV4, network.first + chance.randrange(0, last, step), prefix)


def prefix_of(block: Source) -> int:
    return int(block.name.rpartition("/")[2])


def machines(chance: Random, level: int) -> Drawing:
    block = drawn_block(chance, level)
    plan = read_plan(f"vpc {block.name}\nsubnet web {block.name} eu-west-2a").plan
    free, total = 32 - prefix_of(block), size(block)
    return {
        "kind": "number",
        "text": f"How many machines find an address in the subnet `{block.name}`?",
        "answer": plan.subnets["web"].usable,
        "unit": "machines",
        "reason": f"{free} bits are free: {total} addresses, and AWS keeps {RESERVED} of them.",
        "otherwise": "The free bits are 32 less the prefix: two to their power; AWS keeps five.",
        "mistakes": [
            wrong(total, "That is all addresses of the block; AWS keeps five of each subnet."),
            wrong(total - 2, "Two are kept in a network of your own; AWS keeps five."),
            wrong(total * 2 - RESERVED, "That is one free bit too many."),
            wrong(total // 2 - RESERVED, "That is one free bit too few."),
        ],
    }


def wrong(answer: int, reason: str) -> Drawing:
    return {"answer": answer, "reason": reason}


def smallest(chance: Random, level: int) -> Drawing:
    low, high = {1: (20, 250), 2: (12, 1000), 3: (12, 4000)}[level]
    count = chance.randint(low, high)
    prefix = smallest_prefix_for(count)
    room = 2 ** (32 - prefix)
    return {
        "kind": "number",
        "text": f"A subnet is to hold {count} machines and be as small as possible. Which prefix "
        "does it get? Type the number behind the slash.",
        "answer": prefix,
        "reason": f"A `/{prefix}` has {room} addresses and leaves {room - RESERVED}; a "
        f"`/{prefix + 1}` leaves {room // 2 - RESERVED}.",
        "otherwise": "Add the five that AWS keeps, then look for the next power of two.",
        "mistakes": [
            wrong(prefix + 1, f"A `/{prefix + 1}` leaves {room // 2 - RESERVED}: too few."),
            wrong(prefix - 1, "That is twice as large as it has to be."),
            wrong(32 - prefix, "That is how many bits are free; the prefix is the other part."),
        ],
    }


def last_address(chance: Random, level: int) -> Drawing:
    block = drawn_block(chance, level)
    first, last, total = dotted(block.first), dotted(block.last), size(block)
    return {
        "kind": "text",
        "text": f"Which is the last address of the block `{block.name}`? Write it with its dots.",
        "accept": [last, f"{last}/32"],
        "reason": f"{total} addresses from `{first}` on: the last one is `{last}`.",
        "otherwise": f"The block has {total} addresses, and `{first}` is the first of them.",
        "mistakes": [
            name(
                dotted(block.last + 1),
                "That is the first address behind it: the first counts, too.",
            ),
            name(dotted(block.last - 1), "One more belongs to the block; AWS only keeps it."),
            name(first, "That is the first one."),
        ],
    }


def name(text: str, reason: str) -> Drawing:
    return {"accept": [text], "reason": reason}


def lies_in(chance: Random, level: int) -> Drawing:
    block = drawn_block(chance, level)
    outside = chance.sample(sorted(set(near(block))), 3)
    inside = chance.choice((block.first, block.last, block.first + size(block) // 2))
    where = f"The block goes from `{dotted(block.first)}` to `{dotted(block.last)}`"
    return {
        "kind": "single",
        "text": f"Which of these addresses lies in `{block.name}`?",
        "options": [
            option(f"`{dotted(inside)}`", f"{where}.", right=True),
            *(option(f"`{dotted(one)}`", outside_words(block, one)) for one in outside),
        ],
    }


def near(block: Source) -> Iterator[int]:
    """Addresses that lie just beside it, or a block further."""
    count = size(block)
    yield from (block.last + 1, block.last + count, block.last + 1 + count // 2)
    yield from (block.first - 1, block.first - count)


def outside_words(block: Source, address: int) -> str:
    if address > block.last:
        return f"The block ends before it, at `{dotted(block.last)}`."
    return f"The block begins behind it, at `{dotted(block.first)}`."


def next_free(chance: Random, level: int) -> Drawing:
    plan, prefix = first_fair(lambda: drawn_plan(chance, level))
    found = lowest_free(plan, prefix)
    lines = "\n".join(f"{one.name:<6} {one.block.name}" for one in plan.subnets.values())
    vpc = plan.vpc.name
    return {
        "kind": "text",
        "text": f"The VPC `{vpc}` has these subnets:\n\n{fenced(lines)}\n\nWhich is the lowest "
        f"`/{prefix}` that is still free? Write it with its prefix, as `10.9.8.0/{prefix}`.",
        "accept": [found.name],
        "reason": f"`{found.name}` is {span(found.first, found.last)}: no subnet takes any of it, "
        f"and every lower `/{prefix}` is taken, at least in part.",
        "otherwise": f"A `/{prefix}` begins at a multiple of its {size(found)} addresses. Go up "
        "from the lowest until one meets no subnet.",
        "mistakes": [name(block.name, reason) for block, reason in taken(plan, found)],
    }


def drawn_plan(chance: Random, level: int) -> tuple[Plan, int] | None:
    """Subnets of several sizes without an overlap, and room for one more that is not the first."""
    vpc = f"{chance.choice(NETWORKS)}/{VPC_PREFIXES[level]}"
    sizes = {1: (24,), 2: (23, 24), 3: (24, 25, 26)}[level]
    base = read_cidr(IPV4, vpc).first
    rows = [f"vpc {vpc}"]
    for number in range(MOST_SUBNETS[level]):
        prefix = chance.choice(sizes)
        first = base + chance.randrange(0, 4 if level > 2 else 5) * 2 ** (32 - prefix)
        rows.append(f"subnet net-{'abcd'[number]} {dotted(first)}/{prefix} eu-west-2a")
    plan, wanted = read_plan("\n".join(rows)).plan, chance.choice(sizes)
    is_fair = not any(plan.overlaps()) and all(map(plan.holds, plan.subnets.values()))
    found = lowest_free(plan, wanted, default=plan.vpc)
    return (plan, wanted) if is_fair and found.first > base and found is not plan.vpc else None


def candidates(plan: Plan, prefix: int) -> Iterator[Source]:
    step = 2 ** (32 - prefix)
    for first in range(plan.vpc.first, plan.vpc.last + 1, step):
        yield cidr(IPV4, first, prefix)


def lowest_free(plan: Plan, prefix: int, default: Source | None = None) -> Source:
    free = (block for block in candidates(plan, prefix) if not met_by(plan, block))
    return next(free, default or plan.vpc)


def taken(plan: Plan, found: Source) -> Iterator[tuple[Source, str]]:
    """The ones below, and the next one above."""
    for block in candidates(plan, prefix_of(found)):
        one = met_by(plan, block)
        if one:
            where = span(one.block.first, one.block.last)
            yield block, f"It meets `{one.name}`, which is {where}."
        elif block != found:
            yield block, "It is free, and so is a lower one."
        if block.first > found.first:
            return


def met_by(plan: Plan, block: Source) -> PlannedSubnet | None:
    """As AWS would say if it were created."""
    return next((one for one in plan.subnets.values() if overlap(one.block, block)), None)


def overlap(one: Source, other: Source) -> bool:
    return one.first <= other.last and other.first <= one.last


TASKS = {
    1: (machines, smallest, lies_in, next_free),
    2: (machines, smallest, last_address, lies_in, next_free),
    3: (smallest, last_address, lies_in, next_free, machines),
}
