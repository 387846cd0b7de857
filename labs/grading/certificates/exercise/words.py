"""What a visitor meets, and what to do about it, as one says it."""

from __future__ import annotations

from labs.grading.certificates.serving.acceptance import (
    ACCEPTED,
    REFUSED,
    UNSURE,
    WARNED,
    Judged,
)
from labs.grading.certificates.serving.selection import (
    MATCH,
    NO_MATCH,
    NO_NAME,
    ONLY_ONE,
    Visitor,
)
from labs.grading.listing import listed_with_or
from labs.grading.said import joined, say

ENDS = {
    ACCEPTED: say("no warning"),
    WARNED: say("a warning"),
    REFUSED: say("no connection"),
    UNSURE: say("the guide does not say"),
}
HOW = {
    NO_NAME: say("the default: no name was said"),
    NO_MATCH: say("the default: none of the list fits"),
    ONLY_ONE: say("the only one"),
    MATCH: say("it fits the name"),
}
REASONS = {
    "name": say("it does not have this name"),
    "bare-name": say("its star needs something to stand for"),
    "two-parts": say("its star stands for one part only"),
    "no-sni": say("without SNI the default is shown, and it does not have this name"),
    "key": say("it has a key that this visitor does not know"),
    "protocol": say("listener and visitor have no version of TLS in common"),
    "imported": say("it was imported and never renewed"),
    "by-mail": say("nobody clicked in the e-mail that asks for its renewal"),
    "no-record": say("its CNAME record was gone when it should have been renewed"),
    "not-yet": say("it is not valid yet"),
    "untrusted": say("browsers do not trust whoever signed it"),
    "ambiguous": say("several fit, and not all of them are good"),
}
CURES = {
    "name": say("Show this visitor a certificate that has the name in its address bar."),
    "bare-name": say("Name the domain itself as well, beside the name with the star."),
    "two-parts": say("Name what lies two parts deep: a star of its own, or the whole name."),
    "no-sni": say("Make a certificate that has this name the default."),
    "key": say("Let there be a certificate with an RSA key for this visitor."),
    "protocol": say("Choose a security policy that speaks a version of TLS with this visitor."),
    "imported": say("Have ACM issue the certificate, so that it is renewed."),
    "by-mail": say("Validate by DNS: then nobody has to click."),
    "no-record": say("Leave out of the certificate whatever loses its record in the DNS."),
    "not-yet": say("Show a certificate that is valid already."),
    "untrusted": say("Show a certificate of an authority that browsers know."),
    "ambiguous": say("Take out of the list what would be wrong for this visitor."),
}
TOO_OLD = say("Choose a security policy without old versions of TLS.")
LESS = say("Leave a name out: nobody should be served under it.")


def visitor_words(visitor: Visitor) -> str:
    parts = [f"https://{visitor.host}/", say("on {day}", day=visitor.day.isoformat())]
    if not visitor.sni:
        parts.append(say("without SNI"))
    if visitor.rsa_only:
        parts.append(say("RSA only"))
    if visitor.tls != "1.3":
        parts.append(say("up to TLS {version}", version=visitor.tls))
    return joined(parts, ", ")


def end_words(end: str) -> str:
    return ENDS[end]


def shown_words(judged: Judged) -> str:
    """`shop: a warning`."""
    names = [one.certificate.name for one in judged.shown if one.certificate]
    end = ENDS[judged.end]
    if not names:
        return end
    return say("{certificate}: {end}", certificate=listed_with_or(names), end=end)


def because_words(judged: Judged) -> str:
    if judged.reason:
        return REASONS[judged.reason]
    return HOW[judged.shown[0].how] if judged.shown else ""
