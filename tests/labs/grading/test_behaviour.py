"""What an answer does, without the names of one variant."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from labs.grading.behaviour import Behaviour, Classifier, words_of
from labs.grading.grade import grade as check
from labs.grading.iam.exercise.behaviour import behaviour as of_policy
from labs.grading.network.exercise.behaviour import behaviour as of_packet
from labs.grading.report import Finding, Report
from labs.language import in_language
from labs.mistakes import HOME, Key, World, keys_of, names_between, text_of
from labs.source import LabSource
from tests.labs.shipped import shipped_lab

OSKAR = "arn:aws:iam::111122223333:user/oskar"


def finding(code: str = "iam.too-wide", **counterexample: Any) -> Finding:
    return Finding(code, False, 1, "No.", counterexample=counterexample)


def lab_called(slug: str) -> LabSource:
    return shipped_lab(slug)


def report_on(lab: LabSource, wrong: str, number: int = 0) -> Report:
    variant = lab.variants[number]
    made_of = {"table": variant.table, "files": variant.files, "starter": variant.starter}
    return check(lab.kind_module, text=variant.wrong[wrong], **made_of)


def keys_in(lab: LabSource, wrong: str, number: int = 0) -> list[Key]:
    first, mine = lab.variants[0], lab.variants[number]
    names = names_between(text_of(mine), text_of(first)) if number else {}
    report = report_on(lab, wrong, number)
    world = World(names, first.solution)
    return keys_of(report.findings, lab.kind_module.NAME, world, refused=report.refused)


@pytest.mark.parametrize(
    ("code", "request_", "solution", "words"),
    [
        (
            "iam.too-wide",
            {"action": "s3:DeleteObject", "resource": "arn:aws:s3:::photos/originals/a.raw"},
            "arn:aws:s3:::photos/*",
            "allows s3:DeleteObject on objects under originals/",
        ),
        (
            "iam.too-wide",
            {"action": "s3:GetObject", "resource": "arn:aws:s3:::secrets/2026/a.csv"},
            "arn:aws:s3:::photos/*",
            "allows s3:GetObject on objects under 2026/ in another bucket",
        ),
        (
            "iam.too-narrow",
            {"action": "s3:ListBucket", "resource": "arn:aws:s3:::photos"},
            "arn:aws:s3:::photos",
            "denies s3:ListBucket on s3 bucket",
        ),
        (
            "iam.too-wide",
            {"action": "ecr:PutImage", "resource": "arn:aws:ecr:eu-west-2:1:repository/payments"},
            "repository/web",
            "allows ecr:PutImage on another ecr repository",
        ),
        (
            "iam.too-narrow",
            {"action": "iam:ChangePassword", "resource": OSKAR, "principal": OSKAR},
            "",
            "denies iam:ChangePassword on one’s own iam user",
        ),
        (
            "iam.too-wide",
            {"action": "sts:AssumeRole", "resource": "", "principal": "lambda.amazonaws.com"},
            "",
            "lets lambda.amazonaws.com call sts:AssumeRole",
        ),
        (
            "iam.too-wide",
            {"action": "ec2:DescribeInstances", "resource": "*"},
            "",
            "allows ec2:DescribeInstances on every resource",
        ),
    ],
)
def test_a_request_is_told_by_action_and_kind_of_resource(code, request_, solution, words):
    assert words_of(of_policy(finding(code, **request_), solution)) == words


def test_what_a_comparison_found_names_the_conditions_that_matter():
    request = {"action": "s3:GetObject", "resource": "arn:aws:s3:::photos/a"}
    keys = {"aws:SecureTransport": "false", "aws:SourceArn": "arn:aws:sns:…"}
    found = finding(request=request, keys=keys, yours="Allowed", expected="ImplicitlyDenied")
    said = "allows s3:GetObject on s3 object, with aws:SecureTransport false, aws:SourceArn"
    assert words_of(of_policy(found, "photos")) == said


@pytest.mark.parametrize(
    ("flow", "direction", "answer", "words"),
    [
        (
            {"protocol": "tcp", "port": 22, "source": "198.51.100.23"},
            *("in", "allow", "lets TCP 22 (SSH) in from public IPv4 addresses"),
        ),
        (
            {"protocol": "tcp", "port": 443, "source": "2001:db8::1"},
            *("in", "deny", "keeps TCP 443 (HTTPS) from public IPv6 addresses out"),
        ),
        (
            {"protocol": "tcp", "port": 40000, "source": "sg-0c33alb"},
            *("in", "deny", "keeps TCP to a port above 1023 from members of a group out"),
        ),
        (
            {"protocol": "udp", "port": 53, "source": "10.0.0.2"},
            *("out", "deny", "holds UDP 53 (DNS) to private addresses back"),
        ),
        (
            {"protocol": "icmp", "type": 8, "code": 0, "source": "192.0.2.7"},
            *("out", "allow", "lets ICMP 8/0 out to public IPv4 addresses"),
        ),
    ],
)
def test_a_packet_is_told_by_port_and_kind_of_address(flow, direction, answer, words):
    found = finding("sg.too-wide", flow=flow, direction=direction, answer=answer)
    assert words_of(of_packet(found, "")) == words


def test_between_two_hosts_their_names_are_left_out():
    found = finding("sg.too-wide", words="TCP 8081 from balancer to blue", answer="deny")
    assert words_of(of_packet(found, "")) == "stops TCP to a port above 1023"


def test_a_finding_without_a_case_is_told_by_its_code_alone():
    nothing = Finding("sg.ssh-open", False, 0, "Open.")
    assert (of_packet(nothing, ""), of_policy(nothing, "")) == ("", "")


def test_a_key_of_another_version_stands_for_itself():
    assert words_of("walks|far") == "walks|far"


def test_a_key_is_never_longer_than_its_column():
    assert len(Behaviour("allows", "a" * 300, "b|c").key) == 160


def test_behaviours_are_told_in_german_as_well():
    with translation.override("de"):
        words = in_language(words_of("allows|s3:DeleteObject|below originals/"))
    assert words == "erlaubt s3:DeleteObject auf Objekte unter originals/"


def test_the_same_mistake_is_the_same_in_every_variant():
    lab = lab_called("deny-wins")
    assert keys_in(lab, "allow-without.json", 1) == keys_in(lab, "allow-without.json", 0)
    assert Key("iam.too-wide", "allows|s3:DeleteObject|below originals/") in keys_in(
        lab, "allow-without.json"
    )


def test_advice_that_tells_why_counts_as_a_mistake():
    assert Key("sg.ssh-open") in keys_in(lab_called("let-the-web-in"), "all-traffic.json")


def test_of_a_refused_answer_only_what_it_was_refused_for_counts():
    keys = keys_in(lab_called("mend-the-policy"), "date-as-version.json")
    assert [one.code for one in keys] == ["iam.version"]


def test_nobody_makes_more_than_a_dozen_mistakes_at_once():
    many = [Finding(f"words.{number}", False, 1, "No.") for number in range(40)]
    assert len(keys_of(many, "words", HOME, refused="")) == 12


def test_every_wrong_answer_of_the_catalogue_has_a_mistake_in_each_variant():
    for slug in ("both-families", "share-one-folder", "the-forgetful-border", "slice-the-vpc"):
        lab = lab_called(slug)
        for number, variant in enumerate(lab.variants):
            assert all(keys_in(lab, wrong, number) for wrong in variant.wrong)


def test_kinds_that_show_cases_say_what_answers_do():
    kinds = {lab_called(slug).kind_module.NAME for slug in ("deny-wins", "classic-ports")}
    assert kinds == {"iam-policy", "security-group"}
    assert isinstance(lab_called("deny-wins").kind_module, Classifier)
