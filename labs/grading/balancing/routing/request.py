"""One request as the balancer sees it, and how one says it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from labs.grading.balancing.rules.rule import PORTS, Listener
from labs.grading.said import joined, say

Pairs = tuple[tuple[str, str], ...]
ADDRESS = re.compile(
    r"https?://(?P<host>[A-Za-z0-9.-]+)(:\d+)?(?P<path>/[^?#\s]*)?(\?(?P<query>[^#\s]*))?"
)
SOMEBODY = "192.0.2.10"  # RFC 5737: for examples


@dataclass(frozen=True, slots=True)
class Request:
    """`host` in lower case and without a port, `path` from its slash to the question mark, `query`
    the pairs behind it; `headers` by name in lower case."""

    host: str
    path: str = "/"
    method: str = "GET"
    headers: Pairs = ()
    query: Pairs = ()
    source: str = SOMEBODY

    @property
    def query_text(self) -> str:
        return query_text(self.query)

    @property
    def words(self) -> str:
        """`GET shop.example.com/users?id=1`, and what else counts."""
        line = f"{self.method} {self.host}{self.path}"
        if self.query:
            line += f"?{self.query_text}"
        parts = [line, *(header_words(name, value) for name, value in self.headers)]
        if self.source != SOMEBODY:
            parts.append(say("from {address}", address=self.source))
        return joined(parts, ", ")

    def as_json(self) -> dict[str, object]:
        return {
            "method": self.method,
            "host": self.host,
            "path": self.path,
            "query": self.query_text,
            "headers": [list(pair) for pair in self.headers],
            "source": self.source,
        }


def header_words(name: str, value: str) -> str:
    return f"{'-'.join(part.capitalize() for part in name.split('-'))}: {value}"


def query_text(pairs: Pairs) -> str:
    return "&".join(f"{key}={value}" if value else key for key, value in pairs)


def query_pairs(text: str) -> Pairs:
    """`a=1&b` → a with 1, b with nothing."""
    cut = [part.partition("=") for part in text.split("&") if part]
    return tuple((key, value) for key, _equals, value in cut)


def read_request(
    url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, source: str = ""
) -> Request:
    """From an address such as `https://shop.example.com/users?id=1`.
    ValueError where it is none."""
    parts = ADDRESS.fullmatch(url)
    if parts is None:
        raise ValueError(f"{url} is not an address with a host")
    ipaddress.ip_address(source or SOMEBODY)
    return Request(
        parts["host"].lower(),
        parts["path"] or "/",
        method,
        tuple(sorted((name.lower(), value) for name, value in (headers or {}).items())),
        query_pairs(parts["query"] or ""),
        source or SOMEBODY,
    )


@dataclass(frozen=True, slots=True)
class Location:
    """Where a redirect leads."""

    protocol: str
    host: str
    port: int
    path: str
    query: str

    @property
    def address(self) -> str:
        port = "" if PORTS.get(self.protocol) == self.port else f":{self.port}"
        query = f"?{self.query}" if self.query else ""
        return f"{self.protocol.lower()}://{self.host}{port}{self.path}{query}"

    def arrives_at(self, listener: Listener) -> bool:
        return (self.protocol, self.port) == (listener.protocol, listener.port)

    def asked_by(self, request: Request) -> Request:
        """What the same visitor asks next."""
        return replace(request, host=self.host, path=self.path, query=query_pairs(self.query))
