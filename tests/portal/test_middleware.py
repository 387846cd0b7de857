"""A session that ends while a page is open."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("page", "sign_in"),
    [
        ("http://testserver/labs/say-it/?a=1", "/accounts/login/?next=%2Flabs%2Fsay-it%2F%3Fa%3D1"),
        ("http://elsewhere.example/labs/", "/accounts/login/"),
        ("", "/accounts/login/"),
    ],
)
def test_a_fragment_leads_to_sign_in_and_back_to_its_own_page(client: Client, page: str, sign_in: str) -> None:
    response = client.post("/labs/say-it/submit/", headers={"HX-Request": "true", "HX-Current-URL": page})
    assert (response.status_code, response["HX-Redirect"]) == (200, sign_in)


def test_a_page_is_asked_for_in_the_ordinary_way(client: Client) -> None:
    assert client.get("/labs/").url == "/accounts/login/?next=/labs/"
