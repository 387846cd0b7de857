from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from labs.grading.network.rules.algebra import compare
from labs.grading.network.rules.flows import first_match, flow_from_json
from labs.grading.network.rules.permissions import read_permissions
from labs.grading.network.rules.rule import as_permissions, canonical
from labs.grading.network.rules.simplest import simplest
from tests.labs.grading.network.permissions_by_point import FLOWS, admits, rule_lists

SAMPLES = Path(__file__).parents[4] / "fixtures" / "network" / "sg-pairs.jsonl"
ROWS = [json.loads(line) for line in SAMPLES.read_text().splitlines()]


def tcp(port: int, *blocks: str, to: int | None = None) -> dict:
    return {
        "IpProtocol": "tcp",
        "FromPort": port,
        "ToPort": port if to is None else to,
        "IpRanges": [{"CidrIp": block} for block in blocks],
    }


def relation(learner: list[dict], expected: list[dict]) -> str:
    return compare(read_permissions(learner), read_permissions(expected)).relation


def witness(learner: list[dict], expected: list[dict]) -> dict | None:
    flow = compare(read_permissions(learner), read_permissions(expected)).learner_only
    return flow and flow.as_json()


def test_every_sample_has_the_relation_that_was_recorded():
    assert {row["id"]: relation(row["learner"], row["expected"]) for row in ROWS} == {
        row["id"]: row["relation"] for row in ROWS
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_witness_of_a_sample_is_admitted_by_one_side_alone(row):
    comparison = compare(read_permissions(row["learner"]), read_permissions(row["expected"]))
    for flow, yes, no in (
        (comparison.learner_only, "learner", "expected"),
        (comparison.expected_only, "expected", "learner"),
    ):
        if flow is not None:
            assert admits(row[yes], flow.as_json())
            assert not admits(row[no], flow.as_json())


def icmp(kind: int, code: int) -> dict:
    return tcp(kind, "0.0.0.0/0", to=code) | {"IpProtocol": "icmp"}


def test_all_codes_of_an_echo_are_its_one_code():
    assert relation([icmp(8, -1)], [icmp(8, 0)]) == "equal"
    assert relation([icmp(3, -1)], [icmp(3, 0)]) == "learner_wider"


@example([icmp(0, -1)], [icmp(0, 0)])
@settings(max_examples=150, deadline=None)
@given(rule_lists, rule_lists)
def test_comparison_agrees_with_the_point_evaluator(learner, expected):
    comparison = compare(read_permissions(learner), read_permissions(expected))
    wider = any(admits(learner, flow) and not admits(expected, flow) for flow in FLOWS)
    narrower = any(admits(expected, flow) and not admits(learner, flow) for flow in FLOWS)
    assert (comparison.learner_only is not None, comparison.expected_only is not None) == (
        wider,
        narrower,
    )
    for found, yes, no in (
        (comparison.learner_only, learner, expected),
        (comparison.expected_only, expected, learner),
    ):
        if found is not None:
            assert (admits(yes, found.as_json()), admits(no, found.as_json())) == (True, False)


@settings(max_examples=100, deadline=None)
@given(rule_lists)
def test_the_engines_own_point_evaluator_agrees_with_the_independent_one(permissions):
    rules = read_permissions(permissions)
    ours = [first_match(rules, flow_from_json(flow)) is not None for flow in FLOWS]
    assert ours == [admits(permissions, flow) for flow in FLOWS]


@settings(max_examples=100, deadline=None)
@given(rule_lists)
def test_canonical_form_is_stable_and_admits_the_same(permissions):
    rules = canonical(read_permissions(permissions))
    again = canonical(read_permissions(as_permissions(rules)))
    assert again == rules
    assert relation(as_permissions(rules), permissions) == "equal"


@settings(max_examples=100, deadline=None)
@given(rule_lists)
def test_the_simplest_rules_are_equivalent_and_never_more(permissions):
    rules = read_permissions(permissions)
    fewest = simplest(rules)
    assert relation(as_permissions(fewest), permissions) == "equal"
    assert len(fewest) <= len(canonical(rules))
    assert simplest(fewest) == fewest


def test_seven_rules_are_these_three():
    rules = [
        tcp(80, "0.0.0.0/1", "128.0.0.0/1"),
        tcp(8000, "10.0.0.0/9", to=8010),
        tcp(8005, "10.128.0.0/9", to=8010),
        tcp(8000, "10.128.0.0/9", to=8004),
        tcp(22, "192.0.2.0/25", "192.0.2.128/25"),
    ]
    assert as_permissions(simplest(read_permissions(rules))) == [
        tcp(22, "192.0.2.0/24"),
        tcp(80, "0.0.0.0/0"),
        tcp(8000, "10.0.0.0/8", to=8010),
    ]


def test_overlapping_rules_are_cut_where_fewer_result():
    crossing = [tcp(1, "10.0.0.0/9"), tcp(2, "10.0.0.0/8"), tcp(3, "10.128.0.0/9")]
    assert as_permissions(simplest(read_permissions(crossing))) == [
        tcp(1, "10.0.0.0/9", to=2),
        tcp(2, "10.128.0.0/9", to=3),
    ]


def test_two_halves_of_the_internet_are_the_whole():
    assert relation([tcp(22, "0.0.0.0/1", "128.0.0.0/1")], [tcp(22, "0.0.0.0/0")]) == "equal"


def test_the_number_of_a_protocol_is_its_name():
    assert (
        relation([{**tcp(22, "10.0.0.0/8"), "IpProtocol": "6"}], [tcp(22, "10.0.0.0/8")]) == "equal"
    )


def test_everything_in_ipv4_is_nothing_in_ipv6():
    everywhere = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    everywhere_v6 = {"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}
    assert relation([everywhere], [everywhere_v6]) == "incomparable"


def test_a_group_is_not_its_addresses():
    group = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-web"}]}
    everywhere = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    assert relation([group, everywhere], [everywhere]) == "learner_wider"
    assert witness([group], [everywhere]) == {"protocol": "tcp", "port": 22, "source": "sg-web"}


def test_every_protocol_is_more_than_every_named_one():
    named = [{"IpProtocol": name, "FromPort": 0, "ToPort": 65535} for name in ("tcp", "udp")]
    named += [{"IpProtocol": name, "FromPort": -1, "ToPort": -1} for name in ("icmp", "icmpv6")]
    blocks = [{**rule, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]} for rule in named]
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]
    assert relation(blocks, everything) == "learner_narrower"
    assert witness(everything, blocks) == {"protocol": "50", "port": None, "source": "10.0.1.25"}


def test_another_protocol_number_opens_all_ports_whatever_range_is_given():
    with_range = {
        "IpProtocol": "50",
        "FromPort": 4,
        "ToPort": 9,
        "IpRanges": [{"CidrIp": "10.0.0.0/8"}],
    }
    without = {"IpProtocol": "50", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    assert relation([with_range], [without]) == "equal"


def test_icmp_type_and_code_are_no_range():
    echo = {
        "IpProtocol": "icmp",
        "FromPort": 3,
        "ToPort": 4,
        "IpRanges": [{"CidrIp": "10.0.0.0/8"}],
    }
    every_code = {**echo, "ToPort": -1}
    assert relation([every_code], [echo]) == "learner_wider"
    assert witness([every_code], [echo]) == {
        "protocol": "icmp",
        "type": 3,
        "code": 0,
        "source": "10.0.1.25",
    }


@pytest.mark.parametrize(("protocol", "kind"), [("icmp", 8), ("icmp", 0), ("icmpv6", 128)])
def test_an_echo_has_one_code_however_the_rule_is_written(protocol, kind):
    ranges = {"Ipv6Ranges": [{"CidrIpv6": "::/0"}]}
    console = {"IpProtocol": protocol, "FromPort": kind, "ToPort": -1, **ranges}
    assert relation([console], [{**console, "ToPort": 0}]) == "equal"
    assert relation([{**console, "FromPort": 3}], [{**console, "FromPort": 3, "ToPort": 0}]) == (
        "learner_wider"
    )


@pytest.mark.parametrize(
    ("learner", "expected", "flow"),
    [
        (
            [tcp(0, "0.0.0.0/0", to=65535)],
            [tcp(443, "0.0.0.0/0")],
            {"protocol": "tcp", "port": 22, "source": "198.51.100.23"},
        ),
        (
            [tcp(22, "203.0.113.0/24")],
            [tcp(22, "203.0.113.5/32")],
            {"protocol": "tcp", "port": 22, "source": "203.0.113.77"},
        ),
        ([tcp(0, "10.0.0.0/8", to=9)], [], {"protocol": "tcp", "port": 1, "source": "10.0.1.25"}),
    ],
)
def test_the_witness_is_the_flow_that_a_reader_recognises(learner, expected, flow):
    assert witness(learner, expected) == flow


def test_a_reversed_range_admits_nothing():
    assert relation([tcp(443, "0.0.0.0/0", to=80)], []) == "equal"
