"""The form that all values of a key have, for searches over texts: an account id has twelve digits,
an ARN six parts."""

from __future__ import annotations

from functools import lru_cache

from labs.grading.iam.comparison.key_values import ACCOUNT_KEYS, single_type
from labs.grading.wildcards.automata import Element, Elements, elements_of

DIGIT = Element(frozenset("0123456789"))
TWELVE_DIGITS = (DIGIT,) * 12
NO_COLON = frozenset(":")
PART = (Element(never=NO_COLON, loop=True),)
SOME_PART = (Element(never=NO_COLON), *PART)
NAME = (
    Element(never=frozenset(":/")),
    Element(never=NO_COLON, loop=True),
    Element(never=frozenset(":/")),
)
SHORT_NAME = (Element(never=frozenset(":/")),)
OCTET = (DIGIT, Element(frozenset("0123456789"), loop=True))
DOT = elements_of((".",))
IPV4 = (*OCTET, *DOT, *OCTET, *DOT, *OCTET, *DOT, *OCTET)
NAMES = (SHORT_NAME, NAME)


@lru_cache(maxsize=256)
def forms_of(key: str) -> tuple[Elements, ...]:
    """The forms (any of them) that a value of the key, in lower case, has; empty: any text."""
    if key in ACCOUNT_KEYS:
        return (TWELVE_DIGITS,)
    if key == "aws:principalarn":
        return tuple(principal_forms())
    if single_type(key) == "ARN":
        return (arn_form(),)
    if single_type(key) == "IPAddress":
        return (IPV4,)
    return ()


def arn_form() -> Elements:
    colon = elements_of((":",))
    resource = (Element(), Element(loop=True))
    return (
        *elements_of(("arn:",)), *SOME_PART, *colon, *SOME_PART, *colon,
        *PART, *colon, *PART, *colon, *resource,
    )  # fmt: skip


def principal_forms() -> list[Elements]:
    """Of users, roles, federated users and the account's root."""
    beginning = (*elements_of(("arn:",)), *SOME_PART)
    iam = (*beginning, *elements_of((":iam::",)), *TWELVE_DIGITS)
    sts = (*beginning, *elements_of((":sts::",)), *TWELVE_DIGITS)
    return [
        *(
            (*iam, *elements_of((f":{kind}/",)), *name)
            for kind in ("user", "role")
            for name in NAMES
        ),
        (*iam, *elements_of((":root",))),
        (*sts, *elements_of((":federated-user/",)), *SHORT_NAME),
    ]
