"""The words of certificates and listeners."""

from __future__ import annotations

from labs.grading.certificates.listeners.model import REQUESTED
from labs.grading.certificates.listeners.policies import POLICIES
from labs.grading.completions import Slot, Words
from labs.grading.said import say

SLOTS = (
    Slot("key", r"^Listeners/[^/]+$", ("listener",)),
    Slot("key", r"^Certificates/[^/]+$", ("certificate",)),
    Slot("key", r"^$", ("top",)),
    Slot("value", r"(^|/)ValidationMethod$", ("methods",)),
    Slot("value", r"(^|/)KeyAlgorithm$", ("algorithms",)),
    Slot("value", r"(^|/)SslPolicy$", ("policies",)),
    Slot("value", r"(^|/)Region$", ("regions",)),
)
PLAIN = {
    "top": ("Certificates", "Listeners"),
    "listener": ("DefaultCertificate", "Certificates", "SslPolicy"),
    "certificate": (
        "DomainName",
        "SubjectAlternativeNames",
        "ValidationMethod",
        "KeyAlgorithm",
        "Region",
    ),
    "algorithms": REQUESTED,
    "policies": tuple(POLICIES),
    "regions": ("us-east-1", "eu-west-1", "eu-west-2", "eu-central-1"),
}
METHODS = (
    ("DNS", say("a CNAME record proves the domain")),
    ("EMAIL", say("somebody has to click")),
)


def words(topic: str) -> Words:
    """No topic has words of its own."""
    if topic:
        return {}
    plain = {name: [(word, "") for word in found] for name, found in PLAIN.items()}
    return {**plain, "methods": METHODS}
