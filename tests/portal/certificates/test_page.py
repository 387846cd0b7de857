"""The page of a certificate, for whoever has its address."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lessons.models import Course
from portal.accounts.models import User
from portal.certificates import views
from portal.certificates.models import Certificate
from tests.portal.certificates.earning import make_one, master


@pytest.fixture
def one(client_of, lea: User, course: Course) -> Certificate:
    master(lea, course)
    return make_one(client_of(lea), "Léa <script>alert(1)</script> O'Neil")


def test_whoever_has_the_address_sees_who_learned_what(one: Certificate) -> None:
    answer = Client().get(one.get_absolute_url())
    page = answer.content.decode()
    assert "Léa &lt;script&gt;alert(1)&lt;/script&gt; O&#x27;Neil" in page
    assert "<script>alert" not in page
    assert "1 lesson, its questions known" in " ".join(page.split())
    assert "2 lessons without questions, completed" in " ".join(page.split())
    assert all(text in page for text in ("Aws", "1 lab passed", one.token))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert answer["Cache-Control"] == "private, no-store"


def test_the_page_promises_no_more_than_a_file_proves(one: Certificate) -> None:
    page = " ".join(Client().get(one.get_absolute_url()).content.decode().split())
    assert "compare it with http://testserver/.well-known/jwks.json" in page
    assert "credentialStatus" in page
    assert "from a file, without a network" not in page


def test_an_address_that_was_never_given_shows_nothing_after_one_query(
    one: Certificate, django_assert_num_queries: Any
) -> None:
    for token, status in ((one.token, 200), (one.token[:-1], 404), ("a" * 32, 404)):
        with django_assert_num_queries(1):
            assert Client().get(f"/certificates/{token}/").status_code == status


def test_addresses_are_long_and_all_different() -> None:
    tokens = {Certificate().token for _time in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 32  # 6 bits each


@pytest.mark.parametrize("tail", ["", "credential.jwt", "status.json"])
def test_a_network_asks_so_often(one: Certificate, tail: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(views, "PER_MINUTE", 3)
    path = f"{one.get_absolute_url()}{tail}"
    assert [Client().get(path).status_code for _time in range(5)] == [200, 200, 200, 429, 429]
    other = Client(REMOTE_ADDR="198.51.100.7")
    assert other.get(path).status_code == 200
