"""Certificates, and the listeners that show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from labs.grading.json_document import JsonDocument, Path

APPLICATION, NETWORK, CLASSIC, CLOUDFRONT = "application", "network", "classic", "cloudfront"
TYPES = (APPLICATION, NETWORK, CLASSIC, CLOUDFRONT)
ALGORITHMS = ("RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1")
REQUESTED = ("RSA_2048", "EC_prime256v1", "EC_secp384r1")  # what ACM issues
LENGTHS = {"EC_prime256v1": 256, "EC_secp384r1": 384}
CLOUDFRONT_REGION = "us-east-1"

# How a certificate goes on after its last day
RENEWED, IMPORTED, BY_MAIL, NO_RECORD, UNUSED = (
    "renewed",
    "imported",
    "by-mail",
    "no-record",
    "unused",
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """`first` and `last` are the days that it is valid on. One that is renewed has no last day that
    a visitor could notice."""

    name: str
    names: tuple[str, ...]
    first: date
    last: date
    region: str
    algorithm: str = "RSA_2048"
    renewal: str = IMPORTED
    trusted: bool = True
    path: Path = ()

    @property
    def is_elliptic(self) -> bool:
        return self.algorithm.startswith("EC_")

    @property
    def length(self) -> int:
        return LENGTHS.get(self.algorithm) or int(self.algorithm.removeprefix("RSA_"))

    def valid_on(self, day: date) -> bool:
        return self.first <= day and (day <= self.last or self.renewal == RENEWED)


@dataclass(frozen=True, slots=True)
class Place:
    """A listener that there is: the answer says what it shows."""

    name: str
    type: str
    region: str

    @property
    def takes_a_list(self) -> bool:
        return self.type in (APPLICATION, NETWORK)


@dataclass(frozen=True, slots=True)
class Listener:
    """`others`: the certificate list, beside the default."""

    place: Place
    default: Certificate
    others: tuple[Certificate, ...] = ()
    policy: str = ""
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Zone:
    """A domain whose DNS is ours. `keeps`: what was put there for ACM stays."""

    name: str
    keeps: bool = True


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What there is: listeners, certificates in ACM, domains; and of each certificate that is asked
    for now from when and how long it is valid."""

    places: Mapping[str, Place]
    certificates: Mapping[str, Certificate]
    zones: tuple[Zone, ...]
    region: str
    issued: date
    lifetime: int

    def zone_of(self, name: str) -> Zone | None:
        bare = name.removeprefix("*.")
        found = [zone for zone in self.zones if bare == zone.name or bare.endswith(f".{zone.name}")]
        return max(found, key=lambda zone: len(zone.name), default=None)


@dataclass(frozen=True, slots=True)
class Setup:
    listeners: Mapping[str, Listener] = field(default_factory=dict)
    requested: Mapping[str, Certificate] = field(default_factory=dict)

    @property
    def used(self) -> set[str]:
        """Names of the certificates that some listener shows."""
        return {
            one.name
            for listener in self.listeners.values()
            for one in (listener.default, *listener.others)
        }


@dataclass(frozen=True, slots=True)
class CertificatesAnswer:
    document: JsonDocument
