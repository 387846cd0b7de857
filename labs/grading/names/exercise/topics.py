"""The sorts of names that can be asked for: which parts each has, how they are worked out, and when
two ways of writing a part are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address

from labs.grading.errors import SpecError
from labs.grading.names.arns import read_arn
from labs.grading.names.certificates import Listener, plain, read_visit
from labs.grading.names.forwarded import APPEND, MODES, Arrival, read_arrival
from labs.grading.names.images import read_image
from labs.grading.names.instance_types import attributes, read_instance_type
from labs.grading.names.places import read_place
from labs.grading.said import say
from labs.grading.toml_table import Table


@dataclass(frozen=True, slots=True)
class Taken:
    """A name taken apart by the engine: what was shown, its parts, and what near misses are known
    by."""

    text: str
    parts: Mapping[str, str]
    arrival: Arrival | None = None
    listener: Listener | None = None
    host: str = ""
    says_name: bool = True


@dataclass(frozen=True, slots=True)
class Topic:
    prefix: str  # of its codes
    fields: tuple[str, ...]
    take: Callable[[Table, Listener | None], Taken]
    same: Mapping[str, Callable[[str], str]] = field(default_factory=dict)  # part → its plain form

    def canonical(self, part: str, text: str) -> str:
        return self.same.get(part, exact)(text) if text else ""


def exact(text: str) -> str:
    return " ".join(text.split())


def folded(text: str) -> str:
    return "".join(text.split()).lower()


def account(text: str) -> str:
    """Twelve digits; the console puts hyphens between them."""
    digits = text.replace("-", "").replace(" ", "")
    return digits if digits.isdigit() else exact(text)


def number(text: str) -> str:
    text = folded(text)
    return str(int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else text


def purpose(text: str) -> str:
    """`compute optimised` is `compute`."""
    word = text.lower().replace("-", " ").split(" ", 1)[0]
    return {"accelerator": "accelerated", "computing": "compute", "high": "hpc"}.get(word, word)


def kind_of_place(text: str) -> str:
    text = "-".join(text.lower().replace("-", " ").split())
    return {"az": "zone", "availability-zone": "zone"}.get(text, text)


def address(text: str) -> str:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return text.strip().lower()


def addresses(text: str) -> str:
    """A header's value, with or without its name."""
    value = text.strip().strip("[]")
    if value.lower().startswith("x-forwarded-for:"):
        value = value[len("x-forwarded-for:") :]
    return ", ".join(address(one) for one in value.split(",") if one.strip())


def yes_or_no(text: str) -> str:
    word = text.strip().lower()
    return {"true": "yes", "y": "yes", "ja": "yes", "false": "no", "n": "no", "nein": "no"}.get(
        word, word
    )


def of_text(read: Callable[[str], Mapping[str, str]]) -> Callable[[Table, Listener | None], Taken]:
    def take(item: Table, listener: Listener | None) -> Taken:
        text = item.text("text", item.text("name"))
        try:
            return Taken(text, read(text))
        except ValueError as error:
            raise item.error("text", str(error)) from error

    return take


def take_arrival(item: Table, listener: Listener | None) -> Taken:
    arrival = Arrival(
        peer=item.text("peer"),
        balancer=item.text("balancer"),
        header=item.texts("header"),
        mode=item.text("mode", APPEND, choices=MODES),
        own_proxies=item.number("own_proxies", 0, most=5),
    )
    try:
        parts = read_arrival(arrival)
    except ValueError as error:
        raise item.error("peer", str(error)) from error
    sent = ", ".join(arrival.header)
    text = (
        say("from {peer}, with X-Forwarded-For: {header}", peer=arrival.peer, header=sent)
        if sent
        else say("from {peer}, without X-Forwarded-For", peer=arrival.peer)
    )
    return Taken(text, parts, arrival=arrival)


def take_visit(item: Table, listener: Listener | None) -> Taken:
    if listener is None:
        raise SpecError("lab.toml: spec.certificates: is missing")
    host, says_name = item.text("host"), item.flag("sni", True)
    parts = read_visit(listener, host, says_name=says_name)
    text = host if says_name else say("{host}, without SNI", host=host)
    return Taken(text, parts, listener=listener, host=plain(host), says_name=says_name)


TOPICS: Mapping[str, Topic] = {
    "instance-type": Topic(
        "type",
        ("family", "generation", "attributes", "size", "purpose"),
        of_text(read_instance_type),
        {
            "family": folded,
            "generation": number,
            "attributes": attributes,
            "size": folded,
            "purpose": purpose,
        },
    ),
    "arn": Topic(
        "arn",
        ("partition", "service", "region", "account", "type", "name"),
        of_text(read_arn),
        {
            "partition": folded,
            "service": folded,
            "region": folded,
            "account": account,
            "type": folded,
        },
    ),
    "place": Topic(
        "place",
        ("kind", "region"),
        of_text(read_place),
        {"kind": kind_of_place, "region": folded},
    ),
    "image": Topic(
        "image",
        ("registry", "account", "region", "repository", "tag", "digest"),
        of_text(read_image),
        {"registry": folded, "account": account, "region": folded},
    ),
    "visitor": Topic(
        "visitor",
        ("header", "source", "visitor"),
        take_arrival,
        {"header": addresses, "source": address, "visitor": address},
    ),
    "certificate": Topic(
        "sni",
        ("certificate", "warning"),
        take_visit,
        {"certificate": folded, "warning": yes_or_no},
    ),
}
