"""Which certificate is shown: “SSL certificates for your Application Load Balancer”, RFC 6125."""

from __future__ import annotations

import pytest

from labs.grading.names.certificates import Listener, fits, read_visit

LISTENER = Listener(
    {
        "star": ["*.example.com"],
        "exact": ["shop.example.com"],
        "both": ["example.org", "*.example.org"],
        "fallback": ["example.net"],
    },
    "fallback",
)


@pytest.mark.parametrize(
    ("pattern", "host", "good"),
    [
        ("*.example.com", "foo.example.com", True),  # the RFC's own three
        ("*.example.com", "bar.foo.example.com", False),
        ("*.example.com", "example.com", False),
        ("*.example.com", ".example.com", False),
        ("Shop.Example.com", "shop.example.COM.", True),
        ("shop.example.com", "myshop.example.com", False),
        ("*.example.com", "foo.notexample.com", False),
    ],
)
def test_a_star_stands_for_one_label(pattern: str, host: str, good: bool) -> None:
    assert fits(pattern, host) is good


@pytest.mark.parametrize(
    ("host", "says_name", "certificate", "warning"),
    [
        ("shop.example.com", True, "exact", "no"),
        ("news.example.com", True, "star", "no"),
        ("a.news.example.com", True, "fallback", "yes"),
        ("example.com", True, "fallback", "yes"),
        ("example.org", True, "both", "no"),
        ("blog.example.org", True, "both", "no"),
        ("example.net", True, "fallback", "no"),
        ("shop.example.com", False, "fallback", "yes"),
        ("example.net", False, "fallback", "no"),
    ],
)
def test_exact_before_a_star_before_the_default(
    host: str, says_name: bool, certificate: str, warning: str
) -> None:
    shown = read_visit(LISTENER, host, says_name=says_name)
    assert shown == {"certificate": certificate, "warning": warning}
