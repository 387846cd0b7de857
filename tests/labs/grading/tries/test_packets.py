"""A packet at a security group, and at a network ACL."""

from __future__ import annotations

import pytest

from labs.grading.errors import SpecError
from labs.grading.tries import acl, group
from labs.grading.tries.kind import FieldError, Mark, Tone, TryAnswer

GROUP = "inbound:\n  - tcp 443 from 0.0.0.0/0\n  - tcp 5432 from sg-app\n"
ACL = """inbound:
  - 90 deny all from 198.51.100.7/32
  - 100 allow tcp 443 from 0.0.0.0/0
outbound:
  - 100 allow tcp 1024-65535 to 0.0.0.0/0
"""


def at_group(rules: str = GROUP, **packet: str) -> TryAnswer:
    sent = {"protocol": "tcp", "port": "443", "source": "203.0.113.7"}
    return group.answer({"rules": rules, **sent, **packet})


def at_acl(rules: str = ACL, *, port: str = "50814", **packet: str) -> TryAnswer:
    sent = {"protocol": "tcp", "port": "443", "source": "203.0.113.7", "client-port": port}
    return acl.answer({"rules": rules, **sent, **packet})


def marks(answer: TryAnswer) -> list[list[Mark]]:
    return [[row.mark for row in table.rows] for table in answer.tables]


# --- At a group -----------------------------------------------------------------------------------


def test_one_rule_that_matches_is_enough():
    answer = at_group()
    assert answer.tone is Tone.YES
    assert answer.words == (
        "TCP 443 (HTTPS) from 203.0.113.7 gets in, by the rule TCP 443 (HTTPS) from 0.0.0.0/0."
    )
    assert marks(answer) == [[Mark.DECIDES, Mark.PASSES_BY]]


def test_a_second_rule_that_matches_is_marked_as_such():
    wide = GROUP + "  - all from 203.0.113.0/24\n"
    assert marks(at_group(wide)) == [[Mark.DECIDES, Mark.PASSES_BY, Mark.MATCHES]]


@pytest.mark.parametrize(
    ("packet", "whys"),
    [
        ({"port": "22"}, ["It is about other ports.", "It is about other ports."]),
        ({"protocol": "udp"}, ["It is about another protocol."] * 2),
        (
            {"source": "2001:db8::1"},
            ["The address is not in its block.", "It is about other ports."],
        ),
        (
            {"port": "5432"},
            ["It is about other ports.", "The sender does not carry this group."],
        ),
    ],
    ids=str,
)
def test_a_packet_that_no_rule_lets_in_says_why_of_each(packet, whys):
    answer = at_group(**packet)
    assert answer.tone is Tone.NO
    assert [row.why for row in answer.tables[0].rows] == whys


def test_a_member_of_a_group_gets_in_by_the_groups_name():
    assert at_group(port="5432", source="sg-app").tone is Tone.YES
    assert at_group(port="5432", source="sg-web").tone is Tone.NO


def test_a_ping_has_no_port():
    rules = "inbound:\n  - icmp type 8 code 0 from 0.0.0.0/0\n"
    assert at_group(rules, protocol="icmp", port="nonsense").tone is Tone.YES


@pytest.mark.parametrize(
    ("packet", "field"),
    [
        ({"protocol": "http"}, "protocol"),
        ({"protocol": "-1"}, "protocol"),
        ({"port": "65536"}, "port"),
        ({"port": "-1"}, "port"),
        ({"port": "²"}, "port"),
        ({"port": "9" * 300}, "port"),
        ({"source": "10.0.0.0/8"}, "source"),
        ({"source": "nobody"}, "source"),
    ],
    ids=str,
)
def test_a_packet_that_is_none_is_said_in_its_field(packet, field):
    with pytest.raises(FieldError) as error:
        at_group(**packet)
    assert error.value.field == field


def test_rules_that_cannot_be_read_are_said_by_line():
    with pytest.raises(FieldError) as error:
        at_group("inbound:\n  - tcp 443 0.0.0.0/0")
    assert (error.value.field, error.value.line) == ("rules", 2)


# --- At an ACL ------------------------------------------------------------------------------------


def test_a_packet_gets_in_and_its_answer_out():
    answer = at_acl()
    assert answer.tone is Tone.YES
    assert marks(answer) == [
        [Mark.PASSES_BY, Mark.DECIDES, Mark.UNSEEN],
        [Mark.DECIDES, Mark.UNSEEN],
    ]


def test_the_lowest_number_that_matches_decides_wherever_it_stands():
    turned = ACL.replace("90 deny", "110 deny")
    assert at_acl(source="198.51.100.7").tone is Tone.NO
    assert at_acl(turned, source="198.51.100.7").tone is Tone.YES


def test_a_stopped_packet_has_no_answer_to_look_at():
    assert marks(at_acl(port="50814", source="198.51.100.7")) == [
        [Mark.DECIDES, Mark.UNSEEN, Mark.UNSEEN]
    ]


def test_an_answer_that_no_rule_lets_out_is_stopped_by_the_last():
    answer = at_acl(port="1023")
    assert answer.words == (
        "TCP 443 (HTTPS) from 203.0.113.7 gets in, but its answer to port 1023 does not get out: "
        "no rule matches, and the last one denies the rest."
    )
    assert marks(answer)[1] == [Mark.PASSES_BY, Mark.DECIDES]


def test_an_acl_is_asked_about_tcp_and_udp_alone():
    with pytest.raises(FieldError, match="tcp or udp"):
        at_acl(protocol="icmp")


@pytest.mark.parametrize("kind", [acl, group])
def test_fields_that_are_no_packet_are_the_authors_mistake(kind):
    with pytest.raises(SpecError):
        kind.fields(frozenset({"rules", "port"}))
