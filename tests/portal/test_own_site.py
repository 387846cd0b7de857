"""Mails and certificates name the portal by what it was told, and never by what a request says."""

from __future__ import annotations

from typing import Any

import pytest

from portal.own_site import own_site


@pytest.mark.parametrize(
    ("deployed", "hosts", "origins", "site"),
    [
        (False, ["localhost", "127.0.0.1"], [], "http://localhost:8123"),
        (True, ["learn.example"], [], "https://learn.example"),
        (True, [".learn.example"], [], "https://learn.example"),
        (True, ["learn.example"], ["https://learn.example:444/"], "https://learn.example:444"),
        (True, ["learn.example"], ["https://other.example"], "https://learn.example"),
        (True, ["*"], [], "https://localhost"),
    ],
)
def test_the_portal_knows_where_it_is(
    settings: Any, deployed: bool, hosts: list[str], origins: list[str], site: str
) -> None:
    settings.DEPLOYED = settings.HTTPS = deployed
    settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS, settings.PORT = hosts, origins, 8123
    assert own_site() == site
