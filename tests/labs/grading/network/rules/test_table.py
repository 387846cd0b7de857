from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from labs.grading.network.rules.acl import admitted, deciding, read_acl
from labs.grading.network.rules.acl_table import read_acl_table
from labs.grading.network.rules.answers import read_group_answer, read_groups_answer
from labs.grading.network.rules.flows import first_match, flow_from_json
from labs.grading.network.rules.permissions import number, read_permissions
from labs.grading.network.rules.rule import canonical
from labs.grading.network.rules.table import as_table
from tests.labs.grading.network.permissions_by_point import FLOWS, rule_lists


@settings(max_examples=100, deadline=None)
@given(rule_lists)
def test_lines_and_permissions_map_one_to_one(permissions):
    rules = canonical(read_permissions(permissions))
    lines = "\n".join(f"- {line}" for line in as_table(rules))
    read = read_group_answer(f"inbound:\n{lines}").rules.inbound
    assert read == rules
    assert as_table(read) == as_table(rules)


def test_one_line_may_name_several_sources_ranges_and_comments():
    text = "inbound:   \n  - TCP 8000–8010 from 10.0.0.0/8, ::/0 sg-web   # why not\n\noutbound: []"
    rules = read_group_answer(text).rules
    assert as_table(rules.inbound) == [
        "tcp 8000-8010 from 10.0.0.0/8",
        "tcp 8000-8010 from ::/0",
        "tcp 8000-8010 from sg-web",
    ]
    assert rules.outbound == ()


def test_the_words_for_icmp_and_for_everything():
    text = (
        "inbound:\n- 1 type 8 code 0 from ::/0\n- ICMPv6 type 128 from ::/0\n- icmp all from "
        "::/0\n- all from ::/0\n- protocol 50 from ::/0"
    )
    assert as_table(read_group_answer(text).rules.inbound) == [
        "icmp type 8 code 0 from ::/0",
        "icmpv6 type 128 from ::/0",
        "icmp from ::/0",
        "all from ::/0",
        "50 from ::/0",
    ]


def test_groups_stand_under_their_ids():
    groups = read_groups_answer(
        "sg-a:\n inbound:\n - tcp 80 from sg-b\n\nsg-b:\n outbound: []\n"
    ).groups
    assert {name: (len(rules.inbound), rules.outbound) for name, rules in groups.items()} == {
        "sg-a": (1, None),
        "sg-b": (0, ()),
    }


acl_lines = st.lists(
    st.tuples(
        st.sampled_from(["allow", "deny"]),
        st.sampled_from(
            ["tcp 22", "tcp 1-80", "all", "udp all", "icmp type 8 code 0", "icmp", "50", "6 443"]
        ),
        st.sampled_from(
            ["0.0.0.0/0", "10.0.0.0/8", "10.128.0.0/9", "::/0", "2001:db8::/33", "192.0.2.0/24"]
        ),
    ),
    max_size=6,
)


@settings(max_examples=100, deadline=None)
@given(acl_lines)
def test_what_an_ordered_acl_admits_is_what_it_decides_packet_by_packet(lines):
    text = "\n".join(
        f"- {n} {action} {what} from {block}"
        for n, (action, what, block) in enumerate(lines, start=1)
    )
    acl = read_acl(read_acl_table(f"inbound:\n{text}").value)
    allowed = admitted(acl.inbound, ["tcp", "udp", "icmp", "icmpv6", "50", "47"])
    for row in FLOWS:
        if row["source"].startswith("sg-"):
            continue
        flow = flow_from_json(row)
        rule = deciding(acl.inbound, flow.protocol, flow.port, number(flow.peer))
        assert (first_match(allowed, flow) is not None) == (rule is not None and rule.allow)
