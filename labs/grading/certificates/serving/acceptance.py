"""Does the visitor's browser accept what it is shown? Names by RFC 9525, dates and trust by
RFC 5280."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.certificates.listeners.model import Certificate, Listener
from labs.grading.certificates.listeners.names import any_fits, bare, stars_above
from labs.grading.certificates.listeners.policies import in_common
from labs.grading.certificates.serving.selection import NO_NAME, Shown, Visitor, possibly_shown

ACCEPTED, WARNED, REFUSED, UNSURE = "accepted", "warned", "refused", "unsure"


@dataclass(frozen=True, slots=True)
class Judged:
    """`reason`: what is wrong. `shown`: what the visitor is shown, or may be."""

    end: str
    reason: str = ""
    shown: tuple[Shown, ...] = ()

    @property
    def certificate(self) -> Certificate | None:
        return self.shown[0].certificate if self.shown else None


def judge(listener: Listener, visitor: Visitor) -> Judged:
    if listener.place.takes_a_list and not in_common(listener.policy, visitor.tls):
        return Judged(REFUSED, "protocol")
    shown = possibly_shown(listener, visitor)
    ends = {one: judge_one(one, visitor) for one in shown}
    if len({end for end, _reason in ends.values()}) > 1:
        return Judged(UNSURE, "ambiguous", shown)
    end, reason = ends[shown[0]]
    return Judged(end, reason, shown)


def judge_one(shown: Shown, visitor: Visitor) -> tuple[str, str]:
    certificate = shown.certificate
    if certificate is None:
        return REFUSED, "key"
    if not any_fits(certificate.names, visitor.host):
        return WARNED, name_reason(certificate, shown, visitor)
    if visitor.day < certificate.first:
        return WARNED, "not-yet"
    if not certificate.valid_on(visitor.day):
        return WARNED, certificate.renewal
    return (ACCEPTED, "") if certificate.trusted else (WARNED, "untrusted")


def name_reason(certificate: Certificate, shown: Shown, visitor: Visitor) -> str:
    if shown.how == NO_NAME:
        return "no-sni"
    if bare(certificate.names, visitor.host):
        return "bare-name"
    return "two-parts" if stars_above(certificate.names, visitor.host) else "name"
