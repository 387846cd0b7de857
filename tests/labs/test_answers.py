"""What each kind's verdict shows beside its findings, for real labs and real answers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from labs.grading.report import Finding
from labs.models import Lab, Submission
from labs.source import LabSource
from labs.sync import columns_of
from labs.tasks import check
from portal.accounts.models import User
from tests.labs.shipped import shipped_labs
from tests.rows import make_lab, make_submission

CATALOG = {lab.slug: lab for lab in shipped_labs()}
FIRST_OF_KIND = {lab.kind: lab for lab in reversed(CATALOG.values())}
pytestmark = pytest.mark.any_database
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
        return client_of(lea).get(
            f"/labs/attempts/{submission.pk}/verdict/"
        ).content.decode(), submission

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
    findings = [Finding.from_json(row) for row in submission.grade.report["findings"]]
    open_words = repr([one for one in findings if not one.hidden])
    secrets = {one.message for one in findings if one.hidden} - {""}
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
        ("asg-scaling-policy", "How the days went"),
    ],
)
def test_a_kind_draws_what_it_found(kind: str, words: str, shown: Shown) -> None:
    source = FIRST_OF_KIND[kind]
    html, _submission = shown(source, source.variants[0].solution)
    assert words in html


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


EVERYTHING = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
)
OTHER_BUCKET = """{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::another-bucket/*"}]}"""


def test_a_policy_that_is_too_wide_is_answered_with_a_request_that_should_be_denied(
    shown: Shown,
) -> None:
    html, _submission = shown(CATALOG["read-one-bucket"], EVERYTHING)
    end = html.index("verdict-group") if "verdict-group" in html else html.index("</section>")
    headline = text_of(html[html.index("counterexample-words") : end])
    assert "is allowed by your policy; it should be denied." in headline
    assert "How this was decided" in headline
    assert "Your policy allows everything that is needed, and more." in headline


def test_a_policy_that_is_wrong_both_ways_is_answered_with_a_request_for_each(shown: Shown) -> None:
    html, _submission = shown(CATALOG["read-one-bucket"], OTHER_BUCKET)
    assert html.count("counterexample-words") == 2
    assert "is allowed by your policy; it should be denied." in html
    assert "is denied by your policy; it is needed." in html
    assert 'data-relation="different"' in html


def test_a_policy_that_aws_would_refuse_says_so_once(shown: Shown) -> None:
    refused = EVERYTHING.replace('"Action"', '"Principal": "*", "Action"')
    html, _submission = shown(CATALOG["read-one-bucket"], refused)
    assert "AWS would refuse to save this policy, so no request was decided." in text_of(html)
    assert "Mend line 1 first." in text_of(html)
    assert html.count('data-state="failed"') == 2  # the verdict, and the stray Principal
    assert "counterexample-words" not in html


@pytest.mark.parametrize("kind", ["security-group", "security-group-graph"])
def test_traffic_is_compared_in_a_picture(kind: str, shown: Shown) -> None:
    source = FIRST_OF_KIND[kind]
    right, _submission = shown(source, source.variants[0].solution)
    wrong, _submission = shown(source, source.variants[0].starter)
    assert 'data-relation="equal"' in right
    assert re.findall(r'data-relation="([a-z]+)"', wrong) != ["equal"]
    assert "counterexample-words" in wrong


@pytest.mark.parametrize(
    "source",
    [lab for lab in CATALOG.values() if lab.kind == "find-the-flaw"],
    ids=lambda lab: lab.slug,
)
def test_a_rule_table_gives_no_unmarked_line_away(source: LabSource, shown: Shown) -> None:
    solution = source.variants[0].solution
    first = next(line for line in solution.split("\n") if line.partition("#")[0].strip())
    html, submission = shown(source, first.partition("#")[0])
    unmarked = [row for row in submission.grade.report["extra"]["lines"] if not row["marked"]]
    assert unmarked
    assert [
        row for row in unmarked if set(row) != {"number", "text", "marked"} or row["text"] in html
    ] == []


def test_a_day_of_load_is_drawn_beside_the_attempt_before(shown: Shown) -> None:
    source = CATALOG["survive-the-sale"]
    variant = source.variants[0]
    first, _submission = shown(source, variant.starter)
    assert first.count('class="day-picture"') == 1  # of three days two are hidden
    assert "capacity before" not in first
    second, _submission = shown(source, variant.solution)
    assert "capacity before" in second
    assert re.search(r"Minutes of overload 0 \(before: [1-9]\d*\)", second)
    third, _submission = shown(source, variant.wrong["policy-alone.json"])
    assert "(before: 0)" in third
