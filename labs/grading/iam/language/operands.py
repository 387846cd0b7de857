"""Values that conditions compare: numbers, dates, addresses, booleans, binary.
None for text that is none of these.

Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

NUMBER = re.compile(r"[+-]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})([eE][+-]?[0-9]{1,3})?")
EPOCH = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?")
DATE = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"([Tt ](?P<time>[0-9]{2}:[0-9]{2})(:(?P<seconds>[0-9]{2})([.,](?P<fraction>[0-9]{1,9}))?)?"
    r"(?P<zone>[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?"
)
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
START = datetime(1970, 1, 1, tzinfo=UTC)

Network = tuple[int, int, int]  # version, first and last address as numbers


@lru_cache(maxsize=4096)
def number(text: str) -> Decimal | None:
    return Decimal(text.strip()) if NUMBER.fullmatch(text.strip()) else None


@lru_cache(maxsize=4096)
def moment(text: str) -> Decimal | None:
    """Seconds since 1970 of an ISO 8601 date or of epoch seconds;
    without a zone the time is UTC."""
    text = text.strip()
    if EPOCH.fullmatch(text):
        return Decimal(text)
    if month := MONTH.fullmatch(text):
        return moment(f"{month[1]}-{month[2]}-01")
    match = DATE.fullmatch(text)
    try:
        return seconds_of(match) if match else None
    except (ValueError, OverflowError):  # 30 February, hour 25, year 0000
        return None


def seconds_of(match: re.Match[str]) -> Decimal:
    clock = match["time"] or "00:00"
    second = match["seconds"] or "00"
    day = datetime.fromisoformat(f"{match['date']}T{clock}:{second}").replace(tzinfo=UTC)
    whole = day - START - offset_of(match["zone"] or "Z")
    fraction = Decimal(f"0.{match['fraction']}") if match["fraction"] else Decimal(0)
    return Decimal(whole // timedelta(seconds=1)) + fraction


def offset_of(zone: str) -> timedelta:
    if zone in "Zz":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(zone)
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if zone[0] == "-" else offset


@lru_cache(maxsize=4096)
def network(text: str) -> Network | None:
    """A CIDR block or a single address (/32, /128); bits behind the mask are ignored."""
    if "%" in text or len(text) > 64:
        return None
    try:
        block = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    return block.version, int(block.network_address), int(block.broadcast_address)


@lru_cache(maxsize=4096)
def address(text: str) -> tuple[int, int] | None:
    if "%" in text or len(text) > 64:
        return None
    try:
        found = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return found.version, int(found)


def address_text(version: int, value: int) -> str:
    return str(ipaddress.IPv4Address(value) if version == 4 else ipaddress.IPv6Address(value))


def moment_text(seconds: Decimal) -> str:
    """ISO 8601 where the calendar reaches, else the seconds themselves."""
    try:
        moment_then = START + timedelta(seconds=int(seconds))
    except OverflowError:
        return str(seconds)
    if seconds != int(seconds):
        return str(seconds)
    return moment_then.strftime("%Y-%m-%dT%H:%M:%SZ") if moment_then.year >= 1000 else str(seconds)


def truth(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text.strip().lower())


@lru_cache(maxsize=1024)
def binary(text: str) -> bytes | None:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return None
