"""What the guides say of names, of the choice among certificates and of their ends; and the same
choice worked out a second time, over certificates by chance."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from labs.grading.certificates.listeners.model import (
    ALGORITHMS,
    APPLICATION,
    CLASSIC,
    CLOUDFRONT,
    RENEWED,
    Certificate,
    Listener,
    Place,
)
from labs.grading.certificates.listeners.names import fits, is_name
from labs.grading.certificates.listeners.policies import in_common
from labs.grading.certificates.serving.acceptance import judge
from labs.grading.certificates.serving.selection import Visitor, possibly_shown

TODAY = date(2026, 12, 1)
YEAR = timedelta(days=365)
WEB = Place("web", APPLICATION, "eu-west-2")


def certificate(name, *names, algorithm="RSA_2048", last=TODAY + YEAR, **more):
    return Certificate(name, names, TODAY - YEAR, last, "eu-west-2", algorithm, **more)


def shown(listener, host, **more):
    found = possibly_shown(listener, Visitor(host, TODAY, **more))
    return [one.certificate.name if one.certificate else None for one in found]


def ended(listener, host, day=TODAY, **more):
    found = judge(listener, Visitor(host, day, **more))
    return found.end, found.reason


DEFAULT = certificate("default", "example.net")
EXACT = certificate("exact", "www.example.com")
STAR = certificate("star", "*.example.com")


@pytest.mark.parametrize(
    ("name", "host", "does"),
    [
        ("*.example.com", "www.example.com", True),
        ("*.example.com", "example.com", False),
        ("*.example.com", "a.www.example.com", False),
        ("*.example.com", "wwwexample.com", False),
        ("*.example.com", ".example.com", False),
        ("example.com", "example.com", True),
        ("example.com", "www.example.com", False),
    ],
)
def test_a_star_stands_for_exactly_one_part(name, host, does):
    """ACM User Guide, "Wildcard names"; RFC 9525, 6.3."""
    assert fits(name, host) is does


@pytest.mark.parametrize("text", ["*", "com", "a*.example.com", "a.*.example.com", "-a.com", "a..b",
                                  "http://a.com", "a b.com", "*.*.example.com", ""])  # fmt: skip
def test_what_acm_would_not_take_is_no_name(text):
    assert not is_name(text)


# --- User Guide for Application Load Balancers, "SSL certificates" --------------------------------


def test_the_default_is_shown_if_no_name_is_said_or_nothing_of_the_list_fits():
    listener = Listener(WEB, DEFAULT, (EXACT,))
    assert shown(listener, "www.example.com") == ["exact"]
    assert shown(listener, "www.example.com", sni=False) == ["default"]
    assert shown(listener, "other.example.com") == ["default"]


def test_one_of_the_list_goes_before_a_default_that_fits_as_well():
    listener = Listener(WEB, certificate("default", "www.example.com"), (STAR,))
    assert shown(listener, "www.example.com") == ["star"]


def test_ecdsa_goes_before_rsa_where_the_client_can():
    elliptic = certificate("elliptic", "www.example.com", algorithm="EC_prime256v1")
    listener = Listener(WEB, DEFAULT, (EXACT, elliptic))
    assert shown(listener, "www.example.com") == ["elliptic"]
    assert shown(listener, "www.example.com", rsa_only=True) == ["exact"]


def test_what_has_not_expired_goes_before_what_has_and_then_the_longer_key():
    long = certificate("long", "www.example.com", algorithm="RSA_4096")
    old = certificate("old", "www.example.com", algorithm="RSA_4096", last=TODAY - YEAR / 2)
    assert shown(Listener(WEB, DEFAULT, (EXACT, old)), "www.example.com") == ["exact"]
    assert shown(Listener(WEB, DEFAULT, (EXACT, long)), "www.example.com") == ["long"]


def test_where_the_guide_says_nothing_all_that_may_be_shown_is_kept():
    long = certificate("long", "*.example.com", algorithm="RSA_4096")
    assert shown(Listener(WEB, DEFAULT, (EXACT, long)), "www.example.com") == ["exact", "long"]
    expired = certificate("expired", "*.example.com", algorithm="EC_prime256v1", last=TODAY - YEAR)
    listener = Listener(WEB, DEFAULT, (EXACT, expired))
    assert ended(listener, "www.example.com") == ("unsure", "ambiguous")


def test_a_classic_balancer_and_a_distribution_show_the_one_that_they_have():
    for kind in (CLASSIC, CLOUDFRONT):
        assert shown(Listener(Place("x", kind, ""), STAR), "nothing.example.org") == ["star"]


# --- What the visitor makes of it -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("listener", "visitor", "end"),
    [
        (Listener(WEB, DEFAULT, (STAR,)), ("www.example.com", {}), ("accepted", "")),
        (Listener(WEB, DEFAULT), ("www.example.com", {}), ("warned", "name")),
        (Listener(WEB, STAR), ("example.com", {}), ("warned", "bare-name")),
        (Listener(WEB, STAR), ("a.b.example.com", {}), ("warned", "two-parts")),
        (Listener(WEB, DEFAULT, (STAR,)), ("b.example.com", {"sni": False}), ("warned", "no-sni")),
        (Listener(WEB, STAR), ("b.example.com", {"day": TODAY + 2 * YEAR}), ("warned", "imported")),
        (Listener(WEB, STAR), ("b.example.com", {"day": TODAY - 2 * YEAR}), ("warned", "not-yet")),
        (
            Listener(WEB, certificate("a", "a.com", renewal=RENEWED)),
            ("a.com", {"day": TODAY + 9 * YEAR}),
            ("accepted", ""),
        ),
        (
            Listener(WEB, certificate("a", "a.com", renewal="by-mail")),
            ("a.com", {"day": TODAY + 9 * YEAR}),
            ("warned", "by-mail"),
        ),
        (Listener(WEB, certificate("a", "a.com", trusted=False)), ("a.com", {}),
         ("warned", "untrusted")),
        (
            Listener(WEB, certificate("a", "a.com", algorithm="EC_prime256v1")),
            ("a.com", {"rsa_only": True}),
            ("refused", "key"),
        ),
        (
            Listener(WEB, STAR, policy="ELBSecurityPolicy-TLS13-1-2-2021-06"),
            ("www.example.com", {"tls": "1.1"}),
            ("refused", "protocol"),
        ),
    ],
)  # fmt: skip
def test_a_browser_looks_at_name_day_and_signature(listener, visitor, end):
    host, more = visitor
    assert ended(listener, host, **more) == end


@pytest.mark.parametrize(
    ("policy", "newest", "speaks"),
    [
        ("", "1.0", True),
        ("", "1.3", True),
        ("ELBSecurityPolicy-TLS13-1-3-2021-06", "1.2", False),
        ("ELBSecurityPolicy-TLS-1-2-2017-01", "1.3", True),
        ("ELBSecurityPolicy-TLS13-1-1-2021-06", "1.0", False),
    ],
)
def test_a_policy_says_which_versions_are_spoken(policy, newest, speaks):
    assert in_common(policy, newest) is speaks


# --- By chance -----------------------------------------------------------------------------------

NAMES = ["a.com", "*.a.com", "b.a.com", "*.b.a.com", "c.com"]
TURNS = 700
HOSTS = ["a.com", "b.a.com", "c.b.a.com", "d.a.com", "c.com", "e.com"]


def some_certificate(dice, number):
    return Certificate(
        f"c{number}",
        tuple(dice.sample(NAMES, dice.randint(1, 2))),
        TODAY,
        TODAY + timedelta(days=dice.choice([10, 100, 400])),
        "eu-west-2",
        dice.choice(ALGORITHMS),
    )


def plainly(listener, visitor):
    """Written from the guide's sentences once more, as sets of names."""

    def has(one):
        labels = visitor.host.split(".")
        return visitor.host in one.names or ".".join(["*", *labels[1:]]) in one.names

    def usable(one):
        return not (visitor.rsa_only and "EC_" in one.algorithm)

    default = {listener.default.name if usable(listener.default) else None}
    fitting = [one for one in listener.others if has(one)]
    if not visitor.sni or not fitting:
        return default
    if not any(map(usable, fitting)):
        return {None} | default
    found = set()
    for pool in ([one for one in fitting if visitor.host in one.names], fitting):
        left = [one for one in pool if usable(one)]
        for better in (
            lambda one: "EC_" in one.algorithm,
            lambda one: one.last >= visitor.day,
            lambda one: (
                {"EC_prime256v1": 256, "EC_secp384r1": 384}.get(one.algorithm)
                or int(one.algorithm[4:])
            ),
        ):
            best = max(map(better, left), default=0)
            left = [one for one in left if better(one) == best]
        found |= {one.name for one in left}
    return found


def test_the_choice_is_that_of_the_guide_whatever_the_list():
    dice = Random(8)
    for _ in range(TURNS):
        certificates = [some_certificate(dice, number) for number in range(dice.randint(1, 5))]
        listener = Listener(WEB, certificates[0], tuple(certificates[1:]))
        for _ in range(6):
            visitor = Visitor(
                dice.choice(HOSTS),
                TODAY + timedelta(days=dice.randint(0, 500)),
                dice.random() < 0.8,
                dice.random() < 0.3,
            )
            found = {
                one.certificate.name if one.certificate else None
                for one in possibly_shown(listener, visitor)
            }
            assert found == plainly(listener, visitor)
