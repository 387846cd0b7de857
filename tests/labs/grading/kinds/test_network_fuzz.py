"""Every network kind answers any text with a report or with an AnswerError,
and with nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.grading.errors import AnswerError
from labs.grading.grade import read_answer
from labs.grading.kinds import (
    KINDS,
    find_the_flaw,
    network_acl,
    packet_walk,
    security_group_graph,
    subnetting,
)
from tests.labs.grading.kinds import (
    test_find_the_flaw,
    test_network_acl,
    test_packet_walk,
    test_security_group_graph,
    test_subnetting,
)

graph, acl = test_security_group_graph, test_network_acl
SPECS = {
    "security-group-graph": security_group_graph.read_spec(
        {"network": graph.NETWORK}, {"solution.json": graph.SOLUTION}
    ),
    "network-acl": network_acl.read_spec({}, {"solution.json": acl.SOLUTION}),
    "subnetting": subnetting.read_spec(test_subnetting.SPEC, {}),
    "packet-walk": packet_walk.read_spec(
        {"network": test_packet_walk.NETWORK, "packets": test_packet_walk.PACKETS}, {}
    ),
    "find-the-flaw": find_the_flaw.read_spec({"lines": test_find_the_flaw.LINES}, {}),
}
WORDS = [
    "inbound:",
    "outbound:",
    "sg-web:",
    "- tcp 80 from sg-lb",
    "- 100 allow all to ::/0",
    "vpc 10.0.0.0/16",
    "nat a b",
]
WORDS += [
    "subnet a 10.0.0.0/24 z igw",
    "office: group-in",
    "2, 4",
    "- icmp type 8 from 0.0.0.0/0",
    "[]",
    "#",
    ":",
    "-",
    "\t",
]
KEYS = [
    "inbound",
    "sg-web",
    "Entries",
    "RuleNumber",
    "Egress",
    "Protocol",
    "CidrBlock",
    "PortRange",
    "vpc",
    "subnets",
]
KEYS += ["nats", "name", "cidr", "office", "IpProtocol", "IpRanges", "CidrIp"]
values = st.recursive(
    st.sampled_from(
        [None, True, 0, -1, 100, 1e9, "", "6", "allow", "10.0.0.0/16", "answered", "sg-web"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=15,
)
texts = (
    st.lists(st.sampled_from(WORDS), max_size=8).map("\n".join)
    | values.map(json.dumps)
    | st.text(max_size=40)
)


@pytest.mark.parametrize("name", SPECS)
@settings(max_examples=150, deadline=None)
@given(text=texts)
def test_any_text_is_judged_or_refused(name, text):
    kind = KINDS[name]
    try:
        report = kind.check(read_answer(kind, text), SPECS[name])
    except AnswerError:
        return
    json.dumps(report.as_json())  # every part of it must be plain JSON
    assert report.findings
    assert {finding.code for finding in report.findings} <= set(kind.CODES)
