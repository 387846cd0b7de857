"""The words that the editor offers: each kind says its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from labs.grading.completions import Completer
from labs.grading.kinds import KINDS
from portal.accounts.models import User

Ask = Callable[..., dict[str, Any]]
COMPLETERS = [name for name, kind in KINDS.items() if isinstance(kind, Completer)]


@pytest.fixture
def ask(lea: User, client_of: Callable[[User], Client]) -> Ask:
    def answer(kind: str, **query: str) -> dict[str, Any]:
        return client_of(lea).get(f"/labs/completions/{kind}/", query).json()

    return answer


def test_a_service_has_actions_with_their_access_level(ask: Ask) -> None:
    assert ["s3:GetObject", "Read"] in ask("iam-policy", topic="s3")["lists"]["actions"]


def test_resources_are_examples_without_policy_variables(ask: Ask) -> None:
    resources = [arn for arn, _about in ask("iam-policy", topic="s3")["lists"]["resources"]]
    assert "arn:aws:s3:::BucketName/ObjectName" in resources
    assert [arn for arn in resources if "${" in arn] == []


def test_without_a_service_all_services_and_the_global_keys_are_named(ask: Ask) -> None:
    lists = ask("trust-policy")["lists"]
    assert dict(lists["topics"])["s3"] == "Amazon S3"
    assert ["aws:SecureTransport", ""] in lists["conditions"]


@pytest.mark.parametrize("topic", ["../../etc/passwd", "no-such-service", "S3", "s3\0"])
def test_what_is_no_service_is_never_looked_up(topic: str, ask: Ask) -> None:
    assert ask("iam-policy", topic=topic) == {"lists": {}}


@pytest.mark.parametrize("kind", COMPLETERS)
def test_every_place_names_lists_that_there_are(kind: str, ask: Ask) -> None:
    answer = ask(kind)
    topics = [name for name, _about in answer["lists"].get("topics", [])]
    known = set(answer["lists"]) | set(ask(kind, topic="s3")["lists"] if "s3" in topics else ())
    assert {name for slot in answer["slots"] for name in slot["lists"]} - known == set()


def test_what_is_said_beside_a_word_is_in_the_readers_language(lea, client_of) -> None:
    client = client_of(lea)
    client.cookies["django_language"] = "de"
    lists = client.get("/labs/completions/security-group/").json()["lists"]
    assert ["0.0.0.0/0", "alle IPv4-Adressen"] in lists["blocks"]


@pytest.mark.parametrize("kind", ["find-the-flaw", "no-such-kind"])
def test_a_kind_without_words_has_no_address(kind: str, lea, client_of) -> None:
    assert client_of(lea).get(f"/labs/completions/{kind}/").status_code == 404


def test_the_browser_keeps_the_words_for_a_day(
    lea: User, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(lea).get("/labs/completions/iam-policy/")
    assert answer.headers["Cache-Control"] == "max-age=86400, private"
