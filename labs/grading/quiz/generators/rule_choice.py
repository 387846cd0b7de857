"""Complete a rule, so that exactly what is wanted gets in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from labs.grading.network.rules.algebra import alike, compare
from labs.grading.network.rules.permissions import read_cidr
from labs.grading.network.rules.rule import IPV4, Rule, Source, blocks, cidr
from labs.grading.quiz.generators.kind import Drawing, first_fair, option
from labs.grading.quiz.generators.packets import group_of, packet_words
from labs.grading.quiz.generators.subnets import prefix_of
from labs.grading.said import say
from labs.grading.tries.addresses import dotted

NAME = "complete-the-rule"
TITLE = say("Complete the rule")
SECTION = "classic-ports-to-know"
CODES = (
    "sg.wrong-port",
    "sg.wrong-protocol",
    "sg.range-reversed",
    "sg.same-traffic",
    "nacl.too-wide",
    "nacl.too-narrow",
)

PORTS = {1: (22, 80, 443, 3389), 2: (22, 443, 3306, 5432, 2049, 25), 3: (22, 443, 5432, 3306)}
PREFIXES = {1: (24, 32, 16), 2: (24, 25, 26, 23), 3: (20, 21, 22, 23, 26, 27, 28)}
BASES = ("203.0.113.0", "10.0.16.0", "10.20.64.0", "198.51.100.0", "172.16.32.0")
NAMES = {
    22: "SSH",
    25: "mail (SMTP)",
    80: "HTTP",
    443: "HTTPS",
    2049: "NFS",
    3306: "MySQL",
    3389: "RDP",
    5432: "PostgreSQL",
}
OPTIONS = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """TCP to one port, from the addresses of one block."""

    port: int
    block: Source

    @property
    def words(self) -> str:
        return f"{NAMES[self.port]} over TCP, {self.sources}, and nothing else"

    @property
    def sources(self) -> str:
        first, last = dotted(self.block.first), dotted(self.block.last)
        if first == last:
            return f"from the one machine `{first}`"
        return f"from `{first}` to `{last}`"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Made of the first and the last address, and not of any option's text."""
        ends = blocks(IPV4, self.block.first, self.block.last)
        return tuple(Rule(source, "tcp", self.port, self.port) for source in ends)


def draw(chance: Random, level: int) -> Drawing:
    wish = first_fair(lambda: drawn_wish(chance, level))
    lines = first_fair(lambda: drawn_lines(chance, level, wish))
    return {
        "kind": "single",
        "text": f"A security group is to let in **{wish.words}**. Which rule does exactly that?",
        "options": [
            option(f"`{line}`", *reason_of(line, wish)) | right(line, wish) for line in lines
        ],
    }


def drawn_wish(chance: Random, level: int) -> Wish | None:
    prefix = chance.choice(PREFIXES[level])
    base = read_cidr(IPV4, f"{chance.choice(BASES)}/{min(prefix, 24)}").first
    step = 2 ** (32 - prefix)
    first = base + (
        chance.randrange(0, 256, step) if step <= 256 and level > 1 else 7 * (prefix == 32)
    )
    return Wish(chance.choice(PORTS[level]), cidr(IPV4, first, prefix))


def drawn_lines(chance: Random, level: int, wish: Wish) -> list[str] | None:
    """The right one and three that admit something else, each something of its own."""
    others = [line for line in set_of(nearby(wish)) if not alike(group_of([line]), wish.rules)]
    some = chance.sample(others, min(len(others), OPTIONS - 1))
    lines = [f"tcp {wish.port} from {wish.block.name}", *some]
    rules = [group_of([line]) for line in lines]
    pairs = ((n, m) for n in range(len(rules)) for m in range(n))
    if len(lines) < OPTIONS or any(alike(rules[n], rules[m]) for n, m in pairs):
        return None
    return lines


def set_of(lines: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def nearby(wish: Wish) -> Iterator[str]:
    """Twice as many, half, the neighbours, everybody; another port or protocol."""
    prefix, block, port = prefix_of(wish.block), wish.block, wish.port
    for other in (prefix - 1, prefix - 4):
        yield f"tcp {port} from {read_cidr(IPV4, f'{dotted(block.first)}/{other}').name}"
    if prefix < 32:
        yield f"tcp {port} from {cidr(IPV4, block.first, prefix + 1).name}"
        yield f"tcp {port} from {cidr(IPV4, block.last + 1, prefix).name}"
    yield f"tcp {port} from 0.0.0.0/0"
    yield f"udp {port} from {block.name}"
    yield f"all from {block.name}"
    for other in (80, 443, 22, 3306, 5432):
        if other != port:
            yield f"tcp {other} from {block.name}"


def right(line: str, wish: Wish) -> Drawing:
    return {"right": alike(group_of([line]), wish.rules)}


def reason_of(line: str, wish: Wish) -> Sequence[str]:
    found = compare(group_of([line]), wish.rules)
    words = []
    if found.learner_only:
        words.append(f"It also lets in {packet_words(found.learner_only)}.")
    if found.expected_only:
        words.append(f"It keeps out {packet_words(found.expected_only)}.")
    return (" ".join(words) or "It admits each packet that is wanted, and no other.",)
