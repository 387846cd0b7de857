"""A certificate as an Open Badges 3.0 credential: JSON-LD, and signed as a JSON Web Token (§ 8.2 of
that specification). Its words are English: what is signed is the same for all who read it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from portal.certificates.keys import current_key, signed
from portal.certificates.models import Certificate, SigningKey
from portal.own_site import own_site

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]


class Issuer(NamedTuple):
    """Who says it, and where they live."""

    name: str
    url: str

    def at(self, name: str, *args: str) -> str:
        return self.url + reverse(name, args=args).removeprefix("/")


def issuer_of(request: HttpRequest) -> Issuer:
    """On a laptop it is wherever it was asked; what a deployment signs no request has a say in."""
    url = f"{own_site()}/" if settings.DEPLOYED else request.build_absolute_uri("/")
    return Issuer(settings.CERTIFICATE_ISSUER, url)


def credential_of(one: Certificate, issuer: Issuer) -> dict[str, Any]:
    page = issuer.at("certificate", one.token)
    since = one.issued_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "@context": CONTEXT,
        "id": page,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": one.title,
        "issuer": {
            "id": issuer.url,
            "type": ["Profile"],
            "name": issuer.name,
            "url": issuer.url,
        },
        "validFrom": since,
        "awardedDate": since,
        "credentialSubject": subject_of(one, page),
        "credentialStatus": {
            "id": issuer.at("certificate_status", one.token),
            "type": "1EdTechRevocationList",
        },
    }


def subject_of(one: Certificate, page: str) -> dict[str, Any]:
    """They are called by this certificate: nobody can put two of somebody together by it."""
    name = {"type": "IdentityObject", "identityType": "name", "hashed": False}
    return {
        "id": f"{page}#learner",
        "type": ["AchievementSubject"],
        "identifier": [name | {"identityHash": one.name}],
        "achievement": {
            "id": f"{page}#course",
            "type": ["Achievement"],
            "achievementType": "Course",
            "name": one.title,
            "description": f"Mastery of the course “{one.title}”.",
            "criteria": {"narrative": criteria(one)},
        },
    }


def criteria(one: Certificate) -> str:
    """What was asked was known; that the rest was read, its reader said."""
    told = [
        f"knew at least 80 % of what {numbered(one.asking, 'lesson')} asked" if one.asking else "",
        f"completed {numbered(one.silent, 'lesson')} that asked nothing" if one.silent else "",
        f"passed {numbered(one.labs, 'lab')}" if one.labs else "",
    ]
    text = "; ".join(filter(None, told))
    return f"{text[:1].upper()}{text[1:]}."


def numbered(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"each of {number} {what}s"


def claims_of(one: Certificate, issuer: Issuer) -> dict[str, Any]:
    """The credential, and the same once more by the names that every JWT has."""
    told = credential_of(one, issuer)
    return told | {
        "iss": told["issuer"]["id"],
        "jti": told["id"],
        "nbf": int(one.issued_at.timestamp()),
        "sub": told["credentialSubject"]["id"],
    }


def token_of(one: Certificate, issuer: Issuer) -> str:
    key = current_key()
    return signed(claims_of(one, issuer), key, address=address_of(key, issuer))


def address_of(key: SigningKey, issuer: Issuer) -> str:
    return issuer.at("certificate_key", key.name)


def jwk_at(key: SigningKey, issuer: Issuer) -> dict[str, str]:
    """As it is published."""
    return {**key.public, "kid": address_of(key, issuer), "alg": "RS256", "use": "sig"}


def status_of(one: Certificate, issuer: Issuer) -> dict[str, Any]:
    """A revocation list of one: no list tells how many there are."""
    page = issuer.at("certificate", one.token)
    revoked = [] if one.is_valid else [{"id": page, "revoked": True}]
    address = issuer.at("certificate_status", one.token)
    return {"id": address, "issuer": issuer.url, "revokedCredential": revoked}
