"""Blocks of IPv4 addresses as a reader writes them."""

from __future__ import annotations

from ipaddress import IPv4Address

from labs.grading.network.addresses.plan import LARGEST, SMALLEST
from labs.grading.network.rules.permissions import read_address, read_cidr
from labs.grading.network.rules.rule import IPV4, Source
from labs.grading.said import say
from labs.grading.tries.kind import FieldError

ILLEGAL_SIZE = say(
    "AWS takes no subnet of this size: it has to lie between /{largest} and /{smallest}.",
    largest=LARGEST,
    smallest=SMALLEST,
)


def read_block(field: str, text: str) -> Source:
    try:
        return read_cidr(IPV4, text.strip())
    except ValueError as error:
        raise FieldError(field, error.args[0]) from None


def read_ipv4(field: str, text: str) -> int:
    address = read_address(text.strip())
    if address is None or address.version != 4:
        message = say("“{text}” is not one IPv4 address, like 10.0.0.70.", text=text.strip()[:60])
        raise FieldError(field, message)
    return int(address)


def dotted(number: int) -> str:
    return str(IPv4Address(number))


def span(first: int, last: int) -> str:
    return f"{dotted(first)} – {dotted(last)}"
