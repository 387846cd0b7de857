"""What is in a block of addresses (`block`), and is one address (`address`) in it?"""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.errors import SpecError
from labs.grading.network.addresses.plan import RESERVED, has_legal_size, prefix_length, size
from labs.grading.network.rules.permissions import read_address
from labs.grading.network.rules.rule import Source
from labs.grading.said import say
from labs.grading.tries.addresses import ILLEGAL_SIZE, dotted, read_block, read_ipv4, span
from labs.grading.tries.kind import Field, Texts, Tone, TryAnswer

FIELDS = {
    "block": Field("block", say("Block"), is_short=True),
    "address": Field("address", say("Address"), is_short=True),
}
# What AWS keeps of a subnet, by the distance from its first address
KEPT = (
    say("the network itself"),
    say("the router of the VPC"),
    say("DNS"),
    say("kept by AWS for later"),
)


def fields(names: frozenset[str]) -> tuple[Field, ...]:
    if "block" not in names or not names <= FIELDS.keys():
        raise SpecError("needs block, and may have address")
    return tuple(field for name, field in FIELDS.items() if name in names)


def answer(texts: Texts) -> TryAnswer:
    block = read_block("block", texts["block"])
    facts, notes = tuple(facts_of(block)), tuple(notes_of(block, texts["block"]))
    if "address" not in texts:
        return TryAnswer(Tone.INFO, counted(block), facts=facts, notes=notes)
    address = read_ipv4("address", texts["address"])
    lies_in = block.first <= address <= block.last
    parts = {"address": dotted(address), "block": block.name}
    words = (
        say("{address} lies in {block}.", **parts)
        if lies_in
        else say("{address} does not lie in {block}.", **parts)
    )
    return TryAnswer(Tone.YES if lies_in else Tone.NO, words, facts=facts, notes=notes)


def counted(block: Source) -> str:
    parts = {"block": block.name, "all": size(block), "left": max(0, size(block) - RESERVED)}
    if has_legal_size(block):
        return say(
            "{block} has {all} addresses; as a subnet it leaves {left} for machines.", **parts
        )
    return say("{block} has {all} addresses.", **parts)


def facts_of(block: Source) -> Iterator[tuple[str, str]]:
    yield say("All addresses"), span(block.first, block.last)
    yield (
        say("Fixed bits, free bits"),
        f"{prefix_length(block)} + {32 - prefix_length(block)}",
    )
    if not has_legal_size(block):
        return
    for distance, what in enumerate(KEPT):
        yield dotted(block.first + distance), what
    yield dotted(block.last), say("the last one, kept as well: there is no broadcast")
    yield say("For machines"), span(block.first + len(KEPT), block.last - 1)


def notes_of(block: Source, written: str) -> Iterator[str]:
    address = read_address(written.strip().partition("/")[0])
    if address is not None and int(address) != block.first:
        yield say(
            "You wrote {written}: the bits behind the /{length} do not count, so it is {block}.",
            written=written.strip(),
            length=prefix_length(block),
            block=block.name,
        )
    if not has_legal_size(block):
        yield ILLEGAL_SIZE
