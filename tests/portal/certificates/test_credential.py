"""What anybody sees of a certificate, and that a program proves it without asking us: by PyJWT,
which has nothing of ours."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any
from urllib.parse import urlparse

import jwt
import pytest
from django.core.management import call_command
from django.test import Client

from lessons.models import Course
from portal.accounts.models import User
from portal.certificates import keys
from portal.certificates.credential import criteria
from portal.certificates.models import Certificate, SigningKey
from tests.portal.certificates.earning import make_one, master

NAME = "Léa <script>alert(1)</script> O'Neil"
KEYS = "/.well-known/jwks.json"


@pytest.fixture
def one(client_of, lea: User, course: Course) -> Certificate:
    master(lea, course)
    return make_one(client_of(lea), NAME)


def fetched(one: Certificate, client: Client | None = None) -> str:
    answer = (client or Client()).get(f"{one.get_absolute_url()}credential.jwt")
    assert answer.status_code == 200
    return answer.content.decode()


def verified(token: str) -> dict[str, Any]:
    """That it is unchanged; whose the key is, that it brings along, other tests ask."""
    key = jwt.PyJWK(jwt.get_unverified_header(token)["jwk"], algorithm="RS256")
    return jwt.decode(token, key, algorithms=["RS256"], options={"require": ["iss", "jti", "sub"]})


# --- Signed ---------------------------------------------------------------------------------------


def test_an_independent_verifier_accepts_it_without_a_network(one: Certificate) -> None:
    claims = verified(fetched(one))
    assert claims["credentialSubject"]["identifier"][0]["identityHash"] == NAME
    assert claims["credentialSubject"]["achievement"]["name"] == "Aws"


@pytest.mark.parametrize("part", ["header", "payload", "signature"])
def test_one_changed_byte_fails(one: Certificate, part: str) -> None:
    parts = fetched(one).split(".")
    key = jwt.PyJWK(jwt.get_unverified_header(".".join(parts))["jwk"], algorithm="RS256")
    place = ["header", "payload", "signature"].index(part)
    octets = bytearray(base64.urlsafe_b64decode(parts[place] + "=="))
    for changed in range(0, len(octets), max(1, len(octets) // 40)):
        other = bytearray(octets)
        other[changed] ^= 1
        sent = base64.urlsafe_b64encode(other).rstrip(b"=").decode()
        with pytest.raises(jwt.PyJWTError):
            jwt.decode(
                ".".join([*parts[:place], sent, *parts[place + 1 :]]), key, algorithms=["RS256"]
            )


def test_a_key_of_somebody_else_signs_nothing_of_ours(one: Certificate) -> None:
    token = fetched(one)
    published = Client().get(KEYS).json()["keys"]
    foreign = jwt.PyJWK(keys.make_key().public, algorithm="RS256")
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, foreign, algorithms=["RS256"])
    assert jwt.get_unverified_header(token)["jwk"]["n"] in {key["n"] for key in published}


def test_the_kid_leads_to_the_same_key_at_our_address(one: Certificate) -> None:
    header = jwt.get_unverified_header(fetched(one))
    told = Client().get(urlparse(header["kid"]).path).json()
    assert told["kid"] == header["kid"]
    assert {name: told[name] for name in ("kty", "n", "e")} == header["jwk"]
    assert jwt.decode(fetched(one), jwt.PyJWK(told), algorithms=["RS256"])["jti"]


def test_nothing_private_is_published(one: Certificate) -> None:
    fetched(one)
    published = Client().get(KEYS).content.decode()
    header = json.dumps(jwt.get_unverified_header(fetched(one)))
    private = keys.opened(SigningKey.objects.get().private).private_numbers()
    for secret in (private.d, private.p, private.q):
        assert keys.of_number(secret) not in published + header
    assert set(Client().get(KEYS).json()["keys"][0]) == {"kty", "n", "e", "kid", "alg", "use"}


def test_the_private_key_is_encrypted_at_rest(one: Certificate) -> None:
    fetched(one)
    assert "PRIVATE" not in SigningKey.objects.get().private


def test_after_a_new_key_the_old_one_stays_published_and_what_it_signed_is_good(
    one: Certificate,
) -> None:
    before = fetched(one)
    call_command("new_certificate_key", verbosity=0)
    after = fetched(one)
    names = [jwt.get_unverified_header(token)["kid"] for token in (before, after)]
    assert len(set(names)) == 2
    published = jwt.PyJWKSet.from_dict(Client().get(KEYS).json())
    for token, name in zip((before, after), names, strict=True):
        assert jwt.decode(token, published[name], algorithms=["RS256"])["name"] == "Aws"


def test_a_changed_secret_key_is_carried_over(one: Certificate, settings: Any) -> None:
    before = fetched(one)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-that-is-long-enough-to-be-taken-for-one-of-fifty"
    call_command("renew_secrets", verbosity=0)
    settings.SECRET_KEY_FALLBACKS = []
    keys.opened.cache_clear()
    assert jwt.get_unverified_header(fetched(one)) == jwt.get_unverified_header(before)


def test_a_lost_secret_key_costs_a_new_signing_key_and_nothing_else(
    one: Certificate, settings: Any
) -> None:
    before = fetched(one)
    settings.SECRET_KEY = "another-key-that-is-long-enough-to-be-taken-for-one-of-fifty"
    keys.opened.cache_clear()
    after = fetched(one)
    kids = {jwt.get_unverified_header(token)["kid"] for token in (before, after)}
    assert {key["kid"] for key in Client().get(KEYS).json()["keys"]} == kids
    assert len(kids) == 2


# --- Open Badges 3.0 ------------------------------------------------------------------------------

# What the specification requires (§ B.1), and of what kind
REQUIRED: dict[str, dict[str, type]] = {
    "": {
        "@context": list, "id": str, "type": list, "name": str, "issuer": dict, "validFrom": str,
        "credentialSubject": dict, "credentialStatus": dict,
    },
    "issuer": {"id": str, "type": list},
    "credentialSubject": {"type": list, "achievement": dict, "identifier": list},
    "credentialSubject.achievement": {
        "id": str, "type": list, "criteria": dict, "description": str, "name": str,
    },
    "credentialStatus": {"id": str, "type": str},
}  # fmt: skip


def within(claims: dict[str, Any], path: str) -> dict[str, Any]:
    for name in filter(None, path.split(".")):
        claims = claims[name]
    return claims


@pytest.mark.parametrize("path", REQUIRED)
def test_it_has_what_open_badges_require(one: Certificate, path: str) -> None:
    told = within(verified(fetched(one)), path)
    assert {name: type(told.get(name)) for name in REQUIRED[path]} == REQUIRED[path]


def test_its_members_say_what_the_specification_wants(one: Certificate) -> None:
    claims = verified(fetched(one))
    assert claims["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert claims["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0")
    assert claims["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert claims["issuer"]["type"] == ["Profile"]
    subject = claims["credentialSubject"]
    assert (subject["type"], subject["achievement"]["type"]) == (
        ["AchievementSubject"],
        ["Achievement"],
    )
    assert {"hashed": False, "identityType": "name", "type": "IdentityObject"}.items() <= subject[
        "identifier"
    ][0].items()
    assert subject["achievement"]["criteria"]["narrative"].startswith("Knew at least 80 %")
    since = datetime.fromisoformat(claims["validFrom"])
    assert since.tzinfo is not None
    assert (claims["iss"], claims["jti"], claims["sub"], claims["nbf"]) == (
        claims["issuer"]["id"],
        claims["id"],
        subject["id"],
        int(since.timestamp()),
    )


@pytest.mark.parametrize(
    ("lessons", "asking", "labs", "told"),
    [
        (3, 1, 1, "Knew at least 80 % of what 1 lesson asked; "
                  "completed each of 2 lessons that asked nothing; passed 1 lab."),
        (9, 9, 4, "Knew at least 80 % of what each of 9 lessons asked; passed each of 4 labs."),
        (2, 0, 4, "Completed each of 2 lessons that asked nothing; passed each of 4 labs."),
        (2, 2, 0, "Knew at least 80 % of what each of 2 lessons asked."),
    ],
)  # fmt: skip
def test_it_says_of_no_lesson_more_than_was_asked(
    lessons: int, asking: int, labs: int, told: str
) -> None:
    assert criteria(Certificate(lessons=lessons, asking=asking, labs=labs)) == told


def test_the_header_is_that_of_a_json_web_token_proof(one: Certificate) -> None:
    header = jwt.get_unverified_header(fetched(one))
    assert (header["alg"], header["typ"], header["jwk"]["kty"]) == ("RS256", "JWT", "RSA")


def test_its_status_says_whether_it_was_revoked(one: Certificate, lea: User) -> None:
    claims = verified(fetched(one))
    path = urlparse(claims["credentialStatus"]["id"]).path
    assert Client().get(path).json()["revokedCredential"] == []
    one.revoke(lea)
    [told] = Client().get(path).json()["revokedCredential"]
    assert told == {"id": claims["id"], "revoked": True}
    assert Client().get(f"{one.get_absolute_url()}credential.jwt").status_code == 404


def test_a_verifier_in_a_browser_may_read_keys_and_status_and_nothing_else(
    one: Certificate,
) -> None:
    header = jwt.get_unverified_header(fetched(one))
    page = one.get_absolute_url()
    paths = [KEYS, urlparse(header["kid"]).path, f"{page}status.json", page, "/accounts/login/"]
    told = [Client().get(path).get("Access-Control-Allow-Origin") for path in paths]
    assert told == ["*", "*", "*", None, None]


def test_the_issuer_is_who_runs_the_portal(one: Certificate, settings: Any) -> None:
    settings.CERTIFICATE_ISSUER = "Evening School"
    claims = verified(fetched(one))
    assert (claims["issuer"]["name"], claims["issuer"]["id"]) == (
        "Evening School",
        "http://testserver/",
    )
    assert "Evening School" in Client().get(one.get_absolute_url()).content.decode()


@pytest.mark.parametrize("host", ["portal.example.org:8443", "portal.example.org.", "sub.example"])
def test_no_request_says_who_issued_it(one: Certificate, settings: Any, host: str) -> None:
    settings.ALLOWED_HOSTS = ["portal.example.org", "sub.example"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://elsewhere.example", "https://portal.example.org:444"]
    settings.DEPLOYED = True
    asking = Client(HTTP_HOST=host)
    token, page = fetched(one, asking), asking.get(one.get_absolute_url()).content.decode()
    ours = "https://portal.example.org:444/"
    claims, header = verified(token), jwt.get_unverified_header(token)
    told = [claims["iss"], claims["jti"], claims["credentialStatus"]["id"], header["kid"]]
    assert claims["iss"] == ours
    assert all(address.startswith(ours) for address in told)
    assert f"{ours}certificates/{one.token}/" in page
    assert f"{host}/certificates" not in page


def test_without_an_origin_of_its_own_it_is_the_first_host(one: Certificate, settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS = [".example.org", "b.example"], []
    settings.DEPLOYED = settings.HTTPS = True
    assert verified(fetched(one, Client(HTTP_HOST="b.example")))["iss"] == "https://example.org/"
