"""docker-compose.yml as compose reads it: variables put in, YAML merged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text()
NEEDED = {  # what has no default
    "SECRET_KEY": "k3y-" + "aB3$" * 15,
    "DATABASE_PASSWORD": "p@ss:/w%rd #'\"$",
    "DOMAIN": "portal.example.org",
    "EMAIL_HOST": "mail.example.org",
}
INNERMOST = re.compile(r"(?<!\$)\$\{([A-Z_]+)(?:(:-|:\?)([^${}]*))?\}")


def filled(value: Any, given: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: filled(item, given) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, given) for item in value]
    return filled_text(value, given) if isinstance(value, str) else value


def filled_text(text: str, given: Mapping[str, str]) -> str:
    """From the innermost outwards; what was put in is not read again."""
    kept: list[str] = []

    def put(match: re.Match[str]) -> str:
        name, how, other = match.groups()
        if how == ":?" and not given.get(name):
            raise KeyError(f"{name}: {other}")
        kept.append(given.get(name) or other or "")
        return f"\0{len(kept) - 1}\0"

    while INNERMOST.search(text):
        text = INNERMOST.sub(put, text)
    text = text.replace("$$", "$")
    while "\0" in text:
        text = re.sub("\0(\\d+)\0", lambda match: kept[int(match.group(1))], text)
    return text


def compose(**given: str) -> dict[str, Any]:
    found: dict[str, Any] = filled(yaml.safe_load(TEXT), NEEDED | given)
    return found


COMPOSE = compose()
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = {name for name, service in SERVICES.items() if "build" in service}


def caddyfile(**addresses: str) -> str:
    """The proxy's configuration, for other addresses than those inside compose."""
    text: str = COMPOSE["configs"]["caddyfile"]["content"]
    for inside, here in addresses.items():
        text = re.sub(rf"\b{inside}:\d+", here, text)
    return text
