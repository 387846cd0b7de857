"""The words that the editor offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.accounts.models import User

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(lea: User, client_of: Callable[[User], Client]) -> Ask:
    return lambda **query: client_of(lea).get("/labs/completions/", query).json()


def test_a_service_has_actions_with_their_access_level(ask: Ask) -> None:
    assert ["GetObject", "Read"] in ask(service="s3")["actions"]


def test_resources_are_examples_without_policy_variables(ask: Ask) -> None:
    resources = ask(service="s3")["resources"]
    assert "arn:aws:s3:::BucketName/ObjectName" in resources
    assert [arn for arn in resources if "${" in arn] == []


def test_without_a_service_all_services_and_the_global_keys_are_named(ask: Ask) -> None:
    words = ask()
    assert dict(words["services"])["s3"] == "Amazon S3"
    assert "aws:SecureTransport" in words["conditions"]


@pytest.mark.parametrize("service", ["../../etc/passwd", "no-such-service", "S3", "s3\0"])
def test_what_is_no_service_is_never_looked_up(service: str, ask: Ask) -> None:
    assert sorted(ask(service=service)) == ["conditions", "services"]


def test_the_browser_keeps_the_words_for_a_day(
    lea: User, client_of: Callable[[User], Client]
) -> None:
    assert (
        client_of(lea).get("/labs/completions/").headers["Cache-Control"]
        == "max-age=86400, private"
    )
