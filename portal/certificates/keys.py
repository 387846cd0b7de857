"""The portal's signature: RS256, which every verifier of Open Badges knows. A key is made when the
first certificate is asked for, and kept encrypted."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from portal.accounts import secrets_at_rest
from portal.certificates.models import SigningKey

BITS = 3072  # as strong as 128 bits: a certificate is looked at for years


def current_key() -> SigningKey:
    """The newest one that can be read; one whose SECRET_KEY is gone signs nothing more."""
    for key in SigningKey.objects.all():
        if is_readable(key):
            return key
    return make_key()


def make_key() -> SigningKey:
    private = generate_private_key(public_exponent=65537, key_size=BITS)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = jwk_of(private)
    return SigningKey.objects.create(
        name=thumbprint(public), public=public, private=secrets_at_rest.encrypt(pem)
    )


def is_readable(key: SigningKey) -> bool:
    try:
        return bool(opened(key.private))
    except secrets_at_rest.UnreadableSecretError:
        return False


@lru_cache(maxsize=4)
def opened(kept: str) -> RSAPrivateKey:
    """Checked when it was made: to do that again takes longer than to sign."""
    pem = secrets_at_rest.decrypt(kept).encode()
    key = load_pem_private_key(pem, password=None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, RSAPrivateKey)
    return key


def renew_keys() -> int:
    """Every private key under the present SECRET_KEY; how many there are."""
    rows = list(SigningKey.objects.all())
    for row in rows:
        row.private = secrets_at_rest.renew(row.private)
        row.save(update_fields=["private"])
    return len(rows)


def signed(claims: dict[str, Any], key: SigningKey, *, address: str) -> str:
    """A compact JWS (RFC 7515). The public key comes with it, so that a change is found without a
    network; at `address` the portal says that the key is its own."""
    header = {"alg": "RS256", "typ": "JWT", "kid": address, "jwk": key.public}
    text = f"{packed(header)}.{packed(claims)}"
    return f"{text}.{in_base64(opened(key.private).sign(text.encode(), PKCS1v15(), SHA256()))}"


def jwk_of(key: RSAPrivateKey) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    return {"kty": "RSA", "n": of_number(numbers.n), "e": of_number(numbers.e)}


def thumbprint(public: dict[str, str]) -> str:
    """RFC 7638: what a key is called follows from the key."""
    told = json.dumps(public, sort_keys=True, separators=(",", ":"))
    return in_base64(sha256(told.encode()).digest())


def packed(value: dict[str, Any]) -> str:
    return in_base64(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def of_number(number: int) -> str:
    return in_base64(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def in_base64(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()
