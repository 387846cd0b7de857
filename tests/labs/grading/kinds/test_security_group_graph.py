from __future__ import annotations

import json

import pytest

from labs.grading.errors import SpecError
from labs.grading.grade import grade
from labs.grading.kinds import KINDS

NETWORK = {
    "vpc": "10.0.0.0/16",
    "subnets": [
        {"name": "public", "cidr": "10.0.0.0/24", "routes": "public"},
        {"name": "private", "cidr": "10.0.1.0/24"},
    ],
    "routes": {"public": {"0.0.0.0/0": "igw"}},
    "hosts": [
        {"name": "web", "subnet": "private", "private": "10.0.1.5", "groups": ["sg-web"]},
        {"name": "db", "subnet": "private", "private": "10.0.1.6", "groups": ["sg-db"]},
        {"name": "db-2", "subnet": "private", "private": "10.0.1.7", "groups": ["sg-db"]},
    ],
    "balancers": [
        {
            "name": "lb",
            "subnet": "public",
            "private": "10.0.0.5",
            "public": "198.51.100.7",
            "groups": ["sg-lb"],
            "listeners": [{"port": 443, "targets": ["web"], "target_port": 80}],
        }
    ],
}
PROBES = [
    {
        "name": "A visitor",
        "from": "198.51.99.9",
        "to": "lb",
        "port": 443,
        "expect": "allow",
        "points": 2,
    },
    {"name": "The web tier", "from": "web", "to": "db", "port": 3306, "expect": "allow"},
    {"name": "The balancer", "from": "lb", "to": "db", "port": 3306, "expect": "deny"},
]
SOLUTION = """
sg-lb:
  inbound:
    - tcp 443 from 0.0.0.0/0
sg-web:
  inbound:
    - tcp 80 from sg-lb
sg-db:
  inbound:
    - tcp 3306 from sg-web
    - tcp 4444 from sg-db
"""


def report(text: str, **spec: object):
    table = {"network": NETWORK, "probes": PROBES, **spec}
    return grade(
        KINDS["security-group-graph"], table=table, files={"solution.json": SOLUTION}, text=text
    )


def failed(text: str, **spec: object) -> list[str]:
    return [finding.code for finding in report(text, **spec).findings if not finding.passed]


def test_the_expected_groups_score_everything():
    assert (report(SOLUTION).percent, failed(SOLUTION)) == (100, [])


def test_the_same_reach_by_other_means_scores_the_same():
    other = SOLUTION.replace("tcp 80 from sg-lb", "6 80 from 10.0.0.5/32")
    assert report(other).percent == 100


def test_a_host_that_cannot_move_there_is_a_spec_error():
    for moved in ({"moon": "10.0.1.99"}, {"web": "10.9.9.9"}):
        with pytest.raises(SpecError, match="is no host of the network"):
            report(SOLUTION, moved=moved)


def test_rules_that_name_addresses_do_not_follow_replaced_hosts():
    moved = {"lb": "10.0.0.99", "web": "10.0.1.99"}
    assert report(SOLUTION, moved=moved).percent == 100
    tied = SOLUTION.replace("tcp 80 from sg-lb", "tcp 80 from 10.0.0.5/32")
    assert failed(tied, moved=moved) == ["sg.tied-to-addresses", "sg.address-for-group"]
    message = report(tied, moved=moved).findings[4].message
    assert (
        message
        == "With new addresses for lb, web: TCP 80 (HTTP) from lb to web is not answered; it "
        "should be."
    )


def test_addresses_in_a_groups_place_are_advised_against_and_open_to_nobody_else():
    addresses = SOLUTION.replace("3306 from sg-web", "3306 from 10.0.1.0/24")
    assert failed(addresses) == ["sg.too-wide", "sg.address-for-group"]
    finding = report(addresses).findings[3]
    assert (
        finding.message
        == "TCP 3306 (MySQL and Aurora) from db-2 to db is answered; it should not be."
    )


def test_the_public_address_of_a_tier_does_not_match_inside():
    public = SOLUTION.replace("80 from sg-lb", "80 from 198.51.100.7/32")
    assert failed(public) == ["sg.packet-blocked", "sg.too-narrow", "sg.address-for-group"]
    first = report(public).findings[0]
    assert first.message == (
        "A visitor: TCP 443 (HTTPS) from 198.51.99.9 to lb times out. It should be answered. "
        "Security group of web (sg-web), inbound: no rule admits it – stopped."
    )


def test_a_forgotten_self_reference_is_named():
    assert failed(SOLUTION.replace("    - tcp 4444 from sg-db\n", "")) == [
        "sg.too-narrow",
        "sg.self-reference-forgotten",
    ]


def test_a_rule_on_the_group_of_the_caller_is_named():
    swapped = SOLUTION.replace("    - tcp 3306 from sg-web\n", "").replace(
        "80 from sg-lb", "80 from sg-lb\n    - tcp 3306 from sg-web"
    )
    assert "sg.rule-on-other-group" in failed(swapped)
    assert report(swapped).findings[-1].message == (
        "TCP 3306 (MySQL and Aurora) from members of sg-web is on sg-web, and is missing on sg-db."
    )


def test_a_missing_and_an_unknown_group_are_named():
    renamed = SOLUTION.replace("sg-db:", "sg-data:")
    assert failed(renamed)[2:] == ["sg.group-missing", "sg.unknown-group"]
    assert "sg.unknown-group" in failed(SOLUTION.replace("from sg-web", "from sg-wbe"))


def test_every_probe_has_its_walk_and_the_network_its_drawing():
    found = report(SOLUTION)
    assert [row.replay.data["outcome"] for row in found.outcomes] == [
        "answered",
        "answered",
        "timeout",
    ]
    assert [subnet["name"] for subnet in found.scene["subnets"]] == ["public", "private"]
    json.dumps(found.as_json())


def test_what_a_change_opened_and_closed():
    before = {row.what: row.yours for row in report(SOLUTION).outcomes}
    swapped = report(SOLUTION.replace("3306 from sg-web", "3306 from sg-lb")).outcomes
    assert {row.what: row.yours for row in swapped if row.yours != before[row.what]} == {
        "TCP 3306 (MySQL and Aurora) from lb to db": "passes",
        "TCP 3306 (MySQL and Aurora) from web to db": "is stopped",
    }


def test_a_probe_to_nowhere_is_a_spec_error():
    with pytest.raises(SpecError, match=r"spec.probes\[1\].to: “moon” is neither"):
        report(SOLUTION, probes=[{**PROBES[0], "to": "moon"}])


def test_what_is_open_today_already_is_not_tied_to_addresses():
    wide = SOLUTION.replace("tcp 3306 from sg-web", "tcp 3306 from 0.0.0.0/0")
    found = failed(wide, moved={"web": "10.0.1.99"})
    assert "sg.too-wide" in found
    assert "sg.tied-to-addresses" not in found


@pytest.mark.parametrize("rule", ["47 from 0.0.0.0/0", "icmp type 13 code 0 from 0.0.0.0/0"])
def test_a_protocol_that_nobody_asked_for_is_noticed(rule):
    wide = SOLUTION.replace("- tcp 443 from 0.0.0.0/0", f"- tcp 443 from 0.0.0.0/0\n    - {rule}")
    assert "sg.too-wide" in failed(wide)
    assert failed(SOLUTION) == []
