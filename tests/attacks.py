"""Texts that want to be more than text (tests/fixtures/attacks.txt), and how to see that they are
not."""

from __future__ import annotations

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.core.mail.backends.locmem import EmailBackend
from django.core.mail.message import sanitize_address
from django.test import Client

ATTACKS: list[str] = [
    json.loads(line)
    for line in (Path(__file__).parent / "fixtures" / "attacks.txt").read_text().splitlines()
    if line.startswith('"')
]
# Each text by itself in each place takes minutes: an eighth of them does it by turns, and all of
# them in heaps. EVERY_ATTACK=1 takes the time.
TURNS = 1 if os.environ.get("EVERY_ATTACK") else 8
HEAP = 15
MARK, HOST = "pwned", "evil.example"
ADDRESSES = {"href", "src", "action", "formaction", "data", "srcset", "poster", "xlink:href"}
SCHEMES = ("javascript:", "vbscript:", "data:text")
# Attributes of ours that hold what somebody typed, and where that is meant.
LOADS = {"script", "img", "iframe", "object", "embed", "link", "base", "form", "button", "use"}


def heaps() -> list[str]:
    return ["\n".join(ATTACKS[start : start + HEAP]) for start in range(0, len(ATTACKS), HEAP)]


def by_turns(turn: int) -> list[str]:
    return ATTACKS[turn % TURNS :: TURNS]


def storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def policy_with(text: str) -> str:
    """A policy that can be read, with the text wherever a policy has words of one's own."""
    statement = {
        "Sid": text[:200],
        "Effect": "Allow",
        "Action": f"s3:{text[:200]}",
        "Resource": f"arn:aws:s3:::{text[:200]}",
        "Condition": {"StringEquals": {f"aws:{text[:50]}": text[:200]}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class Made(HTMLParser):
    """What a browser would make of a page that nobody may have made: elements and attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, given in attrs:
            value = as_address(given or "")
            wrong = (
                name.startswith("on")
                or (name in {"id", "class", "name"} and value == MARK)
                or (name in ADDRESSES and value.startswith(SCHEMES))
                or (name in ADDRESSES and tag in LOADS and HOST in value)
                or (name.startswith("hx-") and HOST in value)
                or name in {"style", "srcdoc"}
            )
            if wrong:
                self.found.append(f"<{tag} {name}={given!r}>")


def as_address(value: str) -> str:
    """Browsers drop tabs and line ends anywhere, and what cannot be seen at the start."""
    return re.sub(r"[\t\r\n]", "", value).lower().lstrip("".join(map(chr, range(33))))


def leads_away(location: str) -> bool:
    """Where a browser would go from a page of ours."""
    address = as_address(location).replace("\\", "/")
    return (
        bool(location)
        and urlsplit(urljoin("http://testserver/a/b/", address)).netloc != "testserver"
    )


def made_by(page: str) -> list[str]:
    """What an attack achieved in this HTML."""
    parser = Made()
    parser.feed(page)
    parser.close()
    return parser.found


class StrictOutbox(EmailBackend):
    """Kept in `mail.outbox`, after all that a mail server would be sent was written out."""

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            message.message().as_bytes()
            [sanitize_address(address, "utf-8") for address in message.recipients()]
        return int(super().send_messages(messages))


def form(**fields: str) -> str:
    """As a browser sends it, with halves of letters that no browser would send."""
    parts = (f"{name}={quote(as_bytes(text), safe='')}" for name, text in fields.items())
    return "&".join(parts)


def as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def post(client: Client, path: str, **fields: str):
    return client.post(path, form(**fields), content_type="application/x-www-form-urlencoded")


def get(client: Client, path: str, **fields: str):
    return client.get(path, QUERY_STRING=form(**fields))
