"""Which route wins? A route table (`routes`), a block and a target a line, and where a packet goes
(`destination`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labs.grading.errors import SpecError
from labs.grading.network.addresses.plan import prefix_length, size
from labs.grading.network.rules.permissions import read_cidr
from labs.grading.network.rules.rule import IPV4, Source
from labs.grading.said import say
from labs.grading.tries.addresses import dotted, read_ipv4
from labs.grading.tries.kind import Field, FieldError, Mark, Row, Rows, Texts, Tone, TryAnswer

FIELDS = {
    "routes": Field("routes", say("Route table"), lines=6),
    "destination": Field("destination", say("The packet goes to")),
}
MOST_ROUTES = 50  # VPC quota: routes of a table, as it comes
MISSES = say("The address is not in its block.")


@dataclass(frozen=True, slots=True)
class Line:
    block: Source
    target: str

    @property
    def name(self) -> str:
        return f"{self.block.name} → {self.target}"


def fields(names: frozenset[str]) -> tuple[Field, ...]:
    if names != FIELDS.keys():
        raise SpecError(f"needs {', '.join(FIELDS)}, and nothing else")
    return tuple(FIELDS.values())


def answer(texts: Texts) -> TryAnswer:
    routes = read_routes(texts["routes"])
    address = read_ipv4("destination", texts["destination"])
    holding = [one for one in routes if one.block.first <= address <= one.block.last]
    winner = min(holding, key=lambda one: size(one.block), default=None)
    rows = tuple(rows_of(routes, holding, winner))
    tables = (Rows(say("Route by route; their order does not matter"), rows),)
    if winner is None:
        words = say("No route leads to {address}: the packet is dropped.", address=dotted(address))
        return TryAnswer(Tone.NO, words, tables)
    words = say(
        "{address} goes to {target}, by {block}.",
        address=dotted(address),
        target=winner.target,
        block=winner.block.name,
    )
    return TryAnswer(Tone.INFO, words, tables)


def read_routes(text: str) -> list[Line]:
    routes: dict[Source, Line] = {}
    for number, raw in enumerate(text.split("\n"), start=1):
        words = raw.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 2:
            message = say("A route is a block and a target, like “0.0.0.0/0 igw”.")
            raise FieldError("routes", message, number, 1)
        line = Line(read_line_block(words[0], number, raw), words[1][:40])
        if line.block in routes:
            message = say("{block} is here twice.", block=line.block.name)
            raise FieldError("routes", message, number, 1)
        routes[line.block] = line
        if len(routes) > MOST_ROUTES:
            raise FieldError("routes", say("More than {most} routes.", most=MOST_ROUTES), number, 1)
    return list(routes.values())


def read_line_block(word: str, number: int, raw: str) -> Source:
    try:
        return read_cidr(IPV4, word)
    except ValueError as error:
        raise FieldError("routes", error.args[0], number, raw.find(word) + 1) from None


def rows_of(routes: Sequence[Line], holding: Sequence[Line], winner: Line | None) -> Iterator[Row]:
    for route in routes:
        length = prefix_length(route.block)
        if route is winner:
            words = say(
                "It holds the address, and /{length} is the longest that does.", length=length
            )
            yield Row(route.name, Mark.DECIDES, words)
        elif route in holding:
            words = say("It holds the address, and /{length} is shorter.", length=length)
            yield Row(route.name, Mark.MATCHES, words)
        else:
            yield Row(route.name, Mark.PASSES_BY, MISSES)
