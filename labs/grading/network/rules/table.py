"""The readable form of rules: one line each, which maps one to one onto IpPermissions.

    inbound:
      - tcp 443 from 0.0.0.0/0, ::/0        # a comment
      - tcp 8000-8080 from sg-web
      - icmp type 8 code 0 from 203.0.113.0/24
    outbound:
      - all to 0.0.0.0/0

Several groups stand under their ids (`sg-web:` and then `inbound:`). Indentation is free;
an empty list is `[]`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from labs.grading.errors import AnswerError
from labs.grading.network.rules.protocols import ALL, AXIS_END, ICMP, WITH_PORTS, protocol_name
from labs.grading.network.rules.rule import GROUP, IPV4, IPV6, LISTS, PREFIX_LIST, Path, Rule
from labs.grading.said import say

DIRECTIONS = ("inbound", "outbound")
MAX_LINES = 2000


@dataclass(slots=True)
class TableDocument:
    """What the lines say as the JSON form would, and where each part stands."""

    value: dict[str, Any] = field(default_factory=dict)
    positions: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def position(self, path: Path = ()) -> tuple[int, int]:
        """Line and column of the part, or of the nearest part around it."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))

    def key_position(self, path: Path) -> tuple[int, int]:
        return self.position(path)


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its comment; `at(text)` is the column where a part of it begins."""

    number: int
    text: str

    def error(self, message: str, part: str = "") -> AnswerError:
        return AnswerError(message, self.number, self.column(part))

    def column(self, part: str = "") -> int:
        found = self.text.find(part) if part else -1
        return found + 1 if found >= 0 else len(self.text) - len(self.text.lstrip()) + 1


def read_table(text: str, *, prefix_words: int = 0) -> TableDocument:
    """The document that the lines describe. AnswerError names line and column.

    `prefix_words` words before the protocol (an ACL's number and action) are kept under "prefix".
    """
    document = TableDocument()
    group, direction = "", ""
    for number, raw in enumerate(text.split("\n"), start=1):
        line = Line(number, raw.partition("#")[0].rstrip())
        stripped = line.text.strip()
        if number > MAX_LINES:
            raise line.error(say("More than {most} lines.", most=MAX_LINES))
        if not stripped or stripped == "---":
            continue
        if stripped.startswith("-"):
            if not direction:
                raise line.error(say("Say the direction first: a line “inbound:” or “outbound:”."))
            add_rule(document, line, (group, direction) if group else (direction,), prefix_words)
        else:
            group, direction = open_section(document, line, group)
    return document


def open_section(document: TableDocument, line: Line, group: str) -> tuple[str, str]:
    """A heading line: a direction, or a group's id. The group and direction that the next lines
    belong to."""
    name, colon, rest = line.text.strip().partition(":")
    if not colon or rest.strip() not in ("", "[]", "{}"):
        raise line.error(
            say(
                "Expected “inbound:”, “outbound:”, a group's id with a colon, "
                "or a rule after a dash."
            )
        )
    path: tuple[str, ...] = (group, name) if group and name in DIRECTIONS else (name,)
    if path in document.positions:
        raise line.error(say("“{name}” is here twice.", name=name[:60]))
    document.positions[path] = (line.number, line.column(name))
    holder = document.value if len(path) == 1 else document.value[group]
    if name in DIRECTIONS:
        holder[name] = []
        return group, name
    holder[name] = {}
    return name, ""


def add_rule(document: TableDocument, line: Line, path: tuple[str, ...], prefix_words: int) -> None:
    holder = document.value if len(path) == 1 else document.value[path[0]]
    rules: list[dict[str, Any]] = holder[path[-1]]
    words = line.text.strip()[1:].split()
    prefix, words = words[:prefix_words], words[prefix_words:]
    word = next((word for word in ("from", "to") if word in words), "")
    if not word:
        raise line.error(
            say(
                "A rule names its source after “from” (inbound), "
                "or its target after “to” (outbound)."
            )
        )
    cut = words.index(word)
    here: Path = (*path, len(rules))
    document.positions[here] = (line.number, line.column((prefix or words)[0]))
    sources = " ".join(words[cut + 1 :]).replace(",", " ").split()
    if not sources:
        raise line.error(
            say(
                "Something is missing after “{word}”: an address block, a group or a prefix list.",
                word=word,
            )
        )
    permission = read_traffic(words[:cut], line)
    if prefix:
        permission["prefix"] = prefix
    for key, start in (("IpProtocol", 0), ("FromPort", 1), ("ToPort", 1)):
        document.positions[(*here, key)] = (line.number, line.column(words[min(start, cut)]))
    for name in sources:
        add_source(document, permission, name, here, line)
    rules.append(permission)


def add_source(
    document: TableDocument, permission: dict[str, Any], name: str, here: Path, line: Line
) -> None:
    list_key, name_key = LISTS[kind_of_source(name)]
    entries = permission.setdefault(list_key, [])
    document.positions[(*here, list_key, len(entries), name_key)] = (line.number, line.column(name))
    entries.append({name_key: name})


def kind_of_source(name: str) -> str:
    if name.startswith("pl-"):
        return PREFIX_LIST
    if ":" in name:
        return IPV6
    return IPV4 if name[:1].isdigit() else GROUP


def read_traffic(words: list[str], line: Line) -> dict[str, Any]:
    """`tcp 80-90`, `icmp type 8 code 0`, `all`, `protocol 50` → the permission without its
    sources."""
    if words[:1] == ["protocol"]:
        words = words[1:]
    if not words:
        raise line.error(say("The protocol is missing: tcp, udp, icmp, icmpv6, a number, or all."))
    protocol, rest = protocol_of(words[0]), words[1:]
    axis = read_icmp(rest, line) if protocol in ICMP else read_ports(rest, line, protocol)
    return {"IpProtocol": protocol, **axis}


def protocol_of(word: str) -> str:
    return ALL if word == "all" else protocol_name(word) or word


def read_ports(words: list[str], line: Line, protocol: str) -> dict[str, int]:
    """`80`, `8000-8080`, `all`, or nothing."""
    if words in ([], ["all"]):
        return {"FromPort": 0, "ToPort": AXIS_END} if words and protocol in WITH_PORTS else {}
    if len(words) > 1:
        raise line.error(say("A range of ports is written without spaces: 8000-8080."), words[1])
    first, dash, last = words[0].replace("–", "-").partition("-")
    start = read_number(first, line, words[0])
    return {"FromPort": start, "ToPort": read_number(last, line, words[0]) if dash else start}


def read_icmp(words: list[str], line: Line) -> dict[str, int]:
    """`type 8 code 0`, `type 8` (every code), `all` or nothing (every type)."""
    if words in ([], ["all"]):
        return {"FromPort": -1, "ToPort": -1}
    if words[0] != "type" or len(words) not in (2, 4) or words[2:3] not in ([], ["code"]):
        raise line.error(
            say("ICMP has no ports: write “icmp type 8 code 0”, “icmp type 8” or “icmp all”."),
            words[0],
        )
    code = read_number(words[3], line, words[3]) if len(words) == 4 else -1
    return {"FromPort": read_number(words[1], line, words[1]), "ToPort": code}


def read_number(text: str, line: Line, part: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise line.error(
            say("“{text}” is not a number or a range like 8000-8080.", text=part[:40]), part
        )
    return int(text)


def as_table(rules: Iterable[Rule], *, inbound: bool = True) -> list[str]:
    """The rules as lines of this form, without the dash."""
    return [
        f"{traffic_words(rule)} {'from' if inbound else 'to'} {rule.source.name}" for rule in rules
    ]


def traffic_words(rule: Rule) -> str:
    if rule.protocol in WITH_PORTS:
        whole = (rule.low, rule.high) == (0, AXIS_END)
        ports = (
            "all"
            if whole
            else str(rule.low)
            if rule.low == rule.high
            else f"{rule.low}-{rule.high}"
        )
        return f"{rule.protocol} {ports}"
    if rule.protocol in ICMP and rule.high - rule.low < AXIS_END:
        code = "" if rule.high - rule.low == 255 else f" code {rule.low & 255}"
        return f"{rule.protocol} type {rule.low >> 8}{code}"
    return "all" if rule.protocol == ALL else rule.protocol
