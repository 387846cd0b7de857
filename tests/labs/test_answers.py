"""What each kind's verdict shows beside its findings, for real labs and real answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client

from labs.grading.kinds import KINDS
from labs.models import Lab, Submission
from labs.source import LabSource, read_catalog
from labs.sync import columns_of
from labs.tasks import check
from portal.accounts.models import User
from tests.rows import make_lab, make_submission

CATALOG = {lab.slug: lab for lab in read_catalog(Path(settings.CATALOG_DIR))}
FIRST_OF_KIND = {lab.kind: lab for lab in reversed(CATALOG.values())}
ClientOf = Callable[[User], Client]
Shown = Callable[[LabSource, str], tuple[str, Submission]]


@pytest.fixture
def shown(lea: User, client_of: ClientOf) -> Shown:
    """The verdict of lea's answer, as she sees it."""

    def show(source: LabSource, text: str) -> tuple[str, Submission]:
        lab = Lab.objects.filter(slug=source.slug).first()
        if lab is None:
            lab = make_lab(lea.memberships.get().cohort.course, source.slug, kind=source.kind)
            lab.variants.update(**columns_of(source.variants[0]))
        submission = make_submission(lea, lab, text)
        check(submission.pk)
        submission.refresh_from_db()
        return client_of(lea).get(f"/labs/attempts/{submission.pk}/verdict/").content.decode(), submission

    return show


@pytest.mark.parametrize("source", FIRST_OF_KIND.values(), ids=lambda lab: lab.kind)
def test_a_right_and_each_wrong_answer_can_be_shown(source: LabSource, shown: Shown) -> None:
    html, _submission = shown(source, source.variants[0].solution)
    assert 'data-state="passed"' in html
    for text in source.variants[0].wrong.values():
        html, submission = shown(source, text)
        assert submission.fault == ""
        assert 'data-state="failed"' in html


@pytest.mark.parametrize("source", CATALOG.values(), ids=lambda lab: lab.slug)
def test_hidden_checks_are_not_given_away(source: LabSource, shown: Shown) -> None:
    wrong = next(iter(source.variants[0].wrong.values()))
    html, submission = shown(source, wrong)
    findings = submission.grade.report["findings"]
    open_words = json.dumps([row for row in findings if not row["hidden"]])
    secrets = {row["message"] for row in findings if row["hidden"]} - {""}
    for secret in secrets:
        if secret not in open_words:
            assert secret not in html


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("iam-policy", "How each request was decided"),
        ("security-group", "Packet by packet"),
        ("network-acl", "Packet by packet"),
        ("packet-walk", "How the packets walked"),
        ("security-group-graph", "How the packets walked"),
        ("subnetting", "Your plan"),
        ("find-the-flaw", "The lines you marked"),
    ],
)
def test_a_kind_draws_what_it_found(kind: str, words: str, shown: Shown) -> None:
    source = FIRST_OF_KIND[kind]
    html, _submission = shown(source, source.variants[0].solution)
    assert words in html


def test_a_policy_that_is_too_wide_shows_a_request_that_should_be_denied(shown: Shown) -> None:
    everything = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
    html, _submission = shown(CATALOG["read-one-bucket"], everything)
    assert "Too much: one request that you let through" in html
    assert "Why your policy decides so" in html


def test_every_kind_has_a_template_or_says_everything_in_its_findings() -> None:
    for name in KINDS:
        if name not in {"words"}:
            get_template(f"labs/answers/{name}.html")
