from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import grade, read_answer
from labs.grading.kinds import KINDS
from labs.grading.network.addresses.plan import RESERVED, smallest_prefix_for

PLAN = """
vpc 10.0.0.0/16
subnet web-a 10.0.0.0/24 eu-west-2a igw
subnet web-b 10.0.1.0/24 eu-west-2b igw
subnet app-a 10.0.2.0/23 eu-west-2a nat-a
nat nat-a web-a
"""
SPEC = {
    "vpc": "10.0.0.0/16",
    "spread": [["web-a", "web-b"]],
    "free": 60000,
    "subnets": [
        {"name": "web-a", "hosts": 200, "zone": "eu-west-2a", "access": "public"},
        {"name": "web-b", "hosts": 200, "access": "public"},
        {"name": "app-a", "hosts": 500, "access": "egress"},
    ],
}


def report(text: str, **spec: object):
    return grade(KINDS["subnetting"], table={**SPEC, **spec}, files={}, text=text)


def failed(text: str, **spec: object) -> list[str]:
    return [finding.code for finding in report(text, **spec).findings if not finding.passed]


def test_a_plan_that_fits_scores_everything():
    assert (report(PLAN).percent, failed(PLAN)) == (100, [])


def test_the_json_form_scores_the_same():
    subnets = [
        {"name": "web-a", "cidr": "10.0.0.0/24", "zone": "eu-west-2a", "route": "igw"},
        {"name": "web-b", "cidr": "10.0.7.0/24", "zone": "eu-west-2c", "route": "igw"},
        {"name": "app-a", "cidr": "10.0.8.0/23", "zone": "eu-west-2a", "route": "nat-a"},
    ]
    plan = {
        "vpc": "10.0.0.0/16",
        "subnets": subnets,
        "nats": [{"name": "nat-a", "subnet": "web-a"}],
    }
    assert report(json.dumps(plan)).percent == 100


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("10.0.1.0/24", "10.0.0.128/25", ["net.too-few-addresses", "net.overlap"]),
        ("10.0.1.0/24", "10.1.1.0/24", ["net.subnet-outside"]),
        ("10.0.2.0/23", "10.0.2.0/24", ["net.too-few-addresses"]),
        ("10.0.2.0/23", "10.0.2.0/29", ["net.subnet-size"]),
        ("eu-west-2b", "eu-west-2a", ["net.not-spread"]),
        ("web-a 10.0.0.0/24 eu-west-2a", "web-a 10.0.0.0/24 eu-west-2c", ["net.wrong-zone"]),
        ("eu-west-2b igw", "eu-west-2b", ["net.not-public"]),
        ("nat nat-a web-a", "nat nat-a app-a", ["net.no-egress"]),
        ("nat nat-a web-a", "", ["net.no-egress"]),
        ("eu-west-2a nat-a", "eu-west-2a igw", ["net.not-private"]),
        ("10.0.2.0/23", "10.0.3.0/23", ["net.host-bits"]),
        ("vpc 10.0.0.0/16", "vpc 10.0.0.0/17", ["net.wrong-vpc", "net.no-space-left"]),
        ("vpc 10.0.0.0/16", "vpc 10.0.0.0/8", ["net.subnet-size"]),
        (
            "subnet web-b 10.0.1.0/24 eu-west-2b igw\n",
            "",
            ["net.subnet-missing", "net.not-public", "net.not-spread"],
        ),
    ],
)
def test_a_typical_mistake_is_named(old, new, codes):
    assert old in PLAN
    assert failed(PLAN.replace(old, new)) == codes


def test_too_small_is_told_with_the_numbers():
    small = report(PLAN.replace("10.0.2.0/23", "10.0.2.0/24")).findings[3]
    assert small.message == "app-a, 10.0.2.0/24, has 251 usable addresses; 500 hosts need a /23."
    assert (small.line, small.column) == (5, 14)


def test_overlap_is_told_with_both_blocks():
    overlap = report(PLAN.replace("10.0.1.0/24", "10.0.0.0/25")).findings[4]
    assert (
        overlap.message
        == "web-a (10.0.0.0/24) and web-b (10.0.0.0/25) overlap: they share 128 addresses."
    )


def test_a_vpc_alone_is_no_pass():
    assert report("vpc 10.0.0.0/16").percent == 18


@given(st.integers(1, 65000))
def test_the_advised_prefix_is_the_smallest_block_with_room(hosts):
    prefix = smallest_prefix_for(hosts)
    assert 2 ** (32 - prefix) - RESERVED >= hosts
    assert prefix == 28 or 2 ** (31 - prefix) - RESERVED < hosts


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("subnet web-a 10.0.0.0/24", (1, 1), "vpc is missing"),
        ("vpc 10.0.0.0", (1, 1), "prefix length is missing"),
        ("vpc 10.0.0.0/16\nsubnet web-a 10.0.0.0/33", (2, 14), "/33 is too long"),
        ("vpc 10.0.0.0/16\nsubnet a 10.0.0.0/24\nsubnet a 10.0.1.0/24", (3, 8), "used twice"),
        ("vpc 10.0.0.0/16\nsubnet a", (2, 1), "cidr is missing"),
        ("lan 10.0.0.0/16", (1, 1), "begins with “vpc”"),
        ("vpc 10.0.0.0/16 please", (1, 17), "Too many words"),
        ('{"vpc": "10.0.0.0/16", "subnet": []}', (1, 24), "Known keys"),
    ],
)
def test_an_unreadable_plan_names_the_place(text, place, words):
    with pytest.raises(AnswerError) as caught:
        read_answer(KINDS["subnetting"], text)
    assert (caught.value.line, caught.value.column) == place
    assert words in caught.value.message


@pytest.mark.parametrize(
    "spec", [{"spread": [["web-a", "moon"]]}, {"subnets": []}, {"vpc": "10.0.0.0"}, {"hosts": 3}]
)
def test_a_wrong_spec_is_refused(spec):
    with pytest.raises(SpecError):
        report(PLAN, **spec)


def test_a_zone_that_the_region_does_not_have_is_named():
    zones = ["eu-west-2a", "eu-west-2b"]
    strange = PLAN.replace("eu-west-2b", "us-east-1b")
    found = report(strange, zones=zones).findings[2]
    assert (found.code, found.passed) == ("net.wrong-zone", False)
    assert found.message == "web-b is in us-east-1b; the zones are eu-west-2a, eu-west-2b."
    assert report(PLAN, zones=zones).passed


def test_a_route_to_a_gateway_that_is_not_there_is_named():
    needs = [{"name": "app-a", "hosts": 500, "access": "private"}]
    lost = PLAN.replace("nat nat-a web-a", "")
    [found] = [one for one in report(lost, subnets=needs, spread=[]).findings if not one.passed]
    assert found.code == "net.no-gateway"
    assert found.message == ("0.0.0.0/0 of app-a leads to nat-a, which is no gateway of this plan.")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("vpc ", "vpc: "),
        ("subnet ", "Subnet "),
        (" igw", " IGW"),
        (" igw", " igw-0a1b2c3d4e5f60718"),
    ],
)
def test_small_differences_of_writing_do_not_matter(old, new):
    assert report(PLAN.replace(old, new)).passed
