"""A document → certificates and listeners, with everything that AWS would refuse.

    Certificates:                              Listeners:
      shops:                                     web:
        DomainName: example.com                    DefaultCertificate: shops
        SubjectAlternativeNames:                   Certificates: [other]
          - "*.example.com"                        SslPolicy: ELBSecurityPolicy-…
        ValidationMethod: DNS
        KeyAlgorithm: RSA_2048
        Region: eu-west-2

Sources: ACM API Reference, "RequestCertificate"; Elastic Load Balancing API Reference,
"CreateListener" and "AddListenerCertificates"; User Guide for Application Load Balancers, "SSL
certificates for your Application Load Balancer"; User Guide for Classic Load Balancers, "HTTPS
listeners for your Classic Load Balancer"; CloudFront Developer Guide, "Requirements for using
SSL/TLS certificates with CloudFront".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from labs.grading.certificates.listeners.model import (
    BY_MAIL,
    CLASSIC,
    CLOUDFRONT,
    CLOUDFRONT_REGION,
    NO_RECORD,
    RENEWED,
    REQUESTED,
    UNUSED,
    Certificate,
    Listener,
    Place,
    Setup,
    Surroundings,
)
from labs.grading.certificates.listeners.names import is_name
from labs.grading.certificates.listeners.policies import POLICIES
from labs.grading.refusal import Refusal
from labs.grading.said import say
from labs.grading.settings_parts import Parts

AREA = "certs"
MOST_CERTIFICATES, MOST_NAMES, MOST_IN_LIST = 20, 10, 25
LONGEST_CLASSIC = 2048  # bits of an RSA key


@dataclass(frozen=True, slots=True)
class ReadSetup:
    found: Setup
    notes: tuple[Refusal, ...]


def read_setup(value: object, around: Surroundings) -> ReadSetup:
    """Without notes, every listener of the surroundings has a certificate."""
    top = Parts(value if isinstance(value, dict) else {}, (), AREA)
    top.know("Certificates", "Listeners")
    requested = read_requested(top.inner("Certificates"), around)
    known = {**around.certificates, **requested}
    listeners = read_listeners(top, around, known)
    return ReadSetup(renewed(Setup(listeners, requested)), tuple(top.notes))


def renewed(setup: Setup) -> Setup:
    """ACM renews only what some service uses."""
    idle = set(setup.requested) - setup.used
    requested = {
        name: replace(one, renewal=UNUSED) if name in idle else one
        for name, one in setup.requested.items()
    }
    return Setup(setup.listeners, requested)


# --- Certificates ---------------------------------------------------------------------------------


def read_requested(given: Parts, around: Surroundings) -> dict[str, Certificate]:
    if len(given.values) > MOST_CERTIFICATES:
        given.note("form", say("Write at most {most} of these.", most=MOST_CERTIFICATES))
        return {}
    for name in given.values:
        if name in around.certificates:
            words = say("Choose another name: there is a certificate {name} already.", name=name)
            given.note("name-taken", words, name, at_key=True)
    return {name: read_certificate(name, given.inner(name), around) for name in given.values}


def read_certificate(name: str, parts: Parts, around: Surroundings) -> Certificate:
    parts.know("DomainName", "SubjectAlternativeNames", "ValidationMethod", "KeyAlgorithm",
               "Region")  # fmt: skip
    method = parts.choice("ValidationMethod", "DNS", ("DNS", "EMAIL"))
    names = read_names(parts, around)
    return Certificate(
        name,
        names,
        around.issued,
        around.issued + timedelta(days=around.lifetime),
        parts.text("Region", around.region),
        parts.choice("KeyAlgorithm", "RSA_2048", REQUESTED),
        renewal_of(method, names, around),
        path=parts.path,
    )


def renewal_of(method: str, names: tuple[str, ...], around: Surroundings) -> str:
    """By mail somebody has to click. By DNS every record has to stay."""
    if method == "EMAIL":
        return BY_MAIL
    zones = [around.zone_of(name) for name in names]
    return RENEWED if all(zone and zone.keeps for zone in zones) else NO_RECORD


def read_names(parts: Parts, around: Surroundings) -> tuple[str, ...]:
    given = (parts.text("DomainName"), *parts.texts("SubjectAlternativeNames"))
    names = tuple(dict.fromkeys(one.lower() for one in given))
    for number, name in enumerate(names):
        key = "SubjectAlternativeNames" if number else "DomainName"
        where = key if key in parts.values else ""
        if not is_name(name):
            words = say(
                "Write {name} as a host: parts with dots between them, and a star only as the "
                "whole first part.",
                name=name[:80] or "DomainName",
            )
            parts.note("name-form", words, where)
        elif around.zone_of(name) is None:
            words = say(
                "Leave {name} out: its DNS and its mail are not yours, so you cannot prove it to "
                "ACM.",
                name=name,
            )
            parts.note("not-yours", words, where)
    if len(names) > MOST_NAMES:
        words = say("Write at most {most} names: that is ACM's quota.", most=MOST_NAMES)
        parts.note("too-many-names", words, "SubjectAlternativeNames")
    return names


# --- Listeners ------------------------------------------------------------------------------------


def read_listeners(
    top: Parts, around: Surroundings, known: Mapping[str, Certificate]
) -> dict[str, Listener]:
    given = top.inner("Listeners")
    given.know(*around.places)
    found = {}
    for name, place in around.places.items():
        if name not in given.values:
            words = say("Write what the listener {name} shows.", name=name)
            top.note("no-default", words, "Listeners" if "Listeners" in top.values else "")
            continue
        listener = read_listener(given.inner(name), place, known)
        if listener:
            found[name] = listener
    return found


def read_listener(parts: Parts, place: Place, known: Mapping[str, Certificate]) -> Listener | None:
    names = ("DefaultCertificate", "Certificates", "SslPolicy")
    parts.know(*(names if place.takes_a_list else names[:2]))
    default, others = read_list(parts)
    if not default:
        words = say("Give {name} a DefaultCertificate: every listener with TLS has one.",
                    name=place.name)  # fmt: skip
        parts.note("no-default", words)
        return None
    if others and not place.takes_a_list:
        words = say(
            "Give {name} one certificate: it cannot show several. A second one needs a second "
            "{kind}.",
            name=place.name,
            kind=KINDS[place.type],
        )
        parts.note("one-only", words, "Certificates")
    if len(others) > MOST_IN_LIST:
        words = say("Write at most {most} certificates: that is the quota.", most=MOST_IN_LIST)
        parts.note("form", words, "Certificates")
    found = [read_shown(parts, name, place, known) for name in (default, *others)]
    policy = parts.choice("SslPolicy", "", tuple(POLICIES)) if "SslPolicy" in parts.values else ""
    first, rest = found[0], tuple(one for one in found[1:] if one)
    return Listener(place, first, rest, policy, parts.path) if first else None


KINDS = {"classic": say("Classic Load Balancer"), "cloudfront": say("distribution")}


def read_list(parts: Parts) -> tuple[str, list[str]]:
    """Names, or what `describe-listener-certificates` prints: ARNs, of which one is the default."""
    value = parts.values.get("Certificates")
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        items = parts.items("Certificates")
        found = [(one.text("CertificateArn"), one.flag("IsDefault", False)) for one in items]
        defaults = [name for name, is_default in found if is_default]
        others = [name for name, is_default in found if not is_default]
    else:
        defaults, others = [], list(parts.texts("Certificates"))
    default = parts.text("DefaultCertificate") or (defaults[0] if defaults else "")
    return tail(default), [tail(one) for one in others]


def tail(name: str) -> str:
    """The last part of an ARN."""
    return name.rpartition("/")[2]


def read_shown(
    parts: Parts, name: str, place: Place, known: Mapping[str, Certificate]
) -> Certificate | None:
    found = known.get(name)
    key = (
        "DefaultCertificate"
        if tail(str(parts.values.get("DefaultCertificate"))) == name
        else ("Certificates")
    )
    if found is None:
        words = say("Name a certificate that there is: {names}.", names=", ".join(sorted(known)))
        parts.note("unknown-name", words, key)
        return None
    wanted = CLOUDFRONT_REGION if place.type == CLOUDFRONT else place.region
    if found.region != wanted:
        words = say(
            "Give {listener} a certificate in {wanted}: {name} is in {region}, and cannot be used "
            "there.",
            listener=place.name,
            wanted=wanted,
            name=name,
            region=found.region,
        )
        parts.note("region", words, key)
    if place.type == CLASSIC and (found.is_elliptic or found.length > LONGEST_CLASSIC):
        words = say(
            "Give {listener} a certificate with an RSA key of 2048 bits: a Classic Load Balancer "
            "takes no others from ACM.",
            listener=place.name,
        )
        parts.note("classic-key", words, key)
    return found
